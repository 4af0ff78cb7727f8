import { browserEnv, real } from '../env.js';
import { LogoutError } from '../errors.js';
import { openDialog } from './dialog.js';
import { button, element, list } from './elements.js';
import { fillText } from './fill-text.js';
import { withTexts } from './load-texts.js';
import type { UnsavedWork } from '../outcomes.js';
import type { Texts } from '../languages/texts.js';
import { isSavable, showPiece, warningAbout } from './unsaved-work.js';

/** How the question is put. */
export interface AskUnsavedWorkOptions {
  /** Texts to use in place of the language's own. Default none. */
  readonly texts?: Partial<Texts>;
  /** The identity provider that this logout goes on to, such as Google. Default none. */
  readonly identityProvider?: string;
  /** Takes the question back; the answer is then `cancel`. */
  readonly signal?: AbortSignal;
}

/** As many pieces as a screen reader reads out by itself; more are there to be walked through. */
const READ_OUT = 5;

/**
 * Asks what to do about unsaved work before a logout: save it, lose it, or stay. Fit for
 * `confirmUnsavedWork`. Escape is `cancel`; with nothing to ask about, the answer is `discard`.
 * Rejects where a browser has no modal dialogs.
 *
 * @throws LogoutError (as a rejection) `not_a_browser`
 * @example
 * createLogout({
 *   ...config,
 *   confirmUnsavedWork: (work) => askUnsavedWork(work, { texts: { cancel: 'Stay here' } }),
 * });
 */
export async function askUnsavedWork(
  work: readonly UnsavedWork[],
  { texts: own, identityProvider, signal }: AskUnsavedWorkOptions = {},
): Promise<'save' | 'discard' | 'cancel'> {
  const env = browserEnv();
  if (!env) throw new LogoutError('not_a_browser', 'There is no page. Ask in a browser.');
  if (!work.length) return 'discard';
  const texts = await new Promise<Texts>((resolve) =>
    withTexts(real(env.document, 'documentElement'), own, resolve),
  );
  if (signal?.aborted) return 'cancel';

  return new Promise((resolve) => {
    const answer = (choice: 'save' | 'discard' | 'cancel') => (): void => {
      signal?.removeEventListener('abort', cancel);
      close();
      resolve(choice);
    };
    const cancel = answer('cancel');
    const savable = work.some(isSavable);
    const stake = list(
      'stake',
      work.map((piece) => [showPiece(piece, texts, warningAbout(piece, texts))]),
    );
    if (work.length <= READ_OUT) stake.id = 'description';
    const stay = button('cancel', texts.cancel, cancel);
    stay.autofocus = true;
    const close = openDialog({
      texts,
      title: savable ? texts.askSave : texts.askLose,
      content: [
        element('p', { part: 'intro', id: 'stake' }, texts.atStake),
        stake,
        identityProvider &&
          element(
            'p',
            { part: 'note', id: 'note' },
            fillText(texts, texts.alsoProvider, { provider: identityProvider }),
          ),
      ],
      actions: [
        savable && button('primary save', texts.save, answer('save')),
        button('discard', texts.discard, answer('discard')),
        stay,
      ],
      onDismiss: cancel,
    });
    signal?.addEventListener('abort', cancel);
  });
}
