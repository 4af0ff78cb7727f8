import { groupOf, isRegion, isSecret } from './find-field.js';

/** What a field holds, as a text to compare. `undefined`: it is not known, and is never looked at. */
export type State = string | undefined;

type Choice = Partial<HTMLOptionElement & HTMLInputElement>;

/**
 * Reads what a field holds now, or, with `before`, what it held before an edit that came without
 * warning, from autofill or a script: what the document says.
 */
export function readField(element: Element, before = false): State {
  if (isSecret(element)) return undefined;
  const { type, checked, files } = element as HTMLInputElement;
  // There is only one way in which a checkbox changes.
  if (type === 'checkbox') return `${before !== checked}`;
  // The value of a file field names only the first.
  if (type === 'file' && files) {
    return Array.from(before ? [] : files, (file) => [
      file.name,
      file.size,
      file.lastModified,
    ]).join();
  }
  const isSelect = element.localName === 'select';
  if (isSelect || type === 'radio') {
    const choices: Choice[] = isSelect
      ? [...(element as HTMLSelectElement).options]
      : groupOf(element as HTMLInputElement);
    return choices
      .map((choice) =>
        before
          ? (choice.defaultSelected ?? choice.defaultChecked)
          : (choice.selected ?? choice.checked),
      )
      .join();
  }
  if (isRegion(element)) return before ? undefined : element.innerHTML;
  // A custom element, too, says by convention in these what it holds.
  const value: unknown = (element as HTMLInputElement)[before ? 'defaultValue' : 'value'];
  return value == null || typeof value === 'object' ? undefined : `${value}|${checked}`;
}
