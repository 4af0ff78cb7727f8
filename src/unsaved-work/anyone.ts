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

/**
 * The entry of localStorage that says that some tab has or had guards. An application that never has
 * any is spared the question to the browser, which takes it milliseconds.
 */
export const hintOf = (name: string): string => `${name}::work`;

/** Says whether any tab, this one included, has a guard: whether there is anything to ask at all. */
export const someoneHasGuards = async (env: Env, name: string): Promise<boolean> => {
  try {
    return (
      env.localStorage.getItem(hintOf(name)) !== null && !!(await tabsWithGuards(env, name))[0]
    );
  } catch {
    // Where storage is blocked, so are locks.
    return false;
  }
};
