import { type Env, noop, on, openLine, randomId, real, sayOnce } from '../env.js';
import { bounded } from '../failures.js';
import { note, tabsWithGuards } from './anyone.js';
import {
  type Answer,
  cut,
  FAILED,
  OK,
  parseAnswer,
  type Piece,
  problems,
  SAVING,
  STILL_DIRTY,
  UNCHECKED,
} from './pieces.js';
import { bePresent, holdLock } from './presence.js';

/** Something in a page that a logout could lose. */
export interface UnsavedWorkGuard {
  /** What the person calls it: "Invoice 17". Asked for at the time if it is a function. */
  readonly label: string | (() => string);
  /** Says whether there is anything to lose now. Called often; one that throws counts as dirty. */
  readonly isDirty: () => boolean;
  /** Saves it; may be asynchronous. Default: it cannot be saved from here. */
  readonly save?: () => unknown;
}

/** One piece of unsaved work in one tab of the application. */
export interface UnsavedWork {
  readonly label: string;
  /** The title of the tab; empty if the tab did not answer. */
  readonly page: string;
  readonly thisTab: boolean;
  readonly canSave: boolean;
  /** `unknown`: the tab has guards, but did not answer in time. */
  readonly state: 'dirty' | 'unknown';
  /** Why an earlier `save` failed, or why nothing more is known. */
  readonly error?: string;
}

/** Where the tabs of one application tell each other about unsaved work. */
export interface UnsavedWorkDesk {
  /** Guards a piece of work, and warns before the tab is closed while it is dirty. @returns the undo */
  guard(guard: UnsavedWorkGuard): () => void;
  /** Takes a message of another tab whose kind begins with `work-`. What is malformed is ignored. */
  receive(message: readonly unknown[]): void;
  /**
   * Asks every tab what is unsaved. Waits at most `ms` milliseconds, and only for tabs that have
   * guards; those that do not answer are `unknown`. Never rejects.
   */
  ask(ms: number): Promise<UnsavedWork[]>;
  /**
   * Runs every guard's `save` in its own tab, or joins the run that is still under way, and waits
   * for them at most `ms` milliseconds.
   * `onProgress` gets what is not known to be saved, whenever that may have changed. Never rejects.
   *
   * @returns what is still unsaved, and why
   */
  save(ms: number, onProgress?: (unsaved: UnsavedWork[]) => void): Promise<UnsavedWork[]>;
  /**
   * Says whether this tab wants no `beforeunload` prompt of ours: in any tab, or only `here`. Others
   * obey as long as this tab lives, or, without Web Locks, until the next key or click.
   *
   * @returns once the others have been told. What is said after that, they hear later. Never rejects.
   */
  quiet(on: boolean, scope?: 'here'): Promise<void>;
  /**
   * Another tab has logged this one out: whatever becomes of a question, it wants no prompt until
   * somebody logs in, in any tab; or ever, if the page is old and about to be loaded anew.
   */
  abandon(isOld: boolean): void;
  /** Takes every listener, lock and guard away. */
  stop(): void;
}

/** One guard, as often as it has been handed in. */
interface Entry {
  readonly guard: UnsavedWorkGuard;
  /** Tells it from the others of this tab. */
  readonly number: number;
  /** The save that is under way, and what will be wrong after it. */
  saving?: Promise<number | null> | undefined;
}

/** Which guard of which tab a piece comes from: its label, and the title of its tab, may change. */
const origins = new WeakMap<UnsavedWork, string>();

/** Says whether two words about unsaved work are about the same piece. */
export const isSamePiece = (one: UnsavedWork, other: UnsavedWork): boolean =>
  (origins.has(one) && origins.get(one) === origins.get(other)) ||
  (one.label === other.label && one.page === other.page);

const ASK = 'work-ask';
const SAVE = 'work-save';
const QUIET = 'work-quiet';

