import { type Env, noop, on, pause } from '../env.js';
import { bounded } from '../failures.js';
import { type Marker, WRITTEN_MS } from './logged-out-marker.js';
import { isCallback, type LogoutWatch } from './watch-logouts.js';

// Browsers write localStorage to disk late: one that is killed comes back with what lay there seconds,
// or minutes, before. A database is on disk at once, and its name can say all that has to be known.

/** When localStorage is on disk, too, in milliseconds (Chromium writes at most 60 times an hour). */
const SETTLED_MS = 600_000;

const prefixOf = (name: string): string => `${name}::`;

/** Writes down that a logout has begun, where a browser that is killed finds it again. */
export function writeAhead(env: Env, name: string, marker: Partial<Marker>): void {
  try {
    const { indexedDB, localStorage } = env;
    // What could not be listed could not be found, nor removed.
    if (!indexedDB!.databases) return;
    // Is lost with the marker, and no other logout writes over it.
    localStorage.setItem(prefixOf(name) + marker.id!, '');
    const opening = indexedDB!.open(prefixOf(name) + JSON.stringify(marker));
    opening.onsuccess = () => opening.result.close();
  } catch {
    // The marker is left.
  }
}

/** What the name of a database says of a logout, if it is one of these. */
function readName(database: string, prefix: string): Marker | undefined {
  const text = database.slice(prefix.length);
  try {
    return database.startsWith(`${prefix}{`) ? (JSON.parse(text) as Marker) : undefined;
  } catch {
    return undefined;
  }
}

/** Says whether this page was loaded for a login that has just come back: it stands for itself. */
function isBackFromLogin(): boolean {
  const [way] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  return way?.type === 'navigate' && isCallback(way.name);
}

/** Says whether what was written at this time may not be on disk yet. */
const isRecent = (at = 0): boolean => Math.abs(Date.now() - at) < SETTLED_MS;

const remove = ({ indexedDB }: Env, database: string): Promise<unknown> =>
  new Promise((resolve) => (indexedDB!.deleteDatabase(database).onsuccess = resolve));

/** Loads the page anew, or, without a network, from which it would not come back, once there is one. */
async function beginAnew(
  env: Env,
  watch: LogoutWatch,
  clear: () => Promise<unknown>,
): Promise<void> {
  const { location, navigator } = env;
  const reload = (): void => location.reload();
  watch.cover();
  if (navigator.onLine || navigator.serviceWorker?.controller) return reload();
  watch.stops.push(on(env, 'online', reload));
  await clear();
}

/**
 * Finds a logout that localStorage has lost: the page is loaded anew, and begins as any other does
 * that finds one which was cut short. What localStorage still knows goes when it is on disk there, or
 * when somebody has logged in.
 *
 * @param ms how long its own record may take to go, in milliseconds
 * @param databases the names of those that there were when the page was loaded
 * @param clear clears what a page that cannot be loaded anew has
 */
export async function recover(
  env: Env,
  name: string,
  ms: number,
  watch: LogoutWatch,
  databases: Promise<readonly string[] | undefined | void>,
  clear: () => Promise<unknown>,
): Promise<void> {
  const { indexedDB, localStorage } = env;
  if (!indexedDB?.databases) return;
  const prefix = prefixOf(name);
  // Lies there for good. Without it the storage is not an earlier one, but has been wiped.
  const witness = `${prefix}journal`;
  const isWiped = !localStorage.getItem(witness);
  const names = await databases;
  if (!names) return;
  for (const database of names) {
    const lost = readName(database, prefix);
    if (!lost) continue;
    const told = prefix + lost.id;
    const isUnheardOf = (): boolean =>
      !isWiped &&
      watch.marker.read().id !== lost.id &&
      localStorage.getItem(told) === null &&
      !!localStorage.getItem(witness);
    // A tab that has just logged out may be faster with its database than with its word, and one that
    // has just been loaded, too, may have removed both.
    let isThere = true;
    if (isUnheardOf()) {
      await pause(env, WRITTEN_MS);
      isThere = (await indexedDB.databases()).some((one) => one.name === database);
    }
    const isLost = isThere && isUnheardOf() && !isBackFromLogin();
    const { id, login } = watch.marker.read();
    if (id === lost.id && login !== 'done' && isRecent(lost.at) && !isWiped) continue;
    // Nobody goes in this window to an address that somebody else was to open.
    const found = lost.elsewhere ? { ...lost, auth0: 'kept' } : lost;
    if (isLost) localStorage.setItem(name, JSON.stringify(found));
    // Before the page is loaded anew: one that puts old entries back must not do so for ever.
    const isGone = await bounded(env, ms, remove(env, database)).then(() => true, noop);
    if (isLost) return beginAnew(env, watch, clear);
    // What is still there is still to be known.
    if (!isGone) return;
    localStorage.removeItem(told);
  }
  if (isWiped) localStorage.setItem(witness, 'yes');
  // Nor does the word of one stay whose database somebody else has deleted.
  const { id, at } = watch.marker.read();
  if (!isRecent(at)) localStorage.removeItem(prefix + id);
}
