import { noop, pause } from './env.js';
import { returnOf } from './follow-marker.js';
import { goToAuth0 } from './go-to-auth0.js';
import type { StoredReceipt } from './receipt/receipt.js';
import { endServerSession, isRefusal } from './server/end-server-session.js';
import { leadLogout, leavingLock } from './tabs/lead-logout.js';
import { LONGEST_LOGIN, type Marker, WRITTEN_MS } from './tabs/logged-out-marker.js';
import { resolveLogoutAddress } from './url/build-logout-url.js';
import { validate } from './validate.js';
import type { Workplace } from './workplace.js';

/** How long a logout by another tab is left alone where the browser cannot tell that the tab lives. */
const STALE_MS = 15_000;
/** How often a logout at Auth0 is tried again: a page that is never told of its return must not loop. */
const MOST_TRIES = 3;
/** A lock that nobody has is granted in so many milliseconds. */
const GRANTED_MS = 20;

/** The logout that is still to be asked of Auth0, if this tab may do so. */
function findOwed({ env, watch }: Workplace): Marker | undefined {
  const found = watch.marker.read() as Marker;
  const { login, auth0, away = 0, tries = 0 } = found;
  return (auth0 === 'pending' || auth0 === 'owed') &&
    !login &&
    tries < MOST_TRIES &&
    // Auth0 would end the session that somebody is about to begin there.
    Date.now() - away > LONGEST_LOGIN &&
    env.navigator.onLine &&
    // Not on the way in: the page that a login comes back to.
    !/[?&#](code|error)=/.test(env.location.href)
    ? found
    : undefined;
}

/** Tells the application's own server of a logout that was cut short before it was told, until it answers. */
async function finishAtServer({ config, env, ms, watch }: Workplace): Promise<void> {
  const { id, server, login } = watch.marker.read();
  const url = server && !login && env.navigator.onLine && config.serverLogoutUrl;
  if (!url) return;
  watch.marker.patch({ server: undefined });
  try {
    await endServerSession(env, ms, validate(config, {}, env)!);
  } catch (error) {
    // Nobody is there to be told. One that could not be reached is asked again by the next page.
    if (!isRefusal(error)) watch.patchMarker(id!, { server: true });
  }
}

/**
 * Asks the application's own server, and then Auth0, for a logout that was begun, but cut short
 * before it was asked for.
 */
export async function finishLogout(place: Workplace): Promise<void> {
  const { config, env, name, ms, watch } = place;
  await finishAtServer(place);
  const found = findOwed(place);
  if (!found) return;

  const asked = performance.now();
  const go = async (): Promise<void> => {
    // Firefox hands on a lock before what the tab that had it has written last.
    if (performance.now() - asked > GRANTED_MS) await pause(env, WRITTEN_MS);
    const marker = findOwed(place);
    // While this waited, this page may have begun a logout of its own, or another one gone, and stayed.
    if (!marker || marker.id !== found.id || marker.tries !== found.tries || place.leads) return;
    watch.marker.patch({ tries: (marker.tries ?? 0) + 1 });
    const returnTo = returnOf(place, marker) ?? undefined;
    const { did, receipt } = watch.tab.read();
    const mine = did === marker.id ? (receipt as StoredReceipt | undefined) : undefined;
    const options = {
      federated: marker.federated,
      returnTo,
      // The page that began it may have been set to the other endpoint.
      ...(config.endpoint === 'oidc' && { logoutHint: marker.hint, state: mine?.state }),
    };
    const { url } = resolveLogoutAddress(config, options, env.location.href);
    const lead = leadLogout(env, name, watch, marker.id);
    lead.leave(marker.at, mine);
    // The lock under which this runs is kept until the page is gone.
    await new Promise<void>((resolve) => {
      const stay = (): void => {
        lead.stay('owed');
        resolve();
      };
      goToAuth0(place, url, stay).catch(stay);
    });
  };
  const { locks } = env.navigator;
  if (!locks) {
    if (found.auth0 === 'owed' || Math.abs(Date.now() - found.at) > STALE_MS) await go();
    return;
  }
  // Whoever holds it is on the way to Auth0: two logouts at once lose the redirect. A page that has
  // just died may hold it for a moment longer.
  const patience = new AbortController();
  const giveUp = env.setTimeout(() => patience.abort(), ms) as unknown as number;
  await locks.request(leavingLock(name), { signal: patience.signal }, go).catch(noop);
  env.clearTimeout(giveUp);
}
