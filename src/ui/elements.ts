import { real } from '../env.js';

/** What an element is made of; what is missing is left out. */
export type Content = Node | string | false | null | undefined;

/**
 * Makes an element out of attributes and content, never out of markup: no policy for inline styles
 * or Trusted Types has anything to object to. `part` names an element for the page's style sheets
 * and for ours.
 */
export function element(
  tag: string,
  attributes: Readonly<Record<string, string>>,
  ...content: readonly Content[]
): HTMLElement {
  const made = real(document, 'createElement')(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...content.filter((part): part is Node | string => !!part));
  return made;
}

/** A paragraph of our own words. */
export const paragraph = (part: string, ...content: readonly Content[]): HTMLElement =>
  element('p', { part }, ...content);

/** Somebody's own words: a label, a title. They may be written in the other direction. */
export const quote = (part: string, text: string): HTMLElement =>
  element('span', { part }, element('bdi', {}, text));

export function button(
  part: string,
  label: string,
  onClick: () => void,
  hint?: Content,
): HTMLElement {
  const made = element(
    'button',
    { type: 'button', part: `button ${part}` },
    label,
    hint && ' ',
    hint,
  );
  // The second click of a double one was meant for what lay there before.
  made.addEventListener('click', ({ detail }) => detail > 1 || onClick());
  return made;
}

/** A list, each entry of several cells side by side. `role` because Safari drops it with the bullets. */
export const list = (labelledBy: string, entries: readonly (readonly Content[])[]): HTMLElement =>
  element(
    'ul',
    { part: 'list', role: 'list', 'aria-labelledby': labelledBy },
    ...entries.map((cells) => element('li', { part: 'item' }, ...cells)),
  );

const SIGNS = { done: '✓', asked: '···', alive: '!', busy: '···' };

/** A small sign; what it means is also said in words beside it. */
export const icon = (sign: keyof typeof SIGNS): HTMLElement =>
  element('span', { part: `icon ${sign}`, 'aria-hidden': 'true' }, SIGNS[sign]);
