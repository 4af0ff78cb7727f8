import { parseUrl } from './parse-url.js';

/** How well an entry fits: not at all, never can, in a way that Auth0 does not document, by a rule. */
export const NO = 0;
export const NEVER = 1;
export const UNDOCUMENTED = 2;
export const FITS = 3;
export type Fit = typeof NO | typeof NEVER | typeof UNDOCUMENTED | typeof FITS;

// 1: scheme and authority, 2: the rest. Not through `URL`: browsers disagree on a `*` in a host, and
// the spelling counts.
const PARTS = /^([a-z][a-z\d+.-]*:(?:\/\/[^/?#]*)?)(.*)$/i;

// One `*`, in the leftmost of at least three labels, http(s) only, none in the path. Source: Auth0,
// "Subdomain URL Placeholders".
const WILDCARD = /^https?:\/\/[^*./]*\*[^*./]*(\.[^*./?#]+){2,}(\/[^*?#]*)?([?#].*)?$/i;

/** The same for `%c3` and `%C3`, for `%61` and `a` (RFC 3986, section 6.2.2). */
const unescaped = (path: string): string =>
  path.replace(/%(?!2f|23|3f)../gi, (code) => String.fromCharCode(parseInt(code.slice(1), 16)));

/** What two addresses share that only differ in a default port, punycode, dots, escapes, a slash at the end of the path or the hash. */
const loose = (address: string): string | undefined =>
  parseUrl(address.replace(/#.*/, ''))
    ?.href.replace(/^[^?]*/, unescaped)
    .replace(/^([^?]*)\/(?=\?|$)/, '$1');

function fit(entry: string, address: string): Fit {
  const [, listed, rest = ''] = PARTS.exec(entry) ?? [];
  const [, sent = '', tail = ''] = PARTS.exec(address) ?? [];
  if (!listed) return NEVER;
  // Scheme and host ignore case, the path does not.
  // Source: Auth0, "Redirect Users with Alternative Logout".
  const host = sent.toLowerCase();
  let origin = listed.toLowerCase();
  let open = /^[^?#]*{/.test(entry);
  if (open || /^[^?#]*\*/.test(entry)) {
    if (!open && !WILDCARD.test(entry)) return NEVER;
    const [pattern, port] = origin.split(/(?=:\d+$)/) as [string, string?];
    const found = RegExp(
      `^${pattern.replace(/{.*?}|\W/g, (part) =>
        part === '*' ? '([^.]*)' : part[1] ? '(.+)' : `\\${part}`,
      )}(:\\d+)?$`,
    ).exec(host);
    if (!found) return NO;
    if (/^[^?#]*{/.test(rest)) return UNDOCUMENTED;
    // A port, nothing at all or punycode beside or in place of the star.
    open ||= !!(port || found[2] || /^(xn--.*)?$/.test(found[1] ?? ''));
    origin = host;
  }
  if (origin + rest === host + tail) return open ? UNDOCUMENTED : FITS;
  return loose(origin + rest) === loose(host + tail) ? UNDOCUMENTED : NO;
}

/**
 * Finds the entry of Auth0's Allowed Logout URLs that fits an address best, the first of equals,
 * and says how well. The address is one that `parseReturnTo` answered.
 */
export function matchAllowed(
  address: string,
  allowed: readonly string[],
  endpoint: 'v2' | 'oidc',
): readonly [fit: Fit, entry: string] {
  // /v2/logout looks at neither query nor hash.
  const compared = (text: string): string =>
    endpoint === 'oidc' ? text : text.replace(/[?#].*/, '');
  let best: readonly [Fit, string] = [NO, ''];
  let count = 0;
  // `String` joins a list with commas, and takes a text pasted from the Dashboard as it is.
  for (const part of String(allowed).split(',')) {
    const entry = part.trim();
    if (!entry) continue;
    const found = fit(compared(entry), compared(address));
    // Auth0 takes no more than 100.
    const level = ++count > 100 && found === FITS ? UNDOCUMENTED : found;
    if (level > best[0]) best = [level, entry];
  }
  return best;
}
