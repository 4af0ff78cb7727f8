import { type Env, pause, real } from '../env.js';
import {
  type Answer,
  cut,
  FAILED,
  OK,
  type Piece,
  SAVING,
  STILL_DIRTY,
  UNCHECKED,
} from './pieces.js';

/** Something in a page that a logout could lose. */
export interface UnsavedWorkGuard {
  /** What the person calls it: "Invoice 17". Asked for at the time if it is a function. */
  readonly label: string | (() => string);
  /** Says whether there is anything to lose now. Called often; one that throws counts as dirty. */
  readonly isDirty: () => boolean;
  /** Saves it; may be asynchronous. Default: it cannot be saved from here. */
  readonly save?: () => unknown;
}

/** One guard, as often as it has been handed in. */
interface Entry {
  readonly guard: UnsavedWorkGuard;
  /** Tells it from the others of this tab. */
  readonly number: number;
  /** The save that is under way, and what will be wrong after it. */
  saving?: Promise<number | null> | undefined;
  /** Why the last one failed, in the application's own words. They stay in this tab. */
  why?: string;
}

/** What an error of the application's says, but for what could be a token or an address with one. */
function wordsOf(error: unknown): string {
  try {
    return cut((error as Error | undefined)?.message ?? error ?? '').replace(
      /eyJ\S*|\S{20,}/g,
      '…',
    );
  } catch {
    // It has none.
    return '';
  }
}

/** A framework's state follows a save only with its next rendering. */
const SETTLE_MS = 50;

/** Keeps the guards of this tab, and speaks for them. */
export function keepGuards(env: Env) {
  const guards = new Set<Entry>();
  let lastNumber = 0;

  /** What is wrong with a dirty guard, or `null` for a clean one. */
  const problemOf = (guard: UnsavedWorkGuard): number | null => {
    try {
      return guard.isDirty() ? OK : null;
    } catch {
      return UNCHECKED;
    }
  };
  const toPiece = ({ guard, number }: Entry, problem: number): Piece => {
    try {
      const text = typeof guard.label === 'function' ? guard.label() : guard.label;
      return [cut(text), !!guard.save, problem, number];
    } catch {
      return ['Unsaved work', !!guard.save, UNCHECKED, number];
    }
  };

  return {
    size: (): number => guards.size,
    /** Says whether this tab has anything to lose. */
    isDirty: (): boolean => [...guards].some(({ guard }) => problemOf(guard) !== null),
    /** @returns takes it away, and says whether it was there */
    add(guard: UnsavedWorkGuard): () => boolean {
      const entry: Entry = { guard, number: ++lastNumber };
      guards.add(entry);
      return () => guards.delete(entry);
    },
    clear: (): void => guards.clear(),
    /** Why the last save of the guard with this number failed. */
    whyOf: (number: number): string | undefined =>
      [...guards].find((entry) => entry.number === number)?.why,
    /** Answers a question: at once, and again after every save that has come to an end. */
    serve(saves: boolean, answer: (...answer: Answer) => void): void {
      const pieces = new Map<object, Piece>();
      let pending = 0;
      const tell = (): void =>
        answer(cut(real(env.document, 'title')), [...pieces.values()], !pending);
      for (const entry of guards) {
        const { guard } = entry;
        /** A guard that went away with the save, as a closed editor's does, guards nothing. */
        const look = (): number | null => (guards.has(entry) ? problemOf(guard) : null);
        const set = (problem: number | null): unknown =>
          problem === null ? pieces.delete(entry) : pieces.set(entry, toPiece(entry, problem));
        const save = async (): Promise<number | null> => {
          await guard.save!();
          if (look() !== null) await pause(env, SETTLE_MS);
          return look() === OK ? STILL_DIRTY : look();
        };
        const problem = look();
        set(problem);
        if (problem === null || !saves || !guard.save) continue;
        set(SAVING);
        pending++;
        // One that outlasts its bound is joined by the next: begun again, it could create a thing twice.
        entry.saving ??= save()
          .catch((error: unknown) => {
            entry.why = wordsOf(error);
            return FAILED;
          })
          .finally(() => (entry.saving = undefined));
        void entry.saving.then((problem) => {
          set(problem);
          pending--;
          tell();
        });
      }
      tell();
    },
  };
}
