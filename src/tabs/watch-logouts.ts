import { type Env, noop, on, sayOnce } from '../env.js';
import { ALL, LISTED, MEMORY, TAB } from '../scope.js';
import { type Message, openChannel } from './channel.js';
import { coverPage } from './cover.js';
import { recordLogins } from './login-record.js';
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
  /**
   * Says whether this tab holds a login that has completed. Missing where no login can be seen to
   * complete: the application has no client, or one whose methods nobody calls (a framework's wrapper).
   */
  readonly isLoggedIn: (() => Promise<unknown>) | undefined;
  /** What another tab says that is not about a logout. */
  readonly receive: (message: Message) => void;
}

/** The page that a login comes back to (RFC 6749, section 4.1.2; other pages have a `code`, too). */
export const isCallback = (url: string): boolean =>
  /^(?=.*[?&#]state=).*[?&#](code|\w+_token)=/.test(url);

/**
 * Says whether this document was loaded as that page, after a logout of this time: a framework may
 * have used up the address before there was a session.
 */
const cameFromLogin = (at: number): boolean =>
  at < performance.timeOrigin &&
  isCallback(performance.getEntriesByType('navigation')[0]?.name as string);

/**
 * Tabs that log out within so many milliseconds may not see each other, and only one of them goes to
 * Auth0: that is for all of them, whichever wrote the last word.
 */
const AT_ONCE_MS = 1000;

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
  const atLoad = marker.read();
  let seen = atLoad.id ?? '';
  let uncover: (() => void) | undefined;
  let returned = noop;
  let asleep = false;
  /** This page is the one that a logout came back to. */
  let isBack = false;

  /** Changes the marker, unless another logout has come in between. */
  const patchMarker = (id: string, fields: Partial<Marker>): unknown =>
    marker.read().id === id && marker.patch(fields);
  /** Records that this tab went to Auth0 for the logout that is in force. @returns whether it did */
  const hasLeft = (): boolean => {
    const { at, login } = marker.read();
    const has = !login && Math.abs(at! - tab.read().left!) < AT_ONCE_MS;
    if (has) patchMarker(seen, { auth0: 'left', cleared: true });
    return has;
  };
  /** Writes both records again where the application has wiped its storage meanwhile. */
  const keep = (): void => {
    marker.restore();
    tab.restore();
  };
  /** This logout is the one to know. Resolves when the tab that goes to Auth0 for it is back. */
  const see = (id: string): Promise<void> => {
    seen = id;
    return new Promise((resolve) => (returned = resolve));
  };
  const cover = (): void => {
    uncover ??= coverPage(env);
  };

  /** Deals with a logout that this tab has not seen yet. */
  const notice = async (from: LogoutOrigin): Promise<void> => {
    const found = marker.read() as Marker;
    const { id } = found;
    // Nor a page that is gone, or comes out of the bfcache with a logout to see: it is loaded anew.
    if (!id || id === seen || asleep) return;
    // Another session of this very page did it, and looks after the page.
    const here = tab.read().did === id;
    const back = see(id);
    tab.patch({ seen });
    if (found.login) {
      // Somebody has logged in since: what lies in storage is theirs, only this page is old.
      cover();
      await hooks.drop(MEMORY);
      hooks.tell(found, 'earlier');
      env.location.reload();
      return;
    }
    if (found.auth0 !== 'pending') returned();
    const gone = hooks.drop(TAB);
    // Now, or the tab that logs out is away before it hears of it; and on a line of its own: of 40
    // tabs, not each has to hear 39 others. One that never leaves has nobody to tell.
    if (!here && found.auth0 !== 'kept') sayOnce(env, name + id);
    await gone;
    // Before anybody hears of it, who could begin a login beside the logout.
    if (!here) hooks.react(found, from, back);
    hooks.tell(found, here ? 'this-tab' : from);
    keep();
  };
  /** Not only when it is shown: a frame called `hidden`, as many are, stands for what tells that. */
  const look = (): void => void notice('earlier');

  const channel = openChannel(
    env,
    name,
    (message) => {
      const [kind, id] = message;
      // Where storage is blocked, that it happened is all that a tab can know.
      if (kind === 'logout') marker.read({ id, reason: 'user', auth0: 'pending' });
      if (id !== seen) {
        // Whatever it says: a message can be faster than the marker, and the next one is not.
        void notice('other-tab');
        hooks.receive(message);
      }
      if (kind === 'back' && id === seen) returned();
    },
    () => void notice('other-tab'),
  );
  const stops = [
    channel.close,
    on(env, 'focus', look),
    // On its way down: one that somebody else fires at the document may not bubble.
    on(env, 'visibilitychange', look, true),
    // A tab that follows another leaves Auth0 to that one; it loads afterwards, and looks again then.
    on(env, 'online', () => tab.read().swept === seen && hooks.resume()),
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
      hasLeft();
      // The application may have wiped its storage after the logout, too.
      if (seen) keep();
      asleep = true;
      // Into the bfcache only covered: what comes out of it is on the screen before any event.
      if ((event as PageTransitionEvent).persisted) cover();
    }),
  ];

  const logins = recordLogins(marker, tab, patchMarker, () => seen);

  /** Deals with what the last logout left to do, before the page's own code can use a credential. */
  const load = async (): Promise<void> => {
    const { seen: before, login, swept } = tab.read();
    // Not before another session that this page makes now has looked as well (React's StrictMode).
    queueMicrotask(() => tab.patch({ seen }));
    if (!seen) return;
    if ((isBack = hasLeft())) channel.post('back', seen);
    const { cleared } = atLoad;
    const isOld = before !== undefined && before !== seen;
    if (
      hooks.isLoggedIn
        ? // This tab came back from a login before there was a session to see it complete.
          login === seen && (await hooks.isLoggedIn().catch(noop))
        : // Nobody will see it complete; one that began before the logout says so, or is as old as its tab.
          cleared &&
          !isOld &&
          (login ?? seen) === seen &&
          (isCallback(env.location.href) || cameFromLogin(atLoad.at!))
    ) {
      logins.loginStarts()(true);
      tab.patch({ login: undefined });
    } else if (atLoad.login) {
      // What is shared belongs to the login since; only what this tab alone had kept is old.
      if (isOld) await hooks.drop(LISTED);
    } else {
      hooks.resume();
      if (login === seen) return;
      // Where logins are not seen, what lies there after the first look may be one.
      if (hooks.isLoggedIn || !cleared || (before !== undefined && swept !== seen)) {
        await hooks.drop(cleared && !isOld ? ALL : ALL | LISTED);
      }
      tab.patch({ swept: seen });
      if (!cleared) patchMarker(seen, { cleared: true });
      if (before !== seen) hooks.tell(atLoad as Marker, 'earlier');
    }
  };

  return {
    /** Resolves when what was found on load has been dealt with. */
    loaded: load(),
    /** The logout that is in force, if there is one that no login has ended. */
    current(): Partial<Marker> | false | '' | undefined {
      look();
      const found = marker.read();
      return found.id && found.login !== 'done' && found;
    },
    see,
    keep,
    patchMarker,
    post: channel.post,
    marker,
    tab,
    stops,
    /** What this tab left with, once, and in how many tabs credentials are gone. */
    takeLeft(): TabRecord | undefined {
      if (!isBack || !hasLeft()) return undefined;
      const record = tab.read();
      tab.patch({ left: undefined, receipt: undefined });
      return record;
    },
    ...logins,
    cover,
    stop(): void {
      stops.splice(0).forEach((end) => end());
    },
  };
}
