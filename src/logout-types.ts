import type { Auth0ClientLike } from './auth0-client/auth0-client.js';
import type { ClearOptions } from './credentials/clear-options.js';
import type { LogoutReason, SessionOutcomes, UnsavedWork } from './outcomes.js';
import type { LogoutReceipt } from './receipt/receipt.js';
import type { LogoutOrigin } from './tabs/watch-logouts.js';
import type { UnsavedWorkGuard } from './unsaved-work/guards.js';
import type { UnsavedWorkAnswer } from './unsaved-work/decide.js';
import type { LogoutUrlConfig, LogoutUrlOptions } from './url/logout-url-config.js';

/** What a session knows about the tenant, the application and the page. */
export interface LogoutConfig extends LogoutUrlConfig {
  /**
   * The client that the user logged in with, if there is one: its own `logout` clears what it holds,
   * its refresh tokens are revoked, and calls in flight cannot sign the user back in. Create the
   * session right after the client.
   */
  readonly auth0Client?: Auth0ClientLike;
  /** Audiences whose refresh tokens to revoke, besides the default one. Default none. */
  readonly audiences?: readonly string[];
  /** Which of the application's own credentials go. Default: the tokens of this tenant and client. */
  readonly clear?: ClearOptions;
  /** A same-origin address that is sent a POST to end an HttpOnly cookie session. Default none. */
  readonly serverLogoutUrl?: string;
  /** The longest that any one step may hold a logout up, in milliseconds, at most 2147483548. Default 2000. */
  readonly stepTimeoutMs?: number;
  /**
   * Asks the person what to do about unsaved work, in any tab. Default: the built-in dialog, loaded
   * when it is needed.
   */
  readonly confirmUnsavedWork?: (
    work: readonly UnsavedWork[],
  ) => UnsavedWorkAnswer | Promise<UnsavedWorkAnswer>;
  /**
   * What a tab does after a logout elsewhere, once its credentials are gone. Default: covers the
   * page, and goes to `returnTo` once the tab that logged out is back from Auth0, or after 10 s; where
   * there is no web address to go to, the page is loaded anew.
   */
  readonly onOtherTabLogout?: (event: LogoutEvent) => void;
  /** Gets every warning. Default `console.warn`. */
  readonly onWarning?: (warning: string) => void;
}

/** What one logout should do. */
export interface LogoutOptions extends LogoutUrlOptions {
  /** End the application's session only; nothing is navigated. Default false. */
  readonly localOnly?: boolean;
  /** Why. Any other than `'user'` asks nobody about unsaved work, and has it saved. Default `'user'`. */
  readonly reason?: LogoutReason;
  /**
   * Opens the logout address instead of `location.replace`: a popup, Capacitor, Electron. It is waited
   * for as long as a step may take; one that fails, or has not returned by then, has not `left`.
   */
  readonly openUrl?: (url: string) => void | Promise<void>;
  /** Calls the logout off, as long as nothing has been destroyed. */
  readonly signal?: AbortSignal;
}

/** The steps of a logout, in their order. */
export type LogoutStepName =
  'ask' | 'mark' | 'server' | 'revoke' | 'clear' | 'clear-again' | 'receipt' | 'leave';

/** How one step went. */
export interface LogoutStep {
  readonly name: LogoutStepName;
  readonly status: 'done' | 'failed' | 'timed-out' | 'skipped';
  /** How long it took, in milliseconds. */
  readonly ms: number;
  /** What went wrong; never holds a token. */
  readonly error?: string;
}

/** How a logout went. */
export interface LogoutResult {
  /**
   * `left`: the navigation to Auth0 was started (`openUrl` returned), or another tab is there for this
   * logout too, and this page follows that one. `stayed`: the page is still here. `cancelled`: nothing
   * was changed anywhere.
   */
  readonly status: 'left' | 'stayed' | 'cancelled';
  /** The logout address; `null` where none was wanted. */
  readonly url: string | null;
  readonly reason: LogoutReason;
  readonly sessions: SessionOutcomes;
  readonly steps: readonly LogoutStep[];
  readonly warnings: readonly string[];
}

/** A logout of this application somewhere in this browser. */
export interface LogoutEvent {
  readonly reason: LogoutReason;
  /** `earlier`: found on load, on focus or on return from the bfcache. */
  readonly from: LogoutOrigin;
}

/** One application's logout in this page. */
export interface LogoutSession {
  /**
   * Logs the user out: of this tab, of every other tab, and, unless `localOnly`, of Auth0. Calls
   * at the same time share one logout.
   *
   * @throws LogoutError (as a rejection) for what the caller has to fix, before anything was
   * destroyed. Everything that fails after that is a step in the result, and the next step runs. Where
   * the file with the steps could not be loaded it rejects with the browser's own error: nothing has
   * changed then, and the next call tries again.
   */
  logout(options?: LogoutOptions): Promise<LogoutResult>;
  /** Hears of every logout, in every tab, once credentials are gone. @returns stops hearing */
  onLogout(listener: (event: LogoutEvent) => void): () => void;
  /**
   * Guards a piece of work that a logout could lose, in whichever tab it is begun: a user is asked
   * first, any other logout lets `save` run. Warns too before the tab is closed while it is dirty.
   *
   * @returns stops guarding
   */
  guardUnsavedWork(guard: UnsavedWorkGuard): () => void;
  /**
   * Takes a clearer for tokens that the application holds in memory. It may be asynchronous, is
   * waited for within the step's bound, and runs in every tab. @returns takes it back
   */
  holdCredentials(clear: () => unknown): () => void;
  /** Says that a login has just been completed. An `auth0Client` that completes one says so itself. */
  loggedIn(): void;
  /** What became of the logout that this tab left for; once, on the page Auth0 returned to. */
  takeReceipt(): LogoutReceipt | null;
  /** What the next login should send, in any tab, so that a logout stays a logout. */
  nextLogin(): { prompt?: 'login' };
  /** Takes every listener and the fence around the client away. */
  dispose(): void;
}
