import type { Env } from './env.js';

const FAILURE = 'Failure';
const TIMED_OUT = 'timed out';

/**
 * A failure in our own words, safe to show. Everybody else's message may hold a token (a server's
 * answer, a URL), so of a foreign error only its name is ever repeated. Known by its name, not by a
 * class: the steps of a logout are loaded apart, and may come with a copy of this file.
 */
export const failure = (message: string): Error =>
  Object.assign(new Error(message), { name: FAILURE });

/** What a caught value says, without anything that could be a secret. */
export const describeError = (error: unknown): string =>
  !(error instanceof Error) ? 'Error' : error.name === FAILURE ? error.message : error.name;

/** Says whether a wait was given up, or that of one of several parts. */
export const isTimeout = (error: unknown): boolean => describeError(error).includes(TIMED_OUT);

/**
 * Waits for `work`, but no longer than `ms` milliseconds; then rejects with a time-out. The
 * timer is gone as soon as the work has settled. The work itself cannot be stopped and goes on.
 */
export function bounded<T>(env: Env, ms: number, work: T | PromiseLike<T>): Promise<T> {
  let timer: number;
  const giveUp = new Promise<never>((_, reject) => {
    timer = env.setTimeout(() => reject(failure(TIMED_OUT)), ms) as unknown as number;
  });
  return Promise.race([work, giveUp]).finally(() => env.clearTimeout(timer));
}

/** One of several things to do, with the name that a failure is reported under. */
export type Part = readonly [name: string, run: () => unknown];

/**
 * Starts every part at the same time, each bounded to `ms` milliseconds and none stopped by
 * another's failure, and then fails once, naming the parts that failed.
 */
export async function runAll(env: Env, ms: number, parts: readonly Part[]): Promise<void> {
  const failed: string[] = [];
  await Promise.all(
    parts.map(async ([name, run]) => {
      try {
        const work = run();
        // What is done already needs no timer.
        if (work) await bounded(env, ms, work);
      } catch (error) {
        failed.push(`${name}: ${describeError(error)}`);
      }
    }),
  );
  if (failed.length) throw failure(failed.join('; '));
}
