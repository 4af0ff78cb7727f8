import type { LogoutReason, LostWork, SessionOutcomes } from '../outcomes.js';
import { parseUrl } from '../url/parse-url.js';

/** What became of a logout, for the person who asked for it. */
export interface LogoutReceipt {
  readonly reason: LogoutReason;
  /** When, in milliseconds since 1970. */
  readonly at: number;
  readonly sessions: SessionOutcomes;
  readonly unsaved: readonly LostWork[];
  /**
   * The strategy of the identity provider that the user came from, such as `google-oauth2`; `null`
   * when there is none, left out when it is not known.
   */
  readonly strategy?: string | null | undefined;
  /** In how many tabs credentials are gone, this one included. */
  readonly tabs: number;
  /** Whether the return matches what was stored when the logout left. */
  readonly verified: boolean;
}

/** What is kept in the tab while it is away at Auth0. */
export interface StoredReceipt extends Omit<LogoutReceipt, 'tabs' | 'verified'> {
  readonly returnTo: string | null;
  readonly state?: string | undefined;
}

/** A receipt older than this is no answer to a return: one hour. */
const EXPIRES_MS = 3_600_000;

const page = (url: string): string => url.replace(/\/?([?#].*)?$/, '');

/**
 * Makes the receipt out of what this tab had stored, or `null` when it is too old. The return is
 * verified when it came to the right address, whose query may have been added to, and, at
 * `/oidc/logout`, brought our `state` back (RP-Initiated Logout 1.0, section 3).
 */
export function readReceipt(
  here: string,
  { returnTo, state, ...kept }: StoredReceipt,
  tabs: number,
): LogoutReceipt | null {
  const is = new URL(here);
  const wanted = parseUrl(returnTo ?? here);
  if (state) wanted?.searchParams.append('state', state);
  const verified =
    !!wanted &&
    page(wanted.href) === page(here) &&
    // The same, or any where none was asked for.
    is.hash.endsWith(wanted.hash) &&
    [...wanted.searchParams].every(([name, value]) => is.searchParams.getAll(name).includes(value));
  return Math.abs(Date.now() - kept.at) < EXPIRES_MS ? { ...kept, tabs, verified } : null;
}
