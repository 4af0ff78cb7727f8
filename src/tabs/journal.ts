import { type Env, noop, pause } from '../env.js';
import { bounded } from '../failures.js';
import { type Marker, WRITTEN_MS } from './logged-out-marker.js';
import type { LogoutWatch } from './watch-logouts.js';

// Browsers write localStorage to disk late: one that is killed comes back with what lay there seconds,
// or minutes, before. A database is on disk at once, and its name can say all that has to be known.

/** When localStorage is on disk, too, in milliseconds (Chromium writes at most 60 times an hour). */
const SETTLED_MS = 600_000;

const prefixOf = (name: string): string => `${name}::`;

/** Writes down that a logout has begun, where a browser that is killed finds it again. */
export function writeAhead(env: Env, name: string, marker: Partial<Marker>): void {
  try {
    const { indexedDB } = env;
    // What could not be listed could not be found, nor removed.
    if (!indexedDB!.databases) return;
    const opening = indexedDB!.open(prefixOf(name) + JSON.stringify(marker));
    opening.onsuccess = () => opening.result.close();
  } catch {
    // The marker is left.
  }
}

const remove = ({ indexedDB }: Env, entry: string): Promise<unknown> =>
  new Promise((resolve) => (indexedDB!.deleteDatabase(entry).onsuccess = resolve));

/**
 * Finds a logout that localStorage has lost: the page is loaded anew, and begins as any other does
 * that finds one which was cut short. What localStorage still knows goes when it is on disk there, or
 * when somebody logs in.
 *
 * @param ms how long its own record may take to go, in milliseconds
 * @param databases the names of those that there were when the page was loaded
 */
export async function recover(
  env: Env,
  name: string,
  ms: number,
  watch: LogoutWatch,
  databases: Promise<readonly string[] | undefined | void>,
): Promise<void> {
  const { indexedDB, localStorage } = env;
  if (!indexedDB?.databases) return;
  const prefix = prefixOf(name);
  // Lies there for good. Without it the storage is not an earlier one, but has been wiped.
  const witness = `${prefix}journal`;
  const isWiped = !localStorage.getItem(witness);
  if (isWiped) localStorage.setItem(witness, 'yes');
  for (const entry of (await databases) ?? []) {
    const text = entry.slice(prefix.length);
    // Else it is another's, also one's whose client id begins with this one's.
    if (!entry.startsWith(prefix) || text[0] !== '{') continue;
    const lost = JSON.parse(text) as Marker;
    const isUnheardOf = (): boolean => {
      const { id, at } = watch.marker.read();
      return !isWiped && id !== lost.id && !(at! > lost.at);
    };
    // A tab that has just logged out may be faster with its database than with its word.
    if (isUnheardOf()) await pause(env, WRITTEN_MS);
    const isLost = isUnheardOf();
    const { id, login, away } = watch.marker.read();
    const isRecent = Math.abs(Date.now() - lost.at) < SETTLED_MS;
    if (id === lost.id && !login && !away && isRecent) continue;
    if (isLost) watch.cover();
    // Before the page is loaded anew: one that puts old entries back must not do so for ever.
    await bounded(env, ms, remove(env, entry)).catch(noop);
    if (!isLost) continue;
    localStorage.setItem(name, text);
    // Without a network it may not come back.
    if (env.navigator.onLine) env.location.reload();
    else watch.current();
  }
}
