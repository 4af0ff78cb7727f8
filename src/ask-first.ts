import { on } from './env.js';
import { bounded } from './failures.js';
import { loadAsking } from './load-asking.js';
import type { LogoutOptions } from './logout-types.js';
import type { LostWork, UnsavedWork } from './outcomes.js';
import type { RunStep } from './record-steps.js';
import { tabsWithGuards } from './unsaved-work/tabs-with-guards.js';
import type { UnsavedWorkDesk } from './unsaved-work/unsaved-work.js';
import type { Workplace } from './workplace.js';

/** What became of unsaved work. */
export interface Asked {
  /** The logout goes on. */
  readonly go: boolean;
  /** What was not saved, as the receipt names it. */
  readonly lost: readonly LostWork[];
  readonly desk: UnsavedWorkDesk | undefined;
}

/** Asks every tab that guards unsaved work, and then the person; or lets it be saved. */
export async function askFirst(
  place: Workplace,
  { reason = 'user', signal }: LogoutOptions,
  about: { readonly federated: boolean; readonly sub: string | undefined },
  step: RunStep,
): Promise<Asked> {
  const { env, ms, name } = place;
  // One that asks nobody takes it back, at any time from the call on.
  const { question = new AbortController() } = place;
  const withdraw = (): void => question.abort();
  const deafen = on(signal, 'abort', withdraw);
  if (reason === 'user') place.withdraw = withdraw;
  const isOver = (): boolean => !!signal?.aborted || question.signal.aborted;
  let go = true;
  let unsaved: readonly UnsavedWork[] = [];
  let desk: UnsavedWorkDesk | undefined;

  // What a browser does not tell in time has to be asked of the tabs.
  const guarded =
    !isOver() &&
    (place.desk ||
      (await bounded(env, ms, place.guards?.tabs() ?? tabsWithGuards(env, name)).then(
        ([someone]) => someone,
        () => true,
      )));
  const asked = await step('ask', guarded, async () => {
    const files = Promise.all([loadAsking(), place.openDesk()]);
    const [{ askAboutUnsavedWork }, opened] = await bounded(env, ms, files);
    desk = opened;
    if (isOver()) return;
    const asking = { reason, ...about, signal: question.signal };
    ({ go, unsaved } = await askAboutUnsavedWork(place, desk, asking));
  });
  place.withdraw = undefined;
  deafen();
  // Nor is anybody asked by the browser once the question was taken back: its answer holds up all else.
  if (!asked && reason === 'user') go = !isOver() && !!env.confirm?.('Log out without saving?');
  const lost = unsaved.map(({ label, page, state }): LostWork =>
    state === 'unknown' ? { label, page, state } : { label, page },
  );
  // What is guarded here cannot be told without the file that could not be loaded.
  if (!asked && !desk && reason !== 'user') {
    lost.push({ label: 'Unsaved work', page: '', state: 'unknown' });
  }
  return { go: go && !isOver(), lost, desk };
}
