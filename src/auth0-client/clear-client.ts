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
 * @param isEndangered says whether an entry of localStorage is another client's and would be wiped
 */
export async function clearClient(
  env: Env,
  ms: number,
  client: Auth0ClientLike,
  isEndangered: (key: string, value: string) => boolean,
): Promise<void> {
  const read = (): Array<[key: string, value: string]> => {
    try {
      return Object.entries<string>(env.localStorage).filter((entry) => isEndangered(...entry));
    } catch {
      return [];
    }
  };
  const clear = async (): Promise<void> => {
    const saved = read();
    try {
      await bounded(env, ms, settle(client.logout({ openUrl: false })));
    } finally {
      for (const [key, value] of saved) {
        if (env.localStorage.getItem(key) === null) env.localStorage.setItem(key, value);
      }
    }
  };
  const { locks } = env.navigator;
  await (locks && read().length ? locks.request('auth0-logout::clear', clear) : clear());
}
