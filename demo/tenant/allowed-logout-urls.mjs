/**
 * Allowed Logout URLs as Auth0 documents them, on the server's side and in the server's own words:
 * it compares text, and shares nothing with the package that it tests. What Auth0 leaves
 * undocumented (a trailing slash, default ports, a port beside a wildcard, non-ASCII hosts) is
 * refused here, so that nothing passes that a real tenant might refuse.
 *
 * @see https://auth0.com/docs/authenticate/login/logout/redirect-users-after-logout
 */

/**
 * @typedef {'v2' | 'oidc'} Endpoint
 * @typedef {{ scheme: string, authority: string, path: string, query: string | undefined, fragment: string | undefined }} Parts
 */

const MAX_ENTRIES = 100;

// RFC 3986, appendix B, with a scheme that is not optional.
const PARTS = /^([A-Za-z][A-Za-z0-9+.-]*):(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/;

/**
 * Reads a list as it stands in the Dashboard (comma-separated) or as an array.
 *
 * @param {string | readonly string[]} list
 * @returns {readonly string[]}
 * @throws when there are too many entries, or one of them could not be saved in the Dashboard
 */
export function parseAllowedLogoutUrls(list) {
  const entries = (typeof list === 'string' ? list.split(',') : list)
    .map((entry) => entry.trim())
    .filter(Boolean);
  if (entries.length > MAX_ENTRIES) {
    throw new Error(`Allowed Logout URLs: ${entries.length} entries, at most ${MAX_ENTRIES}.`);
  }
  for (const entry of entries) {
    const fault = faultOf(entry);
    if (fault) throw new Error(`Allowed Logout URLs: ${entry} ${fault}.`);
  }
  return entries;
}

/**
 * @param {string} entry
 * @returns {string | null} what is wrong with it
 */
function faultOf(entry) {
  const parts = partsOf(entry);
  if (!parts) return 'is no URL with a scheme';
  const stars = entry.split('*').length - 1;
  if (stars === 0) return null;
  if (stars > 1) return 'has more than one wildcard';
  if (parts.scheme !== 'http' && parts.scheme !== 'https') {
    return 'has a wildcard without http or https';
  }
  const [first, ...rest] = parts.authority.split('.');
  if (!first.includes('*')) return 'has a wildcard outside the leftmost label of its host';
  if (rest.length < 2) return 'has a wildcard right below a top-level domain';
  return null;
}

/**
 * Says whether a URL is allowed.
 *
 * @param {string} url
 * @param {readonly string[]} entries
 * @param {Endpoint} endpoint `v2` ignores query and hash, `oidc` compares the query
 */
export function isAllowedLogoutUrl(url, entries, endpoint) {
  if (hasForbiddenCharacters(url)) return false;
  const asked = partsOf(url);
  if (!asked) return false;
  return entries.some((entry) => {
    const allowed = partsOf(entry);
    return allowed !== null && matches(asked, allowed, endpoint);
  });
}

/** @param {Parts} asked @param {Parts} allowed @param {Endpoint} endpoint */
function matches(asked, allowed, endpoint) {
  if (asked.scheme !== allowed.scheme || asked.path !== allowed.path) return false;
  if (!authorityMatches(asked.authority, allowed.authority)) return false;
  if (endpoint === 'v2') return true;
  return asked.query === allowed.query && asked.fragment === allowed.fragment;
}

/** @param {string} asked @param {string} allowed */
function authorityMatches(asked, allowed) {
  // No user:password@, no non-ASCII host: nobody documents how those compare.
  if (!/^[a-z0-9._:[\]-]*$/.test(asked)) return false;
  if (!allowed.includes('*')) return asked === allowed;
  if (asked.includes(':')) return false;
  const [prefix, suffix] = allowed.split('*');
  if (!asked.startsWith(prefix) || !asked.endsWith(suffix)) return false;
  const standIn = asked.slice(prefix.length, asked.length - suffix.length);
  // Exactly one level, and never nothing: `https://.example.com` is no host.
  return prefix.length + suffix.length < asked.length && /^[a-z0-9-]+$/.test(standIn);
}

/** @param {string} url @returns {Parts | null} */
function partsOf(url) {
  const found = PARTS.exec(url);
  if (!found) return null;
  const [, scheme, authority = '', path, query, fragment] = found;
  return {
    scheme: scheme.toLowerCase(),
    authority: authority.toLowerCase(),
    path,
    query,
    fragment,
  };
}

/** Whitespace, control characters and backslashes, which browsers read in their own ways. */
const hasForbiddenCharacters = (/** @type {string} */ url) => /[\s\\\p{Cc}]/u.test(url);
