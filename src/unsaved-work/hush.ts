import { type Env, noop, on } from '../env.js';
import { bounded } from '../failures.js';
import { holdLock } from './presence.js';

/** A lock that only this tab wants is granted at once, or the browser is in trouble. */
const HOLD_MS = 500;

/** Keeps which tabs want no `beforeunload` prompt of ours. */
export function keepHush(env: Env, name: string, me: string, post: (wanted: boolean) => void) {
  const lockOf = (tab: string): string => `${name}::asking::${tab}`;
  const { locks } = env.navigator;
  const hushed = new Set<string>();
  /** The others have been told that this tab wants none. */
  let told = false;
  let endAsking: (() => void) | undefined;
  return {
    isWanted: (): boolean => hushed.size > 0,
    /** Another tab wants no prompts: for as long as that tab lives. */
    hear(id: string, wanted: unknown): void {
      const ends: (() => void)[] = [() => hushed.delete(id)];
      const end = (): void => ends.forEach((stop) => stop());
      if (wanted !== true) return end();
      hushed.add(id);
      if (locks) void locks.request(lockOf(id), { mode: 'shared' }, end).catch(end);
      else ends.push(on(env, 'pointerdown', end), on(env, 'keydown', end));
    },
    async say(wanted: boolean, scope?: 'here'): Promise<void> {
      if (wanted) hushed.add(me);
      else hushed.delete(me);
      if (scope || told === wanted) return;
      told = wanted;
      endAsking = void endAsking?.();
      if (wanted && locks) {
        // Held before anybody hears of it, or a fast tab would find that nobody asks.
        const held = new Promise<void>((resolve) => {
          endAsking = holdLock(locks, lockOf(me), resolve);
        });
        await bounded(env, HOLD_MS, held).catch(noop);
      }
      post(told);
    },
    stop: (): void => endAsking?.(),
  };
}
