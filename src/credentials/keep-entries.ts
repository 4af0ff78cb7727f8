import type { Env } from '../env.js';

/**
 * Keeps entries of localStorage while something runs that may take them along: what is missing
 * afterwards is put back. Several tabs do this at once after a logout; a Web Lock keeps one from reading
 * what another has wiped and not yet put back. Without Web Locks that moment is unguarded.
 *
 * @param endangered names the entries; asked once more when it is this tab's turn
 */
export async function keepEntries(
  { localStorage, navigator: { locks } }: Env,
  endangered: () => readonly string[],
  run: () => Promise<unknown>,
): Promise<void> {
  const keep = async (): Promise<void> => {
    const saved = endangered().map((key) => [key, localStorage.getItem(key)!] as const);
    try {
      await run();
    } finally {
      for (const [key, value] of saved) {
        if (localStorage.getItem(key) === null) localStorage.setItem(key, value);
      }
    }
  };
  await (locks ? locks.request('auth0-logout::clear', keep) : keep());
}
