import { fenceClient } from './auth0-client/fence.js';
import { clearCredentials, loadBeyondStorage } from './clear.js';
import { OWN_PREFIX } from './credentials/web-storage.js';
import { lazily, noop, sayOnce } from './env.js';
import { bounded, describeError } from './failures.js';
import { loadAsking } from './load-asking.js';
import { loadSteps, withSteps } from './load-steps.js';
import type { LogoutEvent } from './logout-types.js';
import { ALL, MEMORY, TAB } from './scope.js';
import { watchLogouts } from './tabs/watch-logouts.js';
import { parseDomain } from './url/parse-url.js';
import { WITH_GUARDS } from './unsaved-work/tabs-with-guards.js';
import type { UnsavedWorkDesk } from './unsaved-work/unsaved-work.js';
import { LONGEST_WAY, type Workplace } from './workplace.js';

/** What has a `bind` is a function. */
interface Bindable {
  readonly bind?: (client: unknown) => () => unknown;
}

/** What a session lends to its workplace. */
interface Lent extends Pick<Workplace, 'config' | 'env' | 'ms' | 'warn' | 'tell'> {
  /** Calls a listener of the application's, which cannot stop anything. */
  readonly call: (listener: (event: LogoutEvent) => void, event: LogoutEvent) => void;
  /** The application's clearers. */
  readonly held: ReadonlySet<() => unknown>;
}

/**
 * Ties together what a session works with, as long as it lives: the watch for logouts in other tabs,
 * the fence around the client, the clearing, and the files that are loaded later.
 */
export function openWorkplace(lent: Lent): Workplace {
  const { config, env, ms, warn, tell, call, held } = lent;
  const { auth0Client } = config;
  const { origin, host } = Object(parseDomain(config.domain)) as Partial<URL>;
  const clear: Workplace['clear'] = (scope, unseen) =>
    clearCredentials({ ...config, env, ms, origin, held }, scope, unseen);
  const name = `${OWN_PREFIX}${host}::${config.clientId ?? ''}`;
  const makeDesk = lazily(async () => {
    const line = name + WITH_GUARDS;
    const me = line + Math.random();
    // From now on whoever asks waits for this tab, also while the file that answers is still to come.
    void env.navigator.locks?.request(me, () => place.desk).catch(noop);
    sayOnce(env, line);
    const desk = (await loadAsking()).openDesk(place, me);
    open(desk);
    return desk;
  });
  const openDesk = (): Promise<UnsavedWorkDesk> => (place.desk = makeDesk());
  let open: (desk: UnsavedWorkDesk) => void;
  const loaded = new Promise<UnsavedWorkDesk>((resolve) => (open = resolve));
  const place = { config, env, name, ms, clear, warn, tell, openDesk, loaded } as {
    -readonly [K in keyof Workplace]: Workplace[K];
  };
  const withDesk = (use: (desk: UnsavedWorkDesk) => void): unknown => place.desk?.then(use, noop);
  // A method of the client; where a framework hands out a state by that name, it is no function.
  const isAuthenticated = (auth0Client?.isAuthenticated as Bindable | undefined)?.bind?.(
    auth0Client,
  );
  place.watch = watchLogouts(env, name, {
    drop(scope) {
      place.fence?.close();
      place.withdraw?.();
      // Before the client forgets it: with a cache in memory each tab has a refresh token of its own.
      if (scope === TAB) place.revokeOwn?.();
      withDesk((desk) => desk.abandon(scope === MEMORY));
      return clear(scope).catch((error: unknown) => warn(describeError(error)));
    },
    tell: ({ reason }, from) => tell({ reason, from }),
    react(marker, from, returned) {
      if (place.leads) return;
      const { onOtherTabLogout } = config;
      if (onOtherTabLogout) {
        // Once `onLogout` has been told.
        queueMicrotask(() => call(onOtherTabLogout, { reason: marker.reason, from }));
      } else {
        place.busy = true;
        place.watch.cover();
        void loadSteps().then(
          (steps) => steps.follow(place, marker, returned),
          () => env.location.reload(),
        );
      }
    },
    resume: () => withSteps((steps) => steps.finish(place)),
    isLoggedIn: isAuthenticated && (async () => bounded(env, ms, isAuthenticated())),
    receive: (message) => withDesk((desk) => desk.receive(message)),
  });
  if (auth0Client) {
    const { watch } = place;
    place.fence = fenceClient(auth0Client, {
      ...watch,
      ready: () =>
        bounded(env, LONGEST_WAY, Promise.all([watch.loaded, place.fence!.inFlight()])).catch(noop),
      refuses: (kind) =>
        kind === 'silent'
          ? watch.current()
          : place.busy || (kind === 'callback' && watch.isStale()),
      cameBack() {
        if (watch.current()) place.cameBack = clear(ALL).catch(noop);
      },
    });
  }
  withSteps((steps) => steps.prepare(place, loadBeyondStorage));
  return place;
}
