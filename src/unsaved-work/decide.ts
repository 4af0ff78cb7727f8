import type { UnsavedWork, UnsavedWorkDesk } from './unsaved-work.js';

/** What a person wants to become of their unsaved work. */
export type UnsavedWorkAnswer = 'save' | 'discard' | 'cancel';

export interface UnsavedWorkQuestion {
  /** Why the logout happens. Only `user` asks anybody. */
  readonly reason: 'user' | 'idle' | 'expired' | 'forced';
  /** The longest that asking the tabs, or saving in them, may take, in milliseconds. */
  readonly ms: number;
  /**
   * Ways to ask the person: the first that does not fail counts. What is neither `save` nor
   * `discard`, or no way at all, is `cancel`.
   */
  readonly ways: readonly ((work: readonly UnsavedWork[]) => unknown)[];
  /** A way to ask has failed. */
  readonly onFailure?: () => void;
  /** Gets what is still unsaved while saving goes on. */
  readonly onProgress?: (unsaved: readonly UnsavedWork[]) => void;
}

/** A `confirm` that answers without a person must not save for ever what cannot be saved. */
const MOST_SAVES = 10;

/**
 * Finds out whether a logout may go on, before anything is destroyed. From its beginning this
 * tab shows no `beforeunload` prompt of ours, and while there is a question, or work is being saved,
 * no other tab does; if the answer is no, all do again.
 *
 * @returns `unsaved`: what the logout loses, or what it was called off for
 */
export async function decideUnsavedWork(
  desk: Pick<UnsavedWorkDesk, 'ask' | 'save' | 'quiet'>,
  { reason, ms, ways, onFailure, onProgress }: UnsavedWorkQuestion,
): Promise<{ go: boolean; unsaved: UnsavedWork[] }> {
  let go = false;
  desk.quiet(true, 'here');
  try {
    if (reason !== 'user') {
      desk.quiet(true);
      const unsaved = await desk.save(ms, onProgress);
      go = true;
      return { go, unsaved };
    }
    let unsaved = await desk.ask(ms);
    // Where nothing is unsaved, nobody has a prompt to show, and 40 tabs need not be told.
    if (unsaved.length) desk.quiet(true);
    for (let saves = 0; unsaved.length; saves++) {
      const answer = await ask(unsaved, ways, onFailure);
      go = answer === 'discard';
      if (answer !== 'save' || saves === MOST_SAVES) return { go, unsaved };
      unsaved = await desk.save(ms, onProgress);
    }
    go = true;
    return { go, unsaved };
  } finally {
    if (!go) desk.quiet(false);
  }
}

/** Asks in the first of the ways that works. */
async function ask(
  work: readonly UnsavedWork[],
  ways: UnsavedWorkQuestion['ways'],
  onFailure: UnsavedWorkQuestion['onFailure'],
): Promise<unknown> {
  for (const way of ways) {
    try {
      return await way(work);
    } catch {
      // The next way asks; after the last one nothing happens, and nothing is lost.
      onFailure?.();
    }
  }
  return 'cancel';
}
