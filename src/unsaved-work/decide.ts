import type { LogoutReason, UnsavedWork } from '../outcomes.js';
import { isSamePiece } from './ask-tabs.js';
import type { UnsavedWorkDesk } from './unsaved-work.js';

/** What a person wants to become of their unsaved work. */
export type UnsavedWorkAnswer = 'save' | 'discard' | 'cancel';

export interface UnsavedWorkQuestion {
  /** Why the logout happens. Only `user` asks anybody. */
  readonly reason: LogoutReason;
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

/** A `confirm` that answers without a person must not be asked for ever. */
const MOST_ROUNDS = 10;
/** The person has waited for the tabs once; they are looked at again for no longer than this. */
const LAST_LOOK_MS = 500;

/** What is unsaved now; a piece that the person has been shown is the very one of that list. */
function asShown(shown: readonly UnsavedWork[], now: readonly UnsavedWork[]): UnsavedWork[] {
  const rest = [...shown];
  return now.map((piece) => {
    const at = rest.findIndex((other) => isSamePiece(other, piece));
    return rest.splice(at, at < 0 ? 0 : 1)[0] ?? piece;
  });
}

/**
 * Finds out whether a logout may go on, before anything is destroyed. From its beginning this
 * tab shows no `beforeunload` prompt of ours, and while there is a question, or work is being saved,
 * no other tab does; if the answer is no, all do again.
 *
 * A person who does not want to save is asked again only where that would lose what the question
 * has not named: tabs can be worked in while it is open.
 *
 * @returns `unsaved`: what was to be saved and is lost all the same, or what the logout was called
 * off for
 */
export async function decideUnsavedWork(
  desk: Pick<UnsavedWorkDesk, 'ask' | 'save' | 'quiet'>,
  { reason, ms, ways, onFailure, onProgress }: UnsavedWorkQuestion,
): Promise<{ go: boolean; unsaved: UnsavedWork[] }> {
  let go = false;
  void desk.quiet(true, 'here');
  try {
    if (reason !== 'user') {
      await desk.quiet(true);
      const unsaved = await desk.save(ms, onProgress);
      go = true;
      return { go, unsaved };
    }
    let unsaved = await desk.ask(ms);
    // Where nothing is unsaved, nobody has a prompt to show, and 40 tabs need not be told.
    if (unsaved.length) await desk.quiet(true);
    let saved = false;
    for (let rounds = 0; unsaved.length; rounds++) {
      const shown = unsaved;
      const answer = await ask([...shown], ways, onFailure);
      const isLast = rounds === MOST_ROUNDS;
      if (answer === 'save' && !isLast) {
        saved = true;
        unsaved = await desk.save(ms, (now) => onProgress?.(asShown(shown, now)));
      } else if (answer === 'discard') {
        unsaved = asShown(shown, await desk.ask(Math.min(ms, LAST_LOOK_MS)));
        go = isLast || unsaved.every((piece) => shown.includes(piece));
        if (go) return { go, unsaved: saved ? unsaved : [] };
      } else return { go, unsaved };
    }
    go = true;
    return { go, unsaved };
  } finally {
    if (!go) void desk.quiet(false);
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
