import type { Env } from '../env.js';
import { bounded, failure, type Part, runAll } from '../failures.js';
import { type ClearOptions, matchesName } from './clear-options.js';

const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/**
 * Deletes IndexedDB databases and caches of Cache Storage. A database that another connection holds
 * open is deleted as soon as that connection closes; the wait for it ends after `ms` milliseconds.
 *
 * @throws Failure naming what could not be deleted, or saying that `'all'` cannot be listed here or
 * that there is no Cache Storage (it needs a secure context)
 */
export async function clearDatabases(
  env: Env,
  ms: number,
  { indexedDB: databases, caches: cacheNames, keep }: ClearOptions,
): Promise<void> {
  const { indexedDB, caches } = env;
  const parts: Part[] = [];
  const kept = (name: string): boolean => matchesName(keep, name);
  if (databases) {
    if (databases === 'all' && !indexedDB?.databases) {
      throw failure('this browser cannot list its databases; name them instead of "all"');
    }
    const present =
      databases === 'all'
        ? (await indexedDB!.databases()).flatMap(({ name }) => name ?? [])
        : databases;
    for (const name of present) {
      if (!kept(name))
        parts.push([`indexedDB ${name}`, () => settled(indexedDB!.deleteDatabase(name))]);
    }
  }
  if (cacheNames) {
    if (!caches) throw failure('this page has no Cache Storage');
    for (const name of cacheNames === 'all' ? await caches.keys() : cacheNames) {
      if (!kept(name)) parts.push([`cache ${name}`, () => caches.delete(name)]);
    }
  }
  await runAll(env, ms, parts);
}

/** Deletes the entries of a database whose keys begin with `prefix`, within `ms` milliseconds. */
export const clearKeys = (env: Env, ms: number, name: string, prefix: string): Promise<void> =>
  bounded(env, ms, deleteKeys(env, name, prefix));

async function deleteKeys(env: Env, name: string, prefix: string): Promise<void> {
  const db = await settled(env.indexedDB!.open(name));
  try {
    for (const table of Array.from(db.objectStoreNames)) {
      const store = db.transaction(table, 'readwrite').objectStore(table);
      for (const key of await settled(store.getAllKeys())) {
        if (String(key).startsWith(prefix)) await settled(store.delete(key));
      }
    }
  } finally {
    db.close();
  }
}
