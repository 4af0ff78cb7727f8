import { type Env, noop, sayOnce } from '../env.js';
import { note, WITH_GUARDS } from './tabs-with-guards.js';

/**
 * Holds a Web Lock until the returned function is called, or the page dies. `onHeld` runs once it is
 * held, or cannot be.
 */
export function holdLock(locks: LockManager, key: string, onHeld: () => void): () => void {
  let release = noop;
  const released = new Promise<void>((resolve) => (release = resolve));
  void locks
    .request(key, () => {
      onHeld();
      return released;
    })
    // A page that is going away, or may not use locks: others do not wait for it, that is all.
    .catch(onHeld);
  return release;
}

/**
 * Says to the other tabs of the application that this one has guards, until the returned function is
 * called: by a lock or an entry, and by a word to those that know of nobody.
 */
export function bePresent(env: Env, name: string, me: string): () => void {
  const { locks } = env.navigator;
  const say = (): void => sayOnce(env, name + WITH_GUARDS);
  // Again once the lock is held. A prerendered page gets it when it is shown, and what it has said
  // before that nobody has heard.
  const leave = locks ? holdLock(locks, me, say) : () => note(env, me, false);
  if (!locks) note(env, me);
  say();
  return leave;
}
