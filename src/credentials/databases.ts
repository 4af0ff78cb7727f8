import { type Env, noop } from '../env.js';
import { failure, type Part, runAll } from '../failures.js';
import { type ClearOptions, matchesName } from './clear-options.js';

/** Where auth0-spa-js keeps DPoP keys. */
const DPOP_DATABASE = 'auth0-spa-js';

const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

const databaseNames = async ({ indexedDB }: Env): Promise<string[] | undefined> =>
  (await indexedDB?.databases?.())?.flatMap(({ name }) => name ?? []);

/** Deletes what goes by the given names, all at once, each within `ms` milliseconds. */
const deleteNamed = (
  env: Env,
  ms: number,
  names: readonly string[],
  keep: ClearOptions['keep'],
  remove: (name: string) => unknown,
): Promise<void> =>
  runAll(
    env,
    ms,
    names
      .filter((name) => !matchesName(keep, name))
      .map((name): Part => [name, () => remove(name)]),
  );

/**
 * Deletes IndexedDB databases. One that another connection holds open is deleted as soon as that
 * connection closes; the wait for it ends after `ms` milliseconds.
 *
 * @throws Failure naming what could not be deleted, or saying that `'all'` cannot be listed here
 */
export async function clearDatabases(
  env: Env,
  ms: number,
  { indexedDB = [], keep }: ClearOptions,
): Promise<void> {
  if (!env.indexedDB) return;
  const names = indexedDB === 'all' ? await databaseNames(env) : indexedDB;
  if (!names) throw failure('this browser cannot list them; name them instead of "all"');
  await deleteNamed(env, ms, names, keep, (name) => settled(env.indexedDB!.deleteDatabase(name)));
}

/**
 * Deletes caches of Cache Storage. There are none without a secure context.
 *
 * @throws Failure naming what could not be deleted
 */
export async function clearCaches(
  env: Env,
  ms: number,
  { caches = [], keep }: ClearOptions,
): Promise<void> {
  const names = caches === 'all' ? ((await env.caches?.keys()) ?? []) : caches;
  await deleteNamed(env, ms, names, keep, (name) => env.caches?.delete(name));
}

/** Which databases there were when a page was loaded. */
const atLoad = new WeakMap<Env, Promise<string[] | undefined | void>>();

/** Looks which databases there are, ahead of need: the browser takes milliseconds to open IndexedDB. */
export function lookAhead(env: Env): Promise<string[] | undefined | void> {
  const names = databaseNames(env).catch(noop);
  atLoad.set(env, names);
  return names;
}

/**
 * Deletes the DPoP keys that auth0-spa-js keeps for a client (`dpop/storage.ts`), if there are any. A
 * client that does not use DPoP has made none since the page was loaded.
 */
export async function clearDpopKeys(env: Env, clientId: string, client: unknown): Promise<void> {
  const { options } = Object(client) as { options?: { useDpop?: boolean } };
  const known = options && !options.useDpop && (await atLoad.get(env));
  if (!(known || (await databaseNames(env)))?.includes(DPOP_DATABASE)) return;
  const db = await settled(env.indexedDB!.open(DPOP_DATABASE));
  const prefix = `${clientId}::`;
  try {
    for (const table of Array.from(db.objectStoreNames)) {
      const store = db.transaction(table, 'readwrite').objectStore(table);
      await settled(store.delete(IDBKeyRange.bound(prefix, `${prefix}\uffff`)));
    }
  } finally {
    db.close();
    // Deleted just before: an empty one in its place would fail auth0-spa-js's next login with DPoP.
    if (!db.objectStoreNames[0]) env.indexedDB!.deleteDatabase(DPOP_DATABASE);
  }
}
