import { type FieldEdit, isUnsaved } from './field-edit.js';
import { labelOf } from './label-of.js';
import { listen } from './listen.js';
import { readField } from './read-field.js';
import { real } from '../env.js';

/** A form that may have to be saved. */
export interface EditGuard {
  readonly label: () => string;
  readonly isDirty: () => boolean;
}

/** How soon after its data was read a page is left by `form.submit()`, in milliseconds. */
const SENT_MS = 100;

/**
 * Guards one form, or one editable region, until it is submitted or reset.
 *
 * @param fields all of its fields that have been touched
 * @param isLeaving says whether somebody asks whether this page may be left
 * @param onEnd hears that it is not guarded any more
 * @returns guards it no more; its edits are kept
 */
export function guardOwner(
  owner: Element,
  fields: ReadonlyMap<Element, FieldEdit>,
  view: Window,
  guard: (guard: EditGuard) => () => void,
  isLeaving: () => boolean,
  onEnd: () => void,
): () => void {
  const end = (): void => {
    // What a field holds now is its original, also if its `change` is still to come.
    fields.forEach((field, element) => {
      field.original = readField(element);
      field.edited = false;
    });
    release();
  };
  let read = -Infinity;
  // On the form itself: no such event leaves a shadow root.
  const stops = [
    listen(owner, ['submit'], ({ target }) => target === owner && end()),
    // Whoever prevents a reset may hear of it later, and the fields change only afterwards.
    listen(owner, ['reset'], (event) => {
      view.setTimeout(() => event.target === owner && !event.defaultPrevented && end());
    }),
    // All that `form.submit()` is heard of by; a page may also read its data and stay.
    listen(owner, ['formdata'], () => (read = performance.now())),
    guard({
      label: () => labelOf(owner),
      isDirty: () =>
        real(owner, 'isConnected') &&
        !(isLeaving() && performance.now() - read < SENT_MS) &&
        [...fields].some(([element, field]) => isUnsaved(owner, element, field)),
    }),
  ];
  const release = (): void => {
    onEnd();
    stops.forEach((stop) => stop());
  };
  return release;
}
