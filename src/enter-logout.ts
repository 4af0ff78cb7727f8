import { runLogout } from './logout.js';
import type { LogoutOptions, LogoutResult } from './logout-types.js';
import { LONGEST_WAY, type Workplace } from './workplace.js';

/** Two calls at once are one logout. */
export function enterLogout(
  place: Workplace,
  options: LogoutOptions | undefined,
): Promise<LogoutResult> {
  const asks = (options?.reason ?? 'user') === 'user';
  let { running } = place;
  const run = (): Promise<LogoutResult> => {
    // One that was aborted while it waited for another does not ask either.
    place.question = asks ? ((running && place.question) ?? new AbortController()) : undefined;
    place.ended = undefined;
    return runLogout(place, options);
  };
  // A page on its way out has logged out: a second navigation would call the first one off.
  const { ended, busy } = place;
  if (ended !== undefined && (!busy || performance.now() - ended >= LONGEST_WAY))
    running = undefined;
  // One that asks nobody does not wait at a question, not even at one that is about to be asked.
  if (running && !asks) place.question?.abort();
  // What was wrong with another one is not what its caller has to fix.
  const mine = (place.running =
    running?.then((before) => (before.status === 'cancelled' && !asks ? run() : before), run) ??
    run());
  return (
    mine
      .finally(() => {
        // One click after another must not put off for ever that a page counts as one that stays.
        if (place.running === mine) place.ended ??= performance.now();
      })
      // One whose question is taken back by another is answered with what became of that.
      .then((result) =>
        result.status === 'cancelled' ? place.running!.catch(() => result) : result,
      )
  );
}
