import type { Env } from '../env.js';
import { bounded } from '../failures.js';
import { type Auth0ClientLike, settle } from './auth0-client.js';

/**
 * Lets the client drop everything it holds: memory, worker, cache, cookies, DPoP keys.
 *
 * auth0-spa-js finds its entries by substring, so that logging out `cid` also wipes `cid2`. What it
 * takes from other clients is put back. Several tabs do this at once after a logout; a Web Lock keeps
 * one from reading what another has wiped and not yet put back. Without Web Locks that moment is
 * unguarded.
 *
 * @param endangered the entries of localStorage that are another client's and would be wiped
 */
export async function clearClient(
  env: Env,
  ms: number,
  client: Auth0ClientLike,
  endangered: () => readonly string[],
): Promise<unknown> {
  const logOut = (): Promise<unknown> =>
    bounded(env, ms, settle(client.logout({ openUrl: false })));
  const keepOthers = async (): Promise<void> => {
    const saved = endangered().map((key) => [key, env.localStorage.getItem(key)!] as const);
    try {
      await logOut();
    } finally {
      for (const [key, value] of saved) {
        if (env.localStorage.getItem(key) === null) env.localStorage.setItem(key, value);
      }
    }
  };
  const { locks } = env.navigator;
  let others;
  try {
    others = endangered()[0];
  } catch {
    // Storage that is blocked holds nothing.
  }
  if (!others) return logOut();
  return locks ? locks.request('auth0-logout::clear', keepOthers) : keepOthers();
}
