import { fenceClient } from './auth0-client/fence.js';
import { clearCredentials } from './clear.js';
import { OWN_PREFIX } from './credentials/web-storage.js';
import { browserEnv, type Env, lazily, noop } from './env.js';
import { LogoutError } from './errors.js';
import { bounded, describeError } from './failures.js';
import { loadAsking } from './load-asking.js';
import type * as steps from './logout.js';
import type { LogoutConfig, LogoutEvent, LogoutSession } from './logout-types.js';
import { readReceipt, type StoredReceipt } from './receipt/receipt.js';
import { ALL, MEMORY, TAB } from './scope.js';
import { watchLogouts } from './tabs/watch-logouts.js';
import { parseDomain } from './url/parse-url.js';
import type { UnsavedWorkDesk } from './unsaved-work/unsaved-work.js';
import { LONGEST_WAY, type Workplace } from './workplace.js';

/** What has a `bind` is a function. */
interface Bindable {
  readonly bind?: (client: unknown) => () => unknown;
}

type Steps = Pick<typeof steps, 'enter' | 'follow' | 'finish' | 'prepare'>;

const loadSteps = lazily((): Promise<Steps> => import('./logout.js'));
const withSteps = (use: (steps: Steps) => unknown): void => void loadSteps().then(use, noop);

/**
 * Makes the logout of one application in this page. Create it early, right after the client: it
 * finishes what an earlier logout left to do, and watches for logouts in other tabs. The steps of a
 * logout are loaded at once, but do not hold the page up.
 *
 * Where there is no page (server-side rendering) it does nothing, and its `logout` rejects with
 * `not_a_browser`. A configuration that cannot work is told of as a warning as soon as they are there,
 * and `logout` rejects with its code.
 *
 * @example
 * const session = createLogout({ domain: 'tenant.eu.auth0.com', clientId: 'abc', auth0Client });
 * await session.logout({ returnTo: 'https://app.example/bye' });
 */
export const createLogout = (config: LogoutConfig): LogoutSession =>
  createSession({ ...config }, browserEnv());

/** The same in a given environment; tests hand in their own. */
export function createSession(config: LogoutConfig, env: Env | undefined): LogoutSession {
  const { auth0Client, stepTimeoutMs: ms = 2000 } = config;
  /** Where this page was when it came, before a router has moved on. */
  const here = env?.location.href;
  const held = new Set<() => unknown>();
  /** Guards that the desk has not got yet: the file may fail to load at first. */
  const guards = new Set<(desk: UnsavedWorkDesk) => void>();
  const listeners = new Set<(event: LogoutEvent) => void>();
  /** A logout that was found on load, for those who listen later. */
  let earlier: LogoutEvent | false | undefined;

  const warn = (text: string): void => {
    try {
      (config.onWarning ?? console.warn)(text);
    } catch {
      // An application's logger must not stop a logout.
    }
  };
  const call = (listener: (event: LogoutEvent) => void, event: LogoutEvent): void => {
    try {
      listener(event);
    } catch (error) {
      warn(`onLogout: ${describeError(error)}`);
    }
  };
  const tell = (event: LogoutEvent): void => {
    earlier = event.from === 'earlier' && event;
    listeners.forEach((listener) => call(listener, event));
  };
  const withDesk = (use: (desk: UnsavedWorkDesk) => void): void =>
    void place?.desk?.then(use, noop);

  const start = (env: Env): Workplace => {
    const { origin, host } = Object(parseDomain(config.domain)) as Partial<URL>;
    const clear: Workplace['clear'] = (scope, unseen) =>
      clearCredentials({ ...config, env, ms, origin, held }, scope, unseen);
    const name = `${OWN_PREFIX}${host}::${config.clientId ?? ''}`;
    const makeDesk = lazily(async () => (await loadAsking()).openDesk(place));
    const openDesk = (): Promise<UnsavedWorkDesk> =>
      (place.desk = makeDesk().then((desk) => {
        guards.forEach((enter) => enter(desk));
        guards.clear();
        return desk;
      }));
    const place = { config, env, name, ms, clear, warn, tell, openDesk, busy: false } as {
      -readonly [K in keyof Workplace]: Workplace[K];
    };
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
        if (config.onOtherTabLogout) {
          call(config.onOtherTabLogout, { reason: marker.reason, from });
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
      isLoggedIn:
        isAuthenticated &&
        (() => bounded(env, ms, Promise.resolve().then(isAuthenticated)).catch(noop)),
      receive: (message) => withDesk((desk) => desk.receive(message)),
    });
    if (auth0Client) {
      const { watch } = place;
      place.fence = fenceClient(auth0Client, {
        ...watch,
        ready: () =>
          bounded(env, LONGEST_WAY, Promise.all([watch.loaded, place.fence!.inFlight()])).catch(
            noop,
          ),
        refuses: (kind) =>
          kind === 'silent'
            ? watch.current()
            : place.busy || (kind === 'callback' && watch.isStale()),
        cameBack() {
          if (watch.current()) place.cameBack = clear(ALL).catch(noop);
        },
      });
    }
    withSteps((steps) => steps.prepare(place));
    return place;
  };

  let place: Workplace | undefined;
  if (env) place = start(env);

  return {
    async logout(options) {
      if (!place) throw new LogoutError('not_a_browser', 'Log out in a browser.');
      return (await loadSteps()).enter(place, options);
    },
    onLogout(listener) {
      listeners.add(listener);
      // Whoever subscribes after the page has loaded still hears what was found on load.
      if (earlier && place!.watch.current()) {
        queueMicrotask(() => listeners.has(listener) && call(listener, earlier as LogoutEvent));
      }
      return () => listeners.delete(listener);
    },
    holdCredentials(clearer) {
      // Two parts of an application may hand in the same one.
      const mine = (): unknown => clearer();
      held.add(mine);
      return () => held.delete(mine);
    },
    guardUnsavedWork(guard) {
      let undo = noop;
      const enter = (desk: UnsavedWorkDesk): void => {
        undo = desk.guard(guard);
      };
      guards.add(enter);
      // Where it cannot be loaded, the logout tries again, and says so.
      place?.openDesk().catch(noop);
      return () => {
        guards.delete(enter);
        undo();
      };
    },
    loggedIn() {
      place?.watch.loggedIn();
    },
    nextLogin() {
      const loggedOut = place?.watch.current();
      return loggedOut && loggedOut.auth0 !== 'left' ? { prompt: 'login' } : {};
    },
    takeReceipt() {
      const { receipt, tabs = 1 } = place?.watch.takeLeft() ?? {};
      return receipt ? readReceipt(here!, receipt as StoredReceipt, tabs) : null;
    },
    dispose() {
      place?.withdraw?.();
      place?.watch.stop();
      withDesk((desk) => desk.stop());
      place?.fence?.remove();
    },
  };
}
