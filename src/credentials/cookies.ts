import type { Env } from '../env.js';
import { failure } from '../failures.js';
import type { CookieName } from './clear-options.js';

/** The names of the cookies that a script can see on this page. */
export const visibleCookies = (env: Env): string[] =>
  env.document.cookie.split(/; */).map((pair) => pair.split('=')[0]!);

/**
 * Removes cookies by name, in every variant of domain and path that a script on this page can reach
 * (RFC 6265, section 5.3: a cookie is replaced only by one with the same name, domain and path),
 * partitioned ones too. A cookie given with `domain` or `path` is removed in that variant alone,
 * seen or not.
 *
 * @param unseen gets the names that were asked for but cannot be seen: such a cookie is not there,
 * or is HttpOnly, and then only the server can remove it
 * @throws Failure when a cookie can still be seen afterwards
 */
export function clearCookies(
  env: Env,
  cookies: ReadonlyArray<string | CookieName>,
  unseen: string[],
): void {
  const { hostname, pathname } = env.location;
  const seen = (name: string): boolean => visibleCookies(env).includes(name);
  const host = hostname.split('.').map((_, i, labels) => `;Domain=${labels.slice(i).join('.')}`);
  const paths = pathname.split('/').flatMap((_, i, names) => {
    const path = names.slice(0, i + 1).join('/');
    return [`${path}/`, path];
  });
  const left: string[] = [];
  for (const cookie of cookies) {
    const { name, domain, path }: CookieName =
      typeof cookie === 'string' ? { name: cookie } : cookie;
    const exact = domain ?? path;
    if (exact === undefined && !seen(name)) {
      unseen.push(name);
      continue;
    }
    for (const d of exact === undefined ? ['', ...host] : [domain ? `;Domain=${domain}` : '']) {
      for (const p of exact === undefined ? paths : [path ?? '/']) {
        for (const more of ['', ';Secure', ';Secure;Partitioned']) {
          if (exact !== undefined || seen(name)) {
            env.document.cookie = `${name}=;Max-Age=0;Path=${p}${d}${more}`;
          }
        }
      }
    }
    if (exact === undefined && seen(name)) left.push(name);
  }
  if (left.length) throw failure(`still there: ${left.join()}`);
}
