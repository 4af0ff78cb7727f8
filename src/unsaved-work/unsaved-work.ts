import { type Env, noop, on, sayOnce } from '../env.js';
import type { UnsavedWork } from '../outcomes.js';
import { openRounds, type Question } from './ask-tabs.js';
import { keepGuards, type UnsavedWorkGuard } from './guards.js';
import { keepHush } from './hush.js';
import { bePresent } from './presence.js';

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

const ASK = 'work-ask';
const SAVE = 'work-save';
const QUIET = 'work-quiet';

/** Without Web Locks a tab that crashed is still in the list, so it is not waited for as long. */
const NO_LOCKS_MS = 500;

/**
 * Opens this tab's desk for unsaved work.
 *
 * A tab answers in the task in which the question arrives, without a timer, so that a throttled tab
 * in the background is as fast as any. The only clock is the asking tab's.
 *
 * @param name what the application's locks and entries in web storage are called
 * @param me what this tab is called among those that have guards
 * @param post says something to the other tabs, never what was typed
 * @param isLeaving says whether this tab is past the point of no return, or on its way out
 * @param isLoggedOut says whether nobody has logged in since the last logout, in any tab
 */
export function openUnsavedWork(
  env: Env,
  name: string,
  me: string,
  post: (kind: string, id: string, ...rest: unknown[]) => void,
  isLeaving: () => unknown,
  isLoggedOut: () => unknown,
): UnsavedWorkDesk {
  const { locks } = env.navigator;
  const guards = keepGuards(env);
  const hush = keepHush(env, name, me, (wanted) => post(QUIET, me, wanted));
  const round = openRounds(env, name, me, guards.whyOf);
  let isAbandoned: () => unknown = noop;
  let leave: (() => void) | undefined;
  let stops: (() => void)[] = [];

  const question = (kind: typeof ASK | typeof SAVE): Question => ({
    post: (id) => post(kind, id),
    serve: (answer) => guards.serve(kind === SAVE, answer),
  });
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
      const remove = guards.add(guard);
      if (guards.size() === 1) {
        stops = [
          on(env, 'beforeunload', (event) => {
            if (isLeaving() || isAbandoned() || hush.isWanted() || !guards.isDirty()) return;
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
        if (remove() && !guards.size()) unwatch();
      };
    },
    receive([kind, id, wanted]) {
      if (typeof id !== 'string') return;
      if (kind === ASK || kind === SAVE) {
        // Without locks, a tab that was too slow has been taken off the list.
        if (leave && !locks) leave = bePresent(env, name, me);
        guards.serve(kind === SAVE, (...answer) => sayOnce(env, name + id, [me, ...answer]));
      } else if (kind === QUIET) hush.hear(id, wanted);
    },
    ask: (ms) => round(question(ASK), locks ? ms : Math.min(ms, NO_LOCKS_MS)),
    save: (ms, onProgress) => round(question(SAVE), ms, onProgress),
    quiet: hush.say,
    abandon(isOld) {
      isAbandoned = isOld ? () => true : isLoggedOut;
    },
    stop() {
      guards.clear();
      unwatch();
      hush.stop();
    },
  };
}
