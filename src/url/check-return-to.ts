import { matchAllowed, UNDOCUMENTED } from './match-allowed.js';
import { parseReturnTo } from './return-to.js';
import { withoutQuery } from './shown.js';

/** What {@link checkReturnTo} answers. */
export interface ReturnToCheck {
  /**
   * `allowed`: a documented rule allows it. `refused`: none does. `unknown`: it depends on
   * something that Auth0 does not document, so try it against your tenant.
   */
  readonly verdict: 'allowed' | 'refused' | 'unknown';
  /** The entry that decided, as it stands in the list; `null` when refused. */
  readonly entry: string | null;
  /** Why, for a developer. It never contains the query or the hash of an address. */
  readonly reason: string;
}

// One for each `Fit`.
const ANSWERS = [
  ['refused', 'no entry matches'],
  [
    'refused',
    'no entry matches; one needs a scheme, and takes one *, in the first label of a subdomain',
  ],
  [
    'unknown',
    'Auth0 does not document the difference: slash at the end, port, punycode, escape, hash, placeholder, or after 100 entries',
  ],
  ['allowed', 'an entry matches'],
] as const;

/**
 * Tells whether Auth0 would send a user to `returnTo`, given a list of Allowed Logout URLs. Never
 * throws, and never guesses: where Auth0 documents nothing, the verdict is `unknown`. A documented
 * match wins over an unknown one, wherever it stands in the list.
 *
 * The rules, from Auth0's "Redirect Users with Alternative Logout", "Log Users Out of Auth0 with
 * OIDC Endpoint" and "Subdomain URL Placeholders":
 * - An entry needs a scheme; an app's own will do.
 * - One `*`, with http(s) only, stands for the leftmost label of a subdomain or a part of it, and
 *   for exactly one level. Paths know no wildcards.
 * - Scheme and host ignore case, the path does not.
 * - `/v2/logout` ignores query and hash; `/oidc/logout` compares the query exactly.
 * - Undocumented, so `unknown`: a slash at the end that only one of the two has, default ports
 *   spelled out, ports beside a `*`, punycode, escapes or dots in a path, a hash that `/oidc/logout`
 *   finds in only one of the two, placeholders such as `{organization_name}`, and entries after the 100th.
 *
 * @param returnTo The address; a relative one is resolved against the page. One that
 *   `buildLogoutUrl` would not take at all is `refused`.
 * @param allowed The entries. One may hold several, separated by commas, as in the Dashboard.
 * @param endpoint Which of the logout endpoints will compare them; default `'v2'`.
 * @example
 * checkReturnTo('https://eu.app.example/bye', ['https://*.app.example/bye']);
 * // { verdict: 'allowed', entry: 'https://*.app.example/bye', reason: '…' }
 */
export function checkReturnTo(
  returnTo: string | URL,
  allowed: readonly string[],
  endpoint: 'v2' | 'oidc' = 'v2',
): ReturnToCheck {
  let address: string;
  try {
    address = parseReturnTo(returnTo, globalThis.location?.href);
  } catch (error) {
    return { verdict: 'refused', entry: null, reason: (error as Error).message };
  }
  const [fit, entry] = matchAllowed(address, allowed, endpoint);
  const [verdict, reason] = ANSWERS[fit];
  return {
    verdict,
    entry: fit < UNDOCUMENTED ? null : entry,
    reason: `${reason}${entry && ` (${withoutQuery(entry)})`}.`,
  };
}
