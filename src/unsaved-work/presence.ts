import { type Env, noop } from '../env.js';

/**
 * Holds a Web Lock until the returned function is called, or the page dies. `onHeld` runs once it is
 * held, and not at all when it was let go before that.
 */
export function holdLock(locks: LockManager, key: string, onHeld = noop): () => void {
  let release = noop;
  let wanted = true;
  const released = new Promise<void>((resolve) => (release = resolve));
  void locks
    .request(key, () => {
      if (wanted) onHeld();
      return released;
    })
    .catch(() => {
      // A page that is going away, or may not use locks: others do not wait for it, that is all.
    });
  return () => {
    wanted = false;
    release();
  };
}

/** Says to the other tabs that this one has guards, until the returned function is called. */
export function bePresent(env: Env, key: string): () => void {
  const { locks } = env.navigator;
  if (locks) return holdLock(locks, key);
  note(env, key);
  return () => note(env, key, false);
}

/** Leaves a word in localStorage, or takes it back, also for a tab that could not do it itself. */
export function note(env: Env, key: string, stays = true): void {
  try {
    if (stays) env.localStorage.setItem(key, '');
    else env.localStorage.removeItem(key);
  } catch {
    // Storage is blocked: this tab still answers whoever asks.
  }
}
