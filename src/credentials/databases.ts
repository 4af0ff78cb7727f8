import type { Env } from '../env.js';
import { bounded, failure, type Part, runAll } from '../failures.js';
import { type ClearOptions, matchesName } from './clear-options.js';

/** Where auth0-spa-js keeps DPoP keys. */
const DPOP_DATABASE = 'auth0-spa-js';

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
  const add = (kind: string, names: readonly string[], remove: (name: string) => unknown): void => {
    for (const name of names) {
      if (!matchesName(keep, name)) parts.push([`${kind} ${name}`, () => remove(name)]);
    }
  };
  if (databases) {
    const names = databases === 'all' ? await databaseNames(env) : databases;
    if (!names) {
      throw failure('this browser cannot list its databases; name them instead of "all"');
    }
    add('indexedDB', names, (name) => settled(indexedDB!.deleteDatabase(name)));
  }
  if (cacheNames) {
    if (!caches) throw failure('this page has no Cache Storage');
    add('cache', cacheNames === 'all' ? await caches.keys() : cacheNames, (name) =>
      caches.delete(name),
    );
  }
  await runAll(env, ms, parts);
}

const databaseNames = async ({ indexedDB }: Env): Promise<string[] | undefined> =>
  (await indexedDB?.databases?.())?.flatMap(({ name }) => name ?? []);

/** Deletes the DPoP keys that auth0-spa-js keeps for a client (`dpop/storage.ts`), if there are any. */
export async function clearDpopKeys(env: Env, ms: number, clientId: string): Promise<void> {
  if ((await databaseNames(env))?.includes(DPOP_DATABASE)) {
    await bounded(env, ms, deleteKeys(env, `${clientId}::`));
  }
}

async function deleteKeys(env: Env, prefix: string): Promise<void> {
  const db = await settled(env.indexedDB!.open(DPOP_DATABASE));
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
