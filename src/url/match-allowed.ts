import { parseUrl } from './parse-url.js';

/**
 * How well an entry fits: 0 not at all, 1 never can (no scheme), 2 never can (wildcard out of
 * place); where Auth0 documents nothing: 3 but for its spelling, 4 with something open in place of
 * a `*` or a placeholder, 5 after the 100th entry; 6 by a documented rule.
 */
export type Fit = 0 | 1 | 2 | 3 | 4 | 5 | 6;

// 1: scheme and authority, 2: path, 3: query and hash. Not through `URL`: browsers disagree on a
// `*` in a host, and the spelling counts.
const PARTS = /^([a-z][a-z\d+.-]*:(?:\/\/[^/?#]*)?)([^?#]*)(.*)$/i;

// One `*`, in the leftmost of at least three labels, http(s) only. Source: Auth0, "Subdomain URL
// Placeholders".
const WILDCARD = /^https?:\/\/[^*.]*\*[^*.]*(\.[^*.]+){2,}$/i;

/** What two addresses share that only differ in a default port, punycode, dots, escapes, a slash at the end of the path or the hash. */
const loose = (address: string): string | undefined =>
  parseUrl(address.replace(/#.*/, ''))?.href.replace(/^([^?]*)\/(?=\?|$)/, '$1');

function fit(entry: string, address: string, oidc: boolean): Fit {
  const parts = PARTS.exec(entry);
  if (!parts) return 1;
  let [, origin = '', path = '', rest = ''] = parts;
  let [, host = '', place = '', tail = ''] = PARTS.exec(address) ?? [];
  // Scheme and host ignore case, the path does not; /v2/logout looks at neither query nor hash.
  // Source: Auth0, "Redirect Users with Alternative Logout".
  origin = origin.toLowerCase();
  host = host.toLowerCase();
  if (!oidc) rest = tail = '';

  let open = /{/.test(origin + path);
  if (open || /\*/.test(origin + path)) {
    if (!open && (!WILDCARD.test(origin) || /\*/.test(path))) return 2;
    const [pattern, port] = origin.split(/(?=:\d+$)/) as [string, string?];
    const found = RegExp(
      `^${pattern.replace(/{.*?}|\W/g, (part) =>
        part === '*' ? '([^.]*)' : part[1] ? '(.+)' : `\\${part}`,
      )}(:\\d+)?$`,
    ).exec(host);
    if (!found) return 0;
    // A port, nothing at all or punycode beside or in place of the star.
    open ||= !!(port || found[2] || /^(xn--.*)?$/.test(found[1] ?? ''));
    origin = host;
    if (/{/.test(path)) path = place;
  }
  const listed = origin + path + rest;
  const wanted = host + place + tail;
  if (listed === wanted) return open ? 4 : 6;
  return loose(listed) === loose(wanted) ? 3 : 0;
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
  let best: readonly [Fit, string] = [0, ''];
  let count = 0;
  // `String` joins a list with commas, and takes a text pasted from the Dashboard as it is.
  for (const part of String(allowed).split(',')) {
    const entry = part.trim();
    if (!entry) continue;
    const found = fit(entry, address, endpoint === 'oidc');
    const level = ++count > 100 && found > 5 ? 5 : found;
    if (level > best[0]) best = [level, entry];
  }
  return best;
}
