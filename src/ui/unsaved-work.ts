import type { UnsavedWork } from '../outcomes.js';
import { element, quote, type Content, paragraph } from './elements.js';
import { fillText } from './fill-text.js';
import type { Texts } from '../languages/texts.js';

export const isSavable = ({ canSave, state }: UnsavedWork): boolean => canSave && state === 'dirty';

/** What a person has to know about a piece, apart from what and where it is. */
export function warningAbout(piece: UnsavedWork, texts: Texts): HTMLElement | false {
  const text =
    piece.state === 'unknown'
      ? texts.unknown
      : !piece.canSave
        ? texts.cannotSave
        : piece.error && fillText(texts, texts.saveFailed, { error: piece.error });
  return !!text && paragraph('warning', text);
}

/** One piece as an entry of a list: what it is, where it is, and what to know about it. */
export const showPiece = (
  { label, page, thisTab, state }: Pick<UnsavedWork, 'label' | 'page'> & Partial<UnsavedWork>,
  texts: Texts,
  ...more: readonly Content[]
): HTMLElement =>
  element(
    'div',
    {},
    // Of a tab that does not answer there is nothing to say but that.
    state !== 'unknown' && quote('label', label || page),
    ' ',
    !!label && label !== page && quote('page', page),
    ' ',
    thisTab && element('span', { part: 'badge' }, texts.thisTab),
    ...more,
  );
