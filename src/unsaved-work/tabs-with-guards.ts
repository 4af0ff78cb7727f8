import type { Env } from '../env.js';

/** What a tab of an application that has guards is called: the application's name, this, and its own. */
export const WITH_GUARDS = '::work::';

/**
 * The tabs of the application that have guards, each by the name of the Web Lock that it holds, or
 * of its entry in localStorage where the page has no Web Locks. A frozen tab still holds its lock.
 *
 * @throws whatever the browser does not tell them with
 */
export async function listTabsWithGuards(env: Env, name: string): Promise<string[]> {
  const { locks } = env.navigator;
  const keys = locks
    ? (await locks.query()).held!.map((lock) => lock.name!)
    : Object.keys(env.localStorage);
  return keys.filter((key) => key.startsWith(name + WITH_GUARDS));
}

/** The same; none where that cannot be known. */
export const tabsWithGuards = (env: Env, name: string): Promise<string[]> =>
  listTabsWithGuards(env, name).catch(() => []);

/** Leaves a word in localStorage, or takes it back, also for a tab that could not do it itself. */
export function note(env: Env, key: string, stays = true): void {
  try {
    if (stays) env.localStorage.setItem(key, '');
    else env.localStorage.removeItem(key);
  } catch {
    // Storage is blocked, and so are locks: a tab still answers whoever asks.
  }
}
