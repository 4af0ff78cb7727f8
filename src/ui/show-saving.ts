import { browserEnv, noop, real } from '../env.js';
import { openDialog } from './dialog.js';
import { element, icon, list, paragraph } from './elements.js';
import { withTexts } from './load-texts.js';
import type { UnsavedWork } from '../outcomes.js';
import type { Texts } from '../languages/texts.js';
import { isSavable, showPiece } from './unsaved-work.js';

type Named = Pick<UnsavedWork, 'label' | 'page'>;

/** The view of work that is being saved. */
export interface SavingView {
  /** Marks as saved whatever is not among this any more. */
  update(unsaved: readonly Named[]): void;
  /** Closes the view. */
  done(): void;
}

const nameOf = ({ label, page }: Named): string => `${label}\n${page}`;

/**
 * Shows that work is being saved, in the place of the question, until `done` is called. It has no
 * button and no Escape: whoever shows it keeps saving within a bound. Without a page it does nothing.
 *
 * @example
 * const view = showSaving(work);
 * try {
 *   await saveAll(view.update);
 * } finally {
 *   view.done();
 * }
 */
export function showSaving(
  work: readonly UnsavedWork[],
  { texts: own }: { readonly texts?: Partial<Texts> } = {},
): SavingView {
  const pieces = work.filter(isSavable);
  let unsaved: readonly Named[] = pieces;
  let show = noop;
  let close = show;
  let closed = false;
  const env = browserEnv();

  if (env) {
    withTexts(real(env.document, 'documentElement'), own, (texts) => {
      if (closed) return;
      const rows = pieces.map((piece) => {
        const state = paragraph('state');
        const shown = showPiece(piece, texts, state);
        // Or a screen reader says "Saved", and not what.
        shown.setAttribute('aria-atomic', 'true');
        return { piece, state, cells: [icon('busy'), shown] };
      });
      const rest = list(
        'title',
        rows.map(({ cells }) => cells),
      );
      rest.setAttribute('aria-live', 'polite');
      close = openDialog({
        texts,
        title: texts.saving,
        content: [element('p', { part: 'intro', id: 'description' }, texts.savingNote), rest],
      });
      show = () => {
        const left = unsaved.map(nameOf);
        for (const { piece, state, cells } of rows) {
          const place = left.indexOf(nameOf(piece));
          // Two pieces may have one name: each that is left stands for one of them.
          if (place >= 0) left.splice(place, 1);
          else if (!state.textContent) {
            state.textContent = texts.saved;
            (cells[0] as HTMLElement).replaceWith(icon('done'));
          }
        }
      };
      show();
    });
  }
  return {
    update(now) {
      unsaved = now;
      show();
    },
    done() {
      if (closed) return;
      closed = true;
      close();
    },
  };
}
