import { groupOf, isRegion, isSecret } from './find-field.js';

/** What a field holds, as a text to compare. `undefined`: it is not known, and is never looked at. */
export type State = string | undefined;

/** An edit that came without warning: a person or autofill did it, or a script, if anybody. */
export type Unannounced = 'toggled' | 'set';

type Choice = Partial<HTMLOptionElement & HTMLInputElement>;

/** Says whether an editor only hears keys by this field (CodeMirror 5, ACE): what it holds says nothing. */
function isKeyhole(element: Element): boolean {
  if (element.localName !== 'textarea' || !element.getClientRects()[0]) return false;
  const around = element.parentElement;
  return (
    getComputedStyle(element).opacity === '0' ||
    element.clientHeight < 2 ||
    // Only what cuts it off: what stands in a line has no height of its own.
    (!!around && getComputedStyle(around).overflowY !== 'visible' && around.offsetHeight < 2)
  );
}

/**
 * Reads what a field holds now, or, with `before`, what it held before an edit that came without
 * warning: what the document says.
 */
export function readField(element: Element, before?: Unannounced): State {
  if (isSecret(element) || isKeyhole(element)) return undefined;
  const { type, checked, files, validity } = element as HTMLInputElement;
  // There is only one way in which a person changes a checkbox.
  if (type === 'checkbox') {
    return `${before === 'set' ? (element as HTMLInputElement).defaultChecked : !before === checked}`;
  }
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
    let chosen = choices.filter((choice) =>
      before
        ? (choice.defaultSelected ?? choice.defaultChecked)
        : (choice.selected ?? choice.checked),
    );
    // A list that is closed shows its first option where the document names none.
    if (before && type === 'select-one' && !chosen[0]) chosen = choices.slice(0, 1);
    // A list may be filled only once somebody opens it; radio buttons may all have one value.
    return JSON.stringify(
      chosen.map((choice) => (isSelect ? choice.value : choices.indexOf(choice))),
    );
  }
  // An editor leaves a line break in what is empty.
  if (isRegion(element)) return before ? undefined : element.innerHTML.replace(/^<br>$/, '');
  // A custom element, too, says by convention in these what it holds; a switch may be `selected`.
  const value: unknown = (element as HTMLInputElement)[before ? 'defaultValue' : 'value'];
  if (Array.isArray(value)) return JSON.stringify(value);
  return value === undefined || (value && typeof value === 'object')
    ? undefined
    : // The value of a date that is typed by half, or of a number like "1e", is empty.
      `${value}|${checked ?? (element as Choice).selected}|${!before && !!validity?.badInput}`;
}
