import { real } from '../env.js';

const EDITABLE = '[contenteditable],textarea';

/** What elements say to a reader; nothing where a person may have typed it. */
const textOf = (...nodes: (Element | null)[]): string =>
  nodes
    .map((node) =>
      !node || node.closest(EDITABLE) || node.querySelector(EDITABLE) ? '' : node.textContent,
    )
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim();

/** What a person would call a form or an editable region: what a screen reader does, or its heading. */
export function labelOf(owner: Element): string {
  // By attribute: `form.name` is the field of that name, if there is one.
  const read = (name: string): string => real(owner, 'getAttribute')(name)?.trim() ?? '';
  const root = real(owner, 'getRootNode')() as Document;
  const named = read('aria-labelledby').split(/\s+/);
  return (
    textOf(...named.map((id) => real(root, 'getElementById')(id))) ||
    read('aria-label') ||
    textOf(real(owner, 'querySelector')('legend,h1,h2,h3,h4,h5,h6')) ||
    read('name') ||
    read('title') ||
    real(real(owner, 'ownerDocument'), 'title') ||
    'Form'
  );
}