/** Without Web Locks a tab that crashed is still in the list, so it is not waited for as long. */
const NO_LOCKS_MS = 500;
/** A lock that only this tab wants is granted at once, or the browser is in trouble. */
const HOLD_MS = 500;
/** A framework's state follows a save only with its next rendering. */
const SETTLE_MS = 50;

/**
 * Opens this tab's desk for unsaved work.
 *
 * A tab answers in the task in which the question arrives, without a timer, so that a throttled tab
 * in the background is as fast as any. The only clock is the asking tab's.
 *
 * @param name what the application's locks and entries in web storage are called
 * @param post says something to the other tabs, never what was typed
 * @param isLeaving says whether this tab is past the point of no return, or on its way out
 * @param isLoggedOut says whether nobody has logged in since the last logout, in any tab
 */
export function openUnsavedWork(
  env: Env,
  name: string,
  post: (kind: string, id: string, ...rest: unknown[]) => void,
  isLeaving: () => unknown,
  isLoggedOut: () => unknown,
): UnsavedWorkDesk {
  const me = `${name}::work::${randomId()}`;
  const askingKey = (tab: string): string => `${name}::asking::${tab}`;
  const { locks } = env.navigator;
  const guards = new Set<Entry>();
  let lastNumber = 0;
  /** The tabs that want no prompt. */
  const hushed = new Set<string>();
  let isAbandoned: () => unknown = noop;
  /** The others have been told that this tab wants none. */
  let told = false;
  /** What each tab said when it was last asked. */
  let known = new Map<string, Answer>();
  let leave: (() => void) | undefined;
  let endAsking: (() => void) | undefined;
  let stops: (() => void)[] = [];

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

  /** Answers a question in this tab: at once, and again after every save that has come to an end. */
  const serve = (kind: unknown, answer: (...answer: Answer) => void): void => {
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
        if (look() !== null) {
          await new Promise((resolve) => env.setTimeout(resolve as () => void, SETTLE_MS));
        }
        return look() === OK ? STILL_DIRTY : look();
      };
      const problem = look();
      set(problem);
      if (problem === null || kind !== SAVE || !guard.save) continue;
      set(SAVING);
      pending++;
      // One that outlasts its bound is joined by the next: begun again, it could create a thing twice.
      entry.saving ??= save()
        .catch(() => FAILED)
        .finally(() => (entry.saving = undefined));
      void entry.saving.then((problem) => {
        set(problem);
        pending--;
        tell();
      });
    }
    tell();
  };

  /** Asks every tab, this one too, and waits for the last word of each that has guards. */
  const round = async (
    kind: string,
    ms: number,
    onProgress: (unsaved: UnsavedWork[]) => void = noop,
  ): Promise<UnsavedWork[]> => {
    const id = randomId();
    const answers = new Map<string, Answer>();
    let waiting = [me];
    let check = noop;
    const toWork = (said: ReadonlyMap<string, Answer>, late?: string): UnsavedWork[] =>
      [...said].flatMap(([tab, [page, pieces]]) =>
        pieces.map(([label, canSave, problem, guard]) => {
          const error = problem === SAVING ? late : problems[problem];
          const thisTab = tab === me;
          const state = 'dirty' as const;
          const piece = { label, page, thisTab, canSave, state, ...(error && { error }) };
          origins.set(piece, `${tab} ${guard}`);
          return piece;
        }),
      );
    const take = (tab: string, answer: Answer): void => {
      answers.set(tab, answer);
      try {
        onProgress(toWork(new Map([...known, ...answers])));
      } catch {
        // Whoever shows progress must not stop the work.
      }
      check();
    };
    const everyone = async (): Promise<void> => {
      waiting = [me, ...(await tabsWithGuards(env, name))];
      await new Promise<void>((resolve) => {
        check = () => waiting.every((tab) => answers.get(tab)?.[2]) && resolve();
        check();
      });
    };
    // On a line of its own: of 40 tabs, not each has to hear what 39 others have.
    const line = openLine(env, name + id);
    if (line) {
      line.onmessage = ({ data }: MessageEvent<unknown>) => {
        const [tab, ...answer] = Array.isArray(data) ? (data as unknown[]) : [];
        if (typeof tab === 'string' && tab !== me) take(tab, parseAnswer(answer));
      };
    }
    post(kind, id);
    serve(kind, (...answer) => take(me, answer));
    try {
      await bounded(env, ms, everyone());
      return toWork(answers);
    } catch {
      // Whoever has closed its tab meanwhile, or left the page, has nothing left to ask about.
      const alive = await bounded(env, ms, tabsWithGuards(env, name)).catch(noop);
      const gone = (tab: string): boolean => !!alive && tab !== me && !alive.includes(tab);
      [...answers.keys()].filter(gone).forEach((tab) => answers.delete(tab));
      const silent = waiting.filter((tab) => !answers.has(tab) && !gone(tab));
      if (!locks) silent.forEach((tab) => note(env, tab, false));
      return [
        ...toWork(answers, `not saved within ${ms} ms`),
        ...silent.map((): UnsavedWork => ({
          label: 'A tab that does not answer',
          page: '',
          thisTab: false,
          canSave: false,
          state: 'unknown',
          error: `no answer within ${ms} ms`,
        })),
      ];
    } finally {
      line?.close();
      known = answers;
    }
  };

  const enter = (): void => {
    leave ??= bePresent(env, name, me);
  };
  const exit = (): void => {
    leave = void leave?.();
  };
  const unwatch = (): void => {
    stops.forEach((end) => end());
    exit();
  };

  return {
    guard(guard) {
      const entry: Entry = { guard, number: ++lastNumber };
      guards.add(entry);
      if (guards.size === 1) {
        stops = [
          on(env, 'beforeunload', (event) => {
            if (isLeaving() || isAbandoned() || hushed.size) return;
            if ([...guards].every(({ guard }) => problemOf(guard) === null)) return;
            event.preventDefault();
            // Chromium before 119 and Safari prompt only for this.
            (event as BeforeUnloadEvent).returnValue = true;
          }),
          // A page that holds a lock cannot go into the bfcache.
          on(env, 'pagehide', exit),
          on(env, 'pageshow', enter),
        ];
        enter();
      }
      return () => {
        if (guards.delete(entry) && !guards.size) unwatch();
      };
    },
    receive([kind, id, ...rest]) {
      if (typeof id !== 'string') return;
      if (kind === ASK || kind === SAVE) {
        // Without locks, a tab that was too slow has been taken off the list.
        if (leave && !locks) leave = bePresent(env, name, me);
        serve(kind, (...answer) => sayOnce(env, name + id, [me, ...answer]));
      } else if (kind === QUIET) {
        // Another tab wants no prompts: for as long as that tab lives.
        const ends: (() => void)[] = [() => hushed.delete(id)];
        const end = (): void => ends.forEach((stop) => stop());
        if (rest[0] !== true) return end();
        hushed.add(id);
        if (locks) void locks.request(askingKey(id), { mode: 'shared' }, end).catch(end);
        else ends.push(on(env, 'pointerdown', end), on(env, 'keydown', end));
      }
    },
    ask: (ms) => round(ASK, locks ? ms : Math.min(ms, NO_LOCKS_MS)),
    save: (ms, onProgress) => round(SAVE, ms, onProgress),
    async quiet(wanted, scope) {
      if (wanted) hushed.add(me);
      else hushed.delete(me);
      if (scope || told === wanted) return;
      told = wanted;
      endAsking = void endAsking?.();
      if (wanted && locks) {
        // Held before anybody hears of it, or a fast tab would find that nobody asks.
        const held = new Promise<void>((resolve) => {
          endAsking = holdLock(locks, askingKey(me), resolve);
        });
        await bounded(env, HOLD_MS, held).catch(noop);
      }
      post(QUIET, me, told);
    },
    abandon(isOld) {
      isAbandoned = isOld ? () => true : isLoggedOut;
    },
    stop() {
      guards.clear();
      unwatch();
      endAsking?.();
    },
  };
}
