import { type Env, noop, on, openLine, sayOnce } from '../env.js';
import { ALL, MEMORY, SESSION_STORAGE, TAB } from '../scope.js';
import { type Message, openChannel } from './channel.js';
import { coverPage } from './cover.js';
import { type Marker, storageCell, type TabRecord } from './logged-out-marker.js';

/** How this tab came to know of a logout. */
export type LogoutOrigin = 'this-tab' | 'other-tab' | 'earlier';

/** What the watch needs done; the answers are the session's. */
export interface WatchHooks {
  /** Drops credentials and ends calls in flight. Starts at once, is bounded and never rejects. */
  readonly drop: (scope: number) => Promise<unknown>;
  /** Tells the application, once its credentials are gone. */
  readonly tell: (marker: Marker, from: LogoutOrigin) => void;
  /** The second part in a receiving tab. `returned`: the tab that logged out is back from Auth0. */
  readonly react: (marker: Marker, from: LogoutOrigin, returned: Promise<void>) => void;
  /** Asks Auth0 for a logout that was begun but never asked for, if there is one. */
  readonly resume: () => void;
  /** Says whether this tab holds a login that has completed. */
  readonly isLoggedIn: () => unknown;
  /** What another tab says that is not about a logout. */
  readonly receive: (...message: Message) => void;
}

/** This tab's view of the logouts of its application. */
export type LogoutWatch = ReturnType<typeof watchLogouts>;

/**
 * Watches for logouts of one application in this browser: on load, by message, when the tab is shown
 * or comes back from the bfcache, and when the network is back. Holds no timer.
 *
 * @param name what the application's entries in web storage and its channel are called
 */
