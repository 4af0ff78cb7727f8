import type { Env } from '../env.js';

/** What a tab of an application that has guards is called: the application's name, this, and its own. */
export const WITH_GUARDS = '::work::';

/**
 * The tabs of the application that have guards, each by the name of the Web Lock that it holds, or
 * of its entry in localStorage where the page has no Web Locks. A frozen tab still holds its lock.
 * None where that cannot be known.
 */
export async function tabsWithGuards(env: Env, name: string): Promise<string[]> {
  try {
    const { locks } = env.navigator;
    const keys = locks
      ? (await locks.query()).held!.map((lock) => lock.name!)
      : Object.keys(env.localStorage);
    return keys.filter((key) => key.startsWith(name + WITH_GUARDS));
  } catch {
    return [];
  }
}

/** Leaves a word in localStorage, or takes it back, also for a tab that could not do it itself. */
export function note(env: Env, key: string, stays = true): void {
  try {
    if (stays) env.localStorage.setItem(key, '');
    else env.localStorage.removeItem(key);
  } catch {
    // Storage is blocked, and so are locks: a tab still answers whoever asks.
  }
}
