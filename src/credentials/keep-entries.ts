import type { Env } from '../env.js';
import { isEndangeredKey } from './sdk-keys.js';
import { keysOf } from './web-storage.js';

/**
 * Keeps entries while the client logs out, which would take them along: those of other clients, our
 * id being a part of their key, and what is to be kept. What is missing afterwards is put back.
 * Several tabs do this at once after a logout; a Web Lock keeps one from reading what another has
 * wiped and not yet put back. Without Web Locks that moment is unguarded.
 *
 * @param remainder what is to be left of an entry; `undefined`: all of it
 */
export async function keepEntries(
  env: Env,
  clientId: string,
  remainder: (key: string, storage: Storage) => string | null | undefined,
  run: () => Promise<unknown>,
): Promise<void> {
  const endangered = (): string[] => {
    try {
      const { localStorage } = env;
      return keysOf(localStorage).filter(
        (key) => isEndangeredKey(key, clientId) && remainder(key, localStorage) === undefined,
      );
    } catch {
      // Storage that is blocked holds nothing.
      return [];
    }
  };
  const keep = async (): Promise<void> => {
    const saved = endangered().map((key) => [key, env.localStorage.getItem(key)!] as const);
    try {
      await run();
    } finally {
      for (const [key, value] of saved) {
        if (env.localStorage.getItem(key) === null) env.localStorage.setItem(key, value);
      }
    }
  };
  const { locks } = env.navigator;
  if (!endangered()[0]) await run();
  else await (locks ? locks.request('auth0-logout::clear', keep) : keep());
}
