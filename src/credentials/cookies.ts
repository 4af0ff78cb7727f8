import { type Env, real } from '../env.js';
import { failure } from '../failures.js';
import { type ClearOptions, type CookieName, matchesName } from './clear-options.js';
import { isTransaction, SSO_DATA } from './sdk-keys.js';

/** Says whether the SDKs set a cookie of this name for this client. */
function isSdkCookie(cookie: string, clientId: string, withLogin: unknown): boolean {
  // Each is set a second time, by another name, for old browsers.
  const name = cookie.replace(/^_(legacy_)?|_compat$/g, '');
  return (
    [
      'auth0.is.authenticated',
      `auth0.${clientId}.is.authenticated`,
      `auth0.${clientId}.organization_hint`,
      SSO_DATA,
    ].includes(name) ||
    (!!withLogin && isTransaction(name, clientId))
  );
}

/**
 * Removes cookies by name, in every variant of domain and path that a script on this page can reach
 * (RFC 6265, section 5.3: a cookie is replaced only by one with the same name, domain and path),
 * partitioned ones too. A cookie given with `domain` or `path` is removed in that variant alone,
 * seen or not.
 *
 * What the SDKs set for the client `id` goes too, `withLogin` also what a login under way needs.
 *
 * @param unseen gets the names that were asked for but cannot be seen: such a cookie is not there,
 * or is HttpOnly, and then only the server can remove it
 * @throws Failure when a cookie can still be seen afterwards
 */
export function clearCookies(
  { document, location }: Env,
  { cookies = [], keep }: ClearOptions,
  id: string,
  withLogin: unknown,
  unseen: string[],
): void {
  const visible = (): string[] =>
    real(document, 'cookie')
      .split(/; */)
      .map((pair) => pair.split('=')[0]!);
  const remove = (name: string, domain: string, path: string): void => {
    for (const more of ['', ';Secure', ';Secure;Partitioned']) {
      const cookie = `${name}=;Max-Age=0;Path=${path}${domain && `;Domain=${domain}`}${more}`;
      // Not by assignment: what is called so in the page cannot be set.
      Reflect.set(Object.getPrototypeOf(document) as object, 'cookie', cookie, document);
    }
  };
  const hosts = location.hostname.split('.').map((_, i, labels) => labels.slice(i).join('.'));
  const paths = location.pathname.split('/').flatMap((_, i, names) => {
    const path = names.slice(0, i + 1).join('/');
    return [`${path}/`, path];
  });
  const seen = visible();
  const own = seen.filter((name) => isSdkCookie(name, id, withLogin));
  const left: string[] = [];
  for (const cookie of [...own, ...cookies]) {
    const { name, domain, path }: CookieName =
      typeof cookie === 'string' ? { name: cookie } : cookie;
    if (matchesName(keep, name)) continue;
    // What is of another path cannot be seen from here in any case.
    if (!seen.includes(name) && paths.includes(path || '/')) unseen.push(name);
    if (domain || path) {
      // Whoever calls it from plain JavaScript may hand in `null`.
      remove(name, domain || '', path || '/');
      continue;
    }
    const isThere = (): boolean => visible().includes(name);
    for (const p of paths) for (const d of ['', ...hosts]) if (isThere()) remove(name, d, p);
    if (isThere()) left.push(name);
  }
  if (left.length) throw failure(`still there: ${left.join()}`);
}
