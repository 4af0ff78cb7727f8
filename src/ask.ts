import { federatedBrandOf } from './providers/brand-of.js';
import type { LogoutReason, UnsavedWork } from './outcomes.js';
import type { SavingView } from './ui/show-saving.js';
import { decideUnsavedWork } from './unsaved-work/decide.js';
import { openUnsavedWork, type UnsavedWorkDesk } from './unsaved-work/unsaved-work.js';
import type { Workplace } from './workplace.js';

/**
 * Opens this tab's desk for unsaved work. In one file with the question: whoever guards something can
 * be asked, also offline.
 *
 * @param me what this tab is called among those that have guards
 */
export const openDesk = (place: Workplace, me: string): UnsavedWorkDesk =>
  openUnsavedWork(
    place.env,
    place.name,
    me,
    place.watch.post,
    () => place.busy,
    place.watch.current,
  );

/** What is known about the logout that asks. */
export interface Asking {
  readonly reason: LogoutReason;
  readonly federated?: boolean | undefined;
  /** Who is logged in: names the identity provider that a federated logout goes on to. */
  readonly sub?: string | undefined;
  /** Takes the question back; the answer is then to stay. */
  readonly signal: AbortSignal;
}

const loadDialogs = async () =>
  Promise.all([import('./ui/ask-unsaved-work.js'), import('./ui/show-saving.js')]);

/**
 * Asks about unsaved work in all tabs: the application in its way, or else the built-in dialog, or
 * else, where that cannot be shown, `window.confirm`.
 */
export async function askAboutUnsavedWork(
  { config, env, ms, warn }: Workplace,
  desk: UnsavedWorkDesk,
  { reason, federated, sub, signal }: Asking,
): ReturnType<typeof decideUnsavedWork> {
  const { confirmUnsavedWork } = config;
  const identityProvider = federated && federatedBrandOf(sub);
  let view: SavingView | undefined;

  const showDialog = async (work: readonly UnsavedWork[]): Promise<string> => {
    view?.done();
    const [{ askUnsavedWork }, { showSaving }] = await loadDialogs();
    const answer = await askUnsavedWork(work, {
      ...(identityProvider && { identityProvider }),
      signal,
    });
    if (answer === 'save') view = showSaving(work);
    return answer;
  };
  const askBrowser = (work: readonly UnsavedWork[]): string => {
    const names = work.map(({ label, page }) => `- ${label} (${page})`).join('\n');
    return env.confirm?.(`Log out without saving?\n${names}`) ? 'discard' : 'cancel';
  };
  const withdrawn = new Promise<void>((resolve) =>
    signal.addEventListener('abort', () => resolve()),
  );
  // The application's way knows nothing of the signal.
  const ways = [confirmUnsavedWork, showDialog, askBrowser].flatMap((way) =>
    way
      ? (work: readonly UnsavedWork[]) =>
          signal.aborted ? 'cancel' : Promise.race([way(work), withdrawn])
      : [],
  );

  // What is being saved goes on, but nobody waits for it any more.
  const save: UnsavedWorkDesk['save'] = async (...how) =>
    (await Promise.race([desk.save(...how), withdrawn])) ?? [];

  try {
    return await decideUnsavedWork(
      { ...desk, save },
      {
        reason,
        ms,
        ways,
        onProgress: (unsaved) => view?.update(unsaved),
        onFailure: () =>
          warn('The question about unsaved work could not be asked; asking otherwise.'),
      },
    );
  } finally {
    view?.done();
  }
}
