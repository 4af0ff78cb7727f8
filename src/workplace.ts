import type { Fence } from './auth0-client/fence.js';
import type { Env } from './env.js';
import type { LogoutConfig, LogoutEvent, LogoutResult } from './logout-types.js';
import type { LogoutWatch } from './tabs/watch-logouts.js';
import type { UnsavedWorkDesk } from './unsaved-work/unsaved-work.js';
import type { GuardWatch } from './unsaved-work/watch-for-guards.js';

/** How long a page may take to be gone, in milliseconds, before it counts as one that stays. */
export const LONGEST_WAY = 10_000;

/** What the steps of a logout work with. */
export interface Workplace {
  readonly config: LogoutConfig;
  readonly env: Env;
  /** What the application's entries in web storage, its channel and its locks are called. */
  readonly name: string;
  /** The longest that any one step may take, in milliseconds. */
  readonly ms: number;
  readonly watch: LogoutWatch;
  readonly fence: Fence | undefined;
  /** Clears, as `clearCredentials` does. */
  readonly clear: (scope: number, unseen?: string[]) => Promise<void>;
  readonly warn: (text: string) => void;
  readonly tell: (event: LogoutEvent) => void;
  /** Opens this tab's desk for unsaved work. */
  readonly openDesk: () => Promise<UnsavedWorkDesk>;
  /** Resolves to it when its file has loaded, which may fail at first. */
  readonly loaded: Promise<UnsavedWorkDesk>;
  /** That desk, once somebody wants it. */
  desk: Promise<UnsavedWorkDesk> | undefined;
  /** The watch for guards in other tabs, once the steps are there. */
  guards: GuardWatch | undefined;
  /** The last logout of this page. */
  running: Promise<LogoutResult> | undefined;
  /** When that was over, by `performance.now()`. */
  ended: number | undefined;
  /** Of a logout by the user: the question that it asks, or will ask. One that asks nobody aborts it. */
  question: AbortController | undefined;
  /** Takes back the question that is open: somebody else has logged out, or nobody is to be asked. */
  withdraw: (() => void) | undefined;
  /** Nobody may log in while a logout runs, or while this tab is on its way out. */
  busy: boolean | undefined;
  /** This tab's own logout is past the point of no return; what others do meanwhile does not move it. */
  leads: boolean;
  /** Starts to revoke the refresh tokens that only this tab has. */
  revokeOwn: (() => unknown) | undefined;
  /** The clearing of what a call in flight has written. */
  cameBack: Promise<unknown> | undefined;
}
