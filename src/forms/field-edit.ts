import { isRegion } from './find-field.js';
import { readField, type State } from './read-field.js';
import { real } from '../env.js';

/** A field of a form: what it held, and whether a person has edited it since. */
export interface FieldEdit {
  original: State;
  edited: boolean;
  /** What there was to fill in when it was last edited. */
  beside?: readonly Element[];
}

/** What a person can fill in in a form now. */
export const fieldsOf = (owner: Element): HTMLInputElement[] =>
  ([...(real(owner as HTMLFormElement, 'elements') ?? [])] as HTMLInputElement[]).filter(
    ({ type }) => !/^(hidden|button|submit|reset|fieldset|output)$/.test(type),
  );

/**
 * Says whether a field that is out of its form took its edit along: a row that was removed again,
 * while others stay and nothing comes in its place; or one whose place another has taken that is
 * called the same, and reads as this one once did. What has made way for the next step of a form is
 * not gone: the page may keep what was typed.
 */
const isGone = (
  { name, localName }: Partial<HTMLInputElement>,
  { original, beside = [] }: FieldEdit,
  now: readonly HTMLInputElement[],
): boolean =>
  // Of rows, some are just removed; a long text that the page has taken away is unsaved all the same.
  (localName !== 'textarea' && !!now[0] && now.every((other) => beside.includes(other))) ||
  now.some((other) => name && other.name === name && readField(other) === original);

/** Says whether the edit of a field of this form, or of this region, is still to be saved. */
export const isUnsaved = (owner: Element, element: Element, field: FieldEdit): boolean =>
  field.edited &&
  // A region that cannot be edited any more is done with.
  (element !== owner || isRegion(element)) &&
  (field.original === undefined || readField(element) !== field.original) &&
  (element.isConnected || !isGone(element as HTMLInputElement, field, fieldsOf(owner)));
