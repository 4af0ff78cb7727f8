import type { Env } from '../env.js';
import { runAll } from '../failures.js';
import type { ClearOptions } from './clear-options.js';
import { clearCookies } from './cookies.js';
import { clearCaches, clearDatabases, clearDpopKeys } from './databases.js';

// The places beside web storage, and what is rarely needed in it. They are loaded apart from what a
// page starts with, and ahead of need: there may be no network any more when a logout begins.
export { lookAhead } from './databases.js';
export { keepEntries } from './keep-entries.js';

/**
 * Clears what lies neither in web storage nor in memory, within `bound` milliseconds. The parts of a
 * part have their own bound; theirs must run out first to be named.
 *
 * @throws Failure naming the places that could not be cleared
 */
export const clearElsewhere = (
  env: Env,
  bound: number,
  clear: ClearOptions,
  id: string,
  withLogin: unknown,
  client: unknown,
  unseen: string[] = [],
): Promise<void> => {
  const ms = bound * 0.9;
  return runAll(env, bound * 0.95, [
    ['cookies', () => clearCookies(env, clear, id, withLogin, unseen)],
    ['indexedDB', () => clearDatabases(env, ms, clear)],
    ['caches', () => clearCaches(env, ms, clear)],
    // Also with a client: one that does not use DPoP any more leaves the keys where they are.
    ['DPoP keys', () => clearDpopKeys(env, id, client)],
  ]);
};
