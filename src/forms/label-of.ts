import { real } from '../env.js';

/** Where a person may have typed. */
const EDITABLE = '[contenteditable],textarea';
/** What is no part of a name: what was typed, what may be chosen, a drawing's styles, an icon. */
const SILENT = `${EDITABLE},option,style,[aria-hidden=true]`;

/** Says whether something is heard in `all`, which itself may be out of sight. */
const isHeard = (node: Element, all: Element): boolean =>
  node === all ||
  (!node.matches(SILENT) &&
    getComputedStyle(node).display !== 'none' &&
    isHeard(node.parentElement!, all));

const read = (node: Node, all: Element): string =>
  node.nodeType === 3
    ? isHeard(node.parentElement!, all)
      ? node.nodeValue!
      : ''
    : [...node.childNodes].map((part) => read(part, all)).join('');

/** What an element says to a reader of it alone, or of `all` around it. */
const textOf = (node: Element | null, all = node): string =>
  !node || node.closest(EDITABLE) ? '' : read(node, all!).replace(/\s+/g, ' ').trim();

/** What a person would call a form or an editable region: what a screen reader does, or its heading. */
export function labelOf(owner: Element): string {
  // By attribute: `form.name` is the field of that name, if there is one.
  const get = (name: string): string => real(owner, 'getAttribute')(name)?.trim() ?? '';
  const root = real(owner, 'getRootNode')() as Document;
  const names = get('aria-labelledby')
    .split(/\s+/)
    .map((id) => textOf(real(root, 'getElementById')(id)));
  const headings = [...real(owner, 'querySelectorAll')('legend,h1,h2,h3,h4,h5,h6')];
  return (
    names.filter(Boolean).join(' ') ||
    get('aria-label') ||
    headings.map((heading) => textOf(heading, owner)).find(Boolean) ||
    get('name') ||
    get('title') ||
    real(real(owner, 'ownerDocument'), 'title') ||
    'Form'
  );
}
