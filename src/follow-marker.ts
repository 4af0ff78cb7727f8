import { followLogout } from './tabs/follow-logout.js';
import type { Marker } from './tabs/logged-out-marker.js';
import { resolveLogoutAddress } from './url/build-logout-url.js';
import type { Workplace } from './workplace.js';

/** Where a logout of another tab returns to, if this configuration would send anyone there. */
export function returnOf({ config, env }: Workplace, { returnTo }: Marker): string | null {
  try {
    return resolveLogoutAddress(config, { returnTo }, env.location.href).returnTo;
  } catch {
    return null;
  }
}

/** Goes where a logout of another tab returns to, once that tab is `returned`. */
export function followMarker(place: Workplace, marker: Marker, returned: Promise<void>): void {
  followLogout(place.env, returned, returnOf(place, marker));
}
