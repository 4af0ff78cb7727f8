import { type Env, noop, openLine } from '../env.js';
import type { Marker } from './logged-out-marker.js';
import type { LogoutWatch } from './watch-logouts.js';

/** The lock of whoever is on the way to Auth0: two logouts at once lose the redirect. */
export const leavingLock = (name: string): string => `${name}::leaving`;

/** Says whether some tab is on the way to Auth0; `undefined` where the browser cannot tell. */
export const isUnderWay = async ({ navigator: { locks } }: Env, name: string): Promise<unknown> =>
  (await locks?.query().catch(noop))?.held?.some((lock) => lock.name === leavingLock(name));

/**
 * Speaks for the logout of this id, to the other tabs and to this tab's next page. One that has come
 * since is left alone.
 */
export function leadLogout(
  env: Env,
  name: string,
  { see, marker, tab, post, patchMarker, stops }: LogoutWatch,
  id: string,
) {
  let letGo = noop;
  /** When the logout began with which this tab leaves; `undefined`: it stays. */
  let leaving: number | undefined;
  let first: Promise<boolean | undefined> = Promise.resolve(undefined);
  return {
    /** Writes the durable word; from here on every tab knows. @returns whether it is durable */
    begin(next: Omit<Marker, 'id'>): boolean {
      void see(id);
      tab.patch({ seen: id, did: id, left: undefined, receipt: undefined, tabs: 1 });
      if (next.auth0 === 'pending') {
        // Made before the lock is granted: a logout that stays can be over sooner than that.
        const over = new Promise<void>((resolve) => (letGo = resolve));
        // Not looked at before it is needed: that alone costs a page 11 KiB in Chromium.
        const { locks } = env.navigator;
        first = new Promise((resolve) => {
          const key = leavingLock(name);
          const hold = (lock: unknown): unknown => {
            resolve(!!lock);
            if (lock) return over;
            // Held as soon as it is free, so that the tab which has it does not ask again for this one.
            void locks!.request(key, () => over).catch(noop);
            return undefined;
          };
          const held = locks?.request(key, { ifAvailable: true }, hold);
          (held ?? Promise.reject()).catch(() => resolve(undefined));
        });
      }
      const counting = openLine(env, name + id);
      if (counting) {
        counting.onmessage = () => tab.patch({ tabs: (tab.read().tabs ?? 1) + 1 });
        stops.push(() => counting.close());
      }
      const durable = marker.patch({
        login: undefined,
        away: undefined,
        cleared: false,
        tries: 0,
        ...next,
        id,
      });
      post('logout', id);
      return durable;
    },
    /**
     * Resolves to whether this tab was the first of several to log out; `undefined` where the browser
     * cannot tell. It takes milliseconds.
     */
    first: (): Promise<boolean | undefined> => first,
    /** Says it once more, when it could not be written before. */
    repeat(): void {
      if (marker.patch({})) post('logout', id);
    },
    /** The last moment before the page goes: what the return page will want to know. */
    leave(began: number, receipt?: unknown): void {
      leaving = began;
      tab.patch({ left: leaving, receipt });
      // Disposed of, it says so only when the page goes: a session made anew in the page is not back yet.
      let gone = false;
      const go = (): void => {
        gone = true;
        if (leaving) tab.patch({ left: leaving });
      };
      env.addEventListener('pagehide', go, { once: true });
      stops.push(() => gone || !leaving || tab.patch({ left: undefined }));
    },
    /** The logout is over and the page is still here. */
    stay(auth0: Marker['auth0']): void {
      tab.patch({
        swept: id,
        ...(tab.read().left === leaving && { left: undefined }),
        ...(auth0 === 'left' && { back: id }),
      });
      leaving = undefined;
      patchMarker(id, { auth0, cleared: true });
      letGo();
      post('back', id);
    },
  };
}
