import { failure } from '../failures.js';

/** The names of our own entries start with this; no clearing touches them. */
export const OWN_PREFIX = 'auth0-logout::';

/** Not `Object.keys`: it is slower, and misses entries that are named like a method (`key`, `clear`). */
export const keysOf = (storage: Storage): string[] =>
  Array.from({ length: storage.length }, (_, i) => storage.key(i)!);

/**
 * Clears credentials from a storage, entry by entry; one that fails does not save the next.
 *
 * @param remainder what is left of an entry: all (`undefined`), nothing (`null`) or the rest
 * @throws Failure with the number of entries that could not be cleared (never their names: a key can
 * hold a user's name)
 */
export function clearStorage(
  storage: Storage,
  remainder: (key: string, storage: Storage) => string | null | undefined,
): void {
  let failed = 0;
  for (const key of keysOf(storage)) {
    try {
      const left = key.startsWith(OWN_PREFIX) ? undefined : remainder(key, storage);
      if (left === null) storage.removeItem(key);
      else if (left !== undefined) storage.setItem(key, left);
    } catch {
      failed++;
    }
  }
  if (failed) throw failure(`${failed} entries left`);
}
