import { LogoutError } from '../errors.js';
import { parseDomain } from './parse-url.js';

// Says what may stand there instead of listing what may not: user information, paths, queries,
// escapes, whitespace and backslashes have no place in it, whatever a URL parser makes of them.
const TENANT = /^(https?:\/\/)?([a-z\d-]+(\.[a-z\d-]+)*|\[::1\])(:\d+)?\/?$/i;

// What goes over http never leaves this machine.
const SAFE = /^https:|^http:\/\/((.+\.)?localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/;

/**
 * Turns a `domain` into the tenant's origin: `tenant.eu.auth0.com` becomes
 * `https://tenant.eu.auth0.com`.
 *
 * @param domain A tenant host or custom domain, bare or with `https://`, with an optional port and
 *   trailing slash. `http://` only on loopback (`localhost`, `*.localhost`, `127.0.0.0/8`,
 *   `[::1]`), for a local tenant. Letters outside ASCII have to be given as punycode.
 * @throws LogoutError `invalid_domain` for everything else.
 */
export function tenantOrigin(domain: string): string {
  const origin = typeof domain === 'string' && TENANT.test(domain) && parseDomain(domain)?.origin;
  if (origin && SAFE.test(origin)) return origin;
  throw new LogoutError(
    'invalid_domain',
    'domain must be like tenant.eu.auth0.com, http:// on localhost only.',
  );
}
