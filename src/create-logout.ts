import { browserEnv, type Env, noop } from './env.js';
import { LogoutError } from './errors.js';
import { describeError } from './failures.js';
import { loadSteps } from './load-steps.js';
import type { LogoutConfig, LogoutEvent, LogoutSession } from './logout-types.js';
import { openWorkplace } from './open-workplace.js';
import { readReceipt, type StoredReceipt } from './receipt/receipt.js';

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
  const ms = config.stepTimeoutMs ?? 2000;
  /** Where this page was when it came, before a router has moved on. */
  const here = env?.location.href;
  const held = new Set<() => unknown>();
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
  const place = env && openWorkplace({ config, env, ms, warn, tell, call, held });

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
      let undo: (() => void) | undefined;
      void place?.loaded.then((desk) => (undo ??= desk.guard(guard)));
      // Where it cannot be loaded, the logout tries again, and says so.
      place?.openDesk().catch(noop);
      return () => {
        undo?.();
        undo = noop;
      };
    },
    loggedIn() {
      place?.watch.loginStarts()(true);
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
      void place?.loaded.then((desk) => desk.stop());
      place?.fence?.remove();
    },
  };
}