export function watchLogouts(env: Env, name: string, hooks: WatchHooks) {
  const marker = storageCell<Marker>(env, 'localStorage', name);
  const tab = storageCell<TabRecord>(env, 'sessionStorage', name);
  const leaving = `${name}::leaving`;
  const atLoad = marker.read();
  let seen = atLoad.id ?? '';
  let uncover: (() => void) | undefined;
  let returned = noop;
  let letGo = noop;
  let counting: BroadcastChannel | undefined;
  let asleep = false;

  /** Changes the marker, unless another logout has come in between. */
  const patchMarker = (id: string, fields: Partial<Marker>): unknown =>
    marker.read().id === id && marker.patch(fields);
  const cover = (): void => {
    uncover ??= coverPage(env);
  };

  /** Deals with a logout that this tab has not seen yet. */
  const notice = async (from: LogoutOrigin): Promise<void> => {
    const found = marker.read() as Marker;
    const { id } = found;
    // A page that comes out of the bfcache with a logout to see is about to be loaded anew.
    if (!id || id === seen || asleep) return;
    // Another session of this very page did it, and looks after the page.
    const here = from === 'other-tab' && tab.read().seen === id;
    tab.patch({ seen: (seen = id) });
    const back = new Promise<void>((resolve) => (returned = resolve));
    if (found.login) {
      // Somebody has logged in since: what lies in storage is theirs, only this page is old.
      cover();
      await hooks.drop(MEMORY);
      hooks.tell(found, 'earlier');
      env.location.reload();
      return;
    }
    if (found.auth0 !== 'pending') returned();
    await hooks.drop(TAB);
    // On a line of its own: of 40 tabs, not each has to hear 39 others.
    sayOnce(env, name + id, '');
    hooks.tell(found, here ? 'this-tab' : from);
    if (!here) hooks.react(found, from, back);
  };
  const shown = (): void => {
    if (!env.document.hidden) void notice('earlier');
  };

  const channel = openChannel(
    env,
    name,
    (...message) => {
      const [kind, id] = message;
      if (id !== seen) {
        // Whatever it says: a message can be faster than the marker, and the next one is not.
        void notice('other-tab');
        hooks.receive(...message);
      }
      if (kind === 'back' && id === seen) returned();
    },
    () => void notice('other-tab'),
  );
  const stops = [
    channel.close,
    on(env, 'focus', shown),
    on(env.document, 'visibilitychange', shown),
    // A tab that follows another leaves Auth0 to that one; it loads afterwards, and looks again then.
    on(env, 'online', () => returned === noop && hooks.resume()),
    on(env, 'pageshow', (event) => {
      if (!(event as PageTransitionEvent).persisted) return;
      // A page that was drawn before the logout shows a person who is gone.
      if (marker.read().id !== atLoad.id) env.location.reload();
      else {
        asleep = false;
        uncover = void uncover?.();
      }
    }),
    on(env, 'pagehide', (event) => {
      if (tab.read().left === seen) patchMarker(seen, { auth0: 'left' });
      // Into the bfcache only covered: what comes out of it is on the screen before any event.
      if ((asleep = (event as PageTransitionEvent).persisted)) cover();
    }),
  ];

  const loggedIn = (): void => {
    if (marker.read().id) marker.patch({ login: 'done' });
  };
  const forgetLogin = (): void => {
    if ('login' in tab.read()) tab.patch({ login: undefined });
  };

  /** Deals with what the last logout left to do, before the page's own code can use a credential. */
  const load = async (): Promise<void> => {
    const { seen: before, login, left } = tab.read();
    if (before !== seen) tab.patch({ seen });
    if (!seen) return;
    if (left === seen) {
      patchMarker(seen, { auth0: 'left' });
      channel.post('back', seen);
    }
    if (login === seen) {
      // This tab came back from a login before there was a session to see it complete.
      if (await hooks.isLoggedIn()) {
        loggedIn();
        forgetLogin();
      }
    } else if (atLoad.login) {
      // What is shared belongs to the login since; only what this tab alone had kept is old.
      if (before !== undefined && before !== seen) await hooks.drop(SESSION_STORAGE);
    } else {
      hooks.resume();
      await hooks.drop(ALL);
      if (before !== seen) hooks.tell(atLoad as Marker, 'earlier');
    }
  };

  return {
    /** Resolves when what was found on load has been dealt with. */
    loaded: load(),
    /** The logout that is in force, if there is one that no login has ended. */
    current(): Partial<Marker> | false {
      void notice('earlier');
      const found = marker.read();
      return !!found.id && found.login !== 'done' && found;
    },
    /** Writes the durable word; from here on every tab knows. @returns whether it is durable */
    begin(next: Marker): boolean {
      seen = next.id;
      returned = noop;
      tab.patch({ seen, left: undefined, receipt: undefined, tabs: 1 });
      if (next.auth0 === 'pending') {
        // Made before the lock is granted: a logout that stays can be over sooner than that.
        const over = new Promise<void>((resolve) => (letGo = resolve));
        // Not looked at before it is needed: that alone costs a page 11 KiB in Chromium.
        void env.navigator.locks?.request(leaving, { ifAvailable: true }, () => over);
      }
      counting?.close();
      counting = openLine(env, name + seen);
      if (counting) counting.onmessage = () => tab.patch({ tabs: (tab.read().tabs ?? 1) + 1 });
      const durable = marker.patch({ login: undefined, tries: 0, ...next });
      channel.post('logout', seen);
      return durable;
    },
    /** Says it once more, when it could not be written before. */
    repeat(): void {
      if (marker.patch({})) channel.post('logout', seen);
    },
    post: channel.post,
    marker,
    tab,
    leaving,
    /** The last moment before the page goes: what the return page will want to know. */
    leave: (receipt?: unknown): unknown => tab.patch({ left: seen, receipt }),
    /** The logout is over and the page is still here. */
    stay(auth0: Marker['auth0']): void {
      tab.patch({ left: undefined });
      patchMarker(seen, { auth0 });
      letGo();
      channel.post('back', seen);
    },
    /** What this tab left with, once, and in how many tabs credentials are gone. */
    takeLeft(): TabRecord {
      const record = tab.read();
      if (!seen || record.left !== seen) return {};
      tab.patch({ left: undefined, receipt: undefined });
      return record;
    },
    /** Says whether a login that comes in by redirect began before the last logout; if not, it is in. */
    loginIsStale(): boolean {
      const stale = (tab.read().login ?? seen) !== seen;
      if (!stale) forgetLogin();
      return stale;
    },
    /** An explicit login leaves for another page. */
    loginLeaves: (): unknown => tab.patch({ login: seen }),
    /** An explicit login is about to complete. The returned function says whether it did. */
    loginStarts(): (completed: boolean) => void {
      const { id } = marker.read();
      if (id) marker.patch({ login: 'started' });
      return (completed) => {
        if (marker.read().id !== id) return;
        if (completed) loggedIn();
        else if (id) marker.patch({ login: undefined });
      };
    },
    loggedIn,
    cover,
    stop(): void {
      counting?.close();
      stops.forEach((end) => end());
    },
  };
}
