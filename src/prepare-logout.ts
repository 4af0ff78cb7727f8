import { revokeRefreshTokens } from './auth0-client/revoke.js';
import type { loadBeyondStorage } from './clear.js';
import { noop } from './env.js';
import { markPage } from './go-to-auth0.js';
import { ALL, LISTED } from './scope.js';
import { recover } from './tabs/journal.js';
import { watchForGuards } from './unsaved-work/watch-for-guards.js';
import { resolveLogoutAddress } from './url/build-logout-url.js';
import { validate } from './validate.js';
import type { Workplace } from './workplace.js';

/**
 * Loads and looks for what a logout will need to know, and warns of what it would refuse.
 *
 * @param load the clearing's own loader of what lies beside web storage: another one would leave it an
 * `import()`, which also of a file that is there waits for a task, and a click puts that off
 */
export function prepareLogout(place: Workplace, load: typeof loadBeyondStorage): void {
  const { config, env, name, ms, warn, watch } = place;
  const { auth0Client } = config;
  markPage(place);
  const [way] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  const isBack = way?.type === 'back_forward';
  // Auth0 sends people on to this site. Who comes here only by Back comes from an error page.
  const { id, auth0, returnTo } = watch.marker.read();
  const { did, back } = watch.tab.read();
  if (id && did === id && auth0 === 'left') {
    if (!isBack) watch.tab.patch({ back: id });
    else if (back !== id && returnTo?.startsWith(env.location.origin)) {
      watch.tab.patch({ left: undefined, receipt: undefined });
      watch.patchMarker(id, { auth0: 'kept' });
    }
  }
  // What Back brings out of the browser's cache may show a person who is gone, where a server writes it.
  if (isBack && !way.transferSize && watch.current()) {
    watch.cover();
    env.location.reload();
  }
  const { options } = Object(auth0Client) as { options?: { cacheLocation?: string } };
  if (auth0Client?.revokeRefreshToken && options?.cacheLocation !== 'localstorage') {
    place.revokeOwn = () => revokeRefreshTokens(env, ms, auth0Client, config.audiences).catch(noop);
  }
  // auth0-react's state, of which there is another object at every change, and auth0-angular's service.
  if (
    typeof auth0Client?.isAuthenticated === 'boolean' ||
    'isAuthenticated$' in Object(auth0Client)
  ) {
    warn('auth0Client is what a framework hands out of it: hand in the Auth0Client itself.');
  }
  const databases = load().then((places) => places.lookAhead(env), noop);
  // A session that has been disposed of meanwhile does nothing any more.
  if (watch.stops.length) {
    place.guards = watchForGuards(env, name);
    watch.stops.push(place.guards.stop);
    recover(env, name, ms, watch, databases, () => place.clear(ALL | LISTED)).catch(noop);
  }
  try {
    validate(config, {}, env);
    resolveLogoutAddress(config, {}, env.location.href);
  } catch (error) {
    warn((error as Error).message);
  }
}
