import { type Env, noop, openLine, randomId } from '../env.js';
import { bounded } from '../failures.js';
import type { UnsavedWork } from '../outcomes.js';
import { note, tabsWithGuards } from './tabs-with-guards.js';
import { type Answer, FAILED, parseAnswer, problems, SAVING } from './pieces.js';

/** Which guard of which tab a piece comes from: its label, and the title of its tab, may change. */
const origins = new WeakMap<UnsavedWork, string>();

/** Says whether two words about unsaved work are about the same piece. */
export const isSamePiece = (one: UnsavedWork, other: UnsavedWork): boolean =>
  (origins.has(one) && origins.get(one) === origins.get(other)) ||
  (one.label === other.label && one.page === other.page);

/** How one question gets to all tabs. */
export interface Question {
  /** Says it to the other tabs; their answers come on a line that is called `name` and this id. */
  readonly post: (id: string) => void;
  /** Answers for this tab. */
  readonly serve: (answer: (...answer: Answer) => void) => void;
}

/**
 * Makes the questions of one tab to all tabs of the application.
 *
 * @param whyOf says why the last save of a guard of this tab failed
 */
export function openRounds(
  env: Env,
  name: string,
  me: string,
  whyOf: (guard: number) => string | undefined,
) {
  const { locks } = env.navigator;
  /** What each tab said when it was last asked. */
  let known = new Map<string, Answer>();

  /** Asks every tab, this one too, and waits for the last word of each that has guards. */
  return async (
    { post, serve }: Question,
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
          const thisTab = tab === me;
          const why = thisTab && problem === FAILED && whyOf(guard);
          const said = problem === SAVING ? late : problems[problem];
          const error = why ? `${said}: ${why}` : said;
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
    post(id);
    serve((...answer) => take(me, answer));
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
}
