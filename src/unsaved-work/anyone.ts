import type { Env } from '../env.js';

/**
 * The tabs of the application that have guards, each by the name of the Web Lock that it holds, or
 * of its entry in localStorage where the page has no Web Locks. A frozen tab still holds its lock.
 */
export const tabsWithGuards = async (env: Env, name: string): Promise<string[]> => {
  try {
    const { locks } = env.navigator;
    const keys = locks
      ? (await locks.query()).held!.map((lock) => lock.name!)
      : Object.keys(env.localStorage);
    return keys.filter((key) => key.startsWith(`${name}::work::`));
  } catch {
    return [];
  }
};

/** Says whether any tab, this one included, has a guard: whether there is anything to ask at all. */
export const someoneHasGuards = async (env: Env, name: string): Promise<boolean> =>
  !!(await tabsWithGuards(env, name))[0];
