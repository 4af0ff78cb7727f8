import { real } from '../env.js';

/** A field, the first of a group of radio buttons, or an editable region as a whole, and the form, or else the region, that it belongs to. */
export type FoundField = readonly [element: Element, owner: Element];

/** Opted out, or a search: people do not think of one as work. */
const IGNORED = '[data-logout-ignore],search,[role=search],[type=search]';

const SECRET = '[type=password],[autocomplete*=passw i],[name*=passw i],[id*=passw i]';
/** Also while a button beside it shows the password as a text. */
const secrets = new WeakSet<Element>();

/** Remembers the password fields beside an element, before a button shows what is in them. */
export const markSecrets = (node: Element): void =>
  real(
    real(node, 'getRootNode')() as Document,
    'querySelectorAll',
  )(SECRET).forEach((each) => secrets.add(each));

/** Says whether an element is, was, or holds a password field. */
export const isSecret = (node: Element): boolean => {
  if (real(node, 'matches')(SECRET) || node.shadowRoot?.querySelector(SECRET)) secrets.add(node);
  return secrets.has(node);
};

/** All radio buttons of a group change with one, and only that one says so. */
export const groupOf = (radio: HTMLInputElement): HTMLInputElement[] =>
  [
    ...real(radio.getRootNode() as Document, 'querySelectorAll')<HTMLInputElement>('[type=radio]'),
  ].filter(({ name, form }) => name === radio.name && form === radio.form);

/** Says whether this is a custom element that takes part in forms (HTML, "form-associated"). */
export const isCustom = (node: Element): boolean =>
  !!(node.constructor as { formAssociated?: unknown }).formAssociated;

/**
 * Says whether only a widget writes to this field, which often tells the document as much (React's
 * `defaultValue`).
 */
export const isUnseen = (field: Element): boolean =>
  /^(hidden|text)$/.test((field as HTMLInputElement).type) &&
  getComputedStyle(field).display === 'none';

/** Says whether people can edit the text of an element, apart from fields. */
export const isRegion = (node: Element): boolean =>
  (real(node, 'getAttribute')('contenteditable') ?? 'false') !== 'false';

/**
 * Finds the field that an event with this path is about, if it is one to guard. The path leads
 * through open shadow roots, and so does this: a field inside a custom element that takes part in
 * forms stands for that element, any other belongs to the nearest form around it.
 */
export function findField(way: readonly EventTarget[]): FoundField | null {
  const path = way.filter((node): node is Element => 'localName' in node);
  const [inner] = path;
  // A click on a label changes a checkbox before the checkbox has had an event of its own.
  const closest = inner && real(inner, 'closest');
  const native = (closest?.('input,textarea,select') ?? closest?.('label')?.control) as
    HTMLInputElement | null | undefined;
  if (native) path.unshift(native);
  const custom = native?.form ? undefined : path.find(isCustom);
  const region = path.filter(isRegion).pop();
  const element = custom ?? native ?? region;
  if (!element) return null;
  const tied = custom?.getAttribute('form');
  const owner =
    native?.form ||
    (tied && real(element.getRootNode() as Document, 'getElementById')(tied)) ||
    path.find((node) => real(node, 'localName') === 'form') ||
    region;
  if (!owner || [...path, owner].some((node) => real(node, 'closest')(IGNORED))) return null;
  if (isSecret(path[0]!)) secrets.add(element);
  return [native?.type === 'radio' ? groupOf(native)[0]! : element, owner];
}
