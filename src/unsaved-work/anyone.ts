import type { Env } from '../env.js';

const query = async (env: Env, name: string): Promise<string[]> => {
  const { locks } = env.navigator;
  const keys = locks
    ? (await locks.query()).held!.map((lock) => lock.name!)
    : Object.keys(env.localStorage);
  return keys.filter((key) => key.startsWith(`${name}::work::`));
};

/**
 * The tabs of the application that have guards, each by the name of the Web Lock that it holds, or
 * of its entry in localStorage where the page has no Web Locks. A frozen tab still holds its lock.
 */
export const tabsWithGuards = (env: Env, name: string): Promise<string[]> =>
  query(env, name).catch(() => []);

/** The entry of localStorage that says that no tab has guards. */
const nobody = (name: string): string => `${name}::nobody`;

/** Leaves a word in localStorage, or takes it back, also for a tab that could not do it itself. */
export function note(env: Env, key: string, stays = true): void {
  try {
    if (stays) env.localStorage.setItem(key, '');
    else env.localStorage.removeItem(key);
  } catch {
    // Storage is blocked, and so are locks: a tab still answers whoever asks.
  }
}

/**
 * Takes back what {@link lookForGuards} has noted; there is always room for that. Noted first: a
 * browser that has yet to tell this page of another's entry would have nothing to remove.
 */
export function beSomebody(env: Env, name: string): void {
  note(env, nobody(name));
  note(env, nobody(name), false);
}

const isNobody = (env: Env, name: string): boolean => {
  try {
    return env.localStorage.getItem(nobody(name)) !== null;
  } catch {
    return false;
  }
};

/**
 * Notes ahead of need when no tab has guards. A logout of an application without any is so spared
 * the question to the browser, which takes milliseconds to answer.
 */
export async function lookForGuards(env: Env, name: string): Promise<void> {
  try {
    if (!env.navigator.locks || isNobody(env, name) || (await query(env, name))[0]) return;
    note(env, nobody(name));
    // Whoever has become somebody meanwhile may have said so before this was noted.
    if (!(await query(env, name))[0]) return;
  } catch {
    // What cannot be known is not noted.
  }
  beSomebody(env, name);
}

/** Says whether any tab, this one included, has a guard: whether there is anything to ask at all. */
export const someoneHasGuards = async (env: Env, name: string): Promise<boolean> =>
  !isNobody(env, name) && !!(await tabsWithGuards(env, name))[0];
