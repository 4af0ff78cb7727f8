export const find = (selector) => document.querySelector(selector);

/** An element with properties (or `data-*`, `class`) and children; texts are never markup. */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) element.setAttribute(name, String(value));
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

/** Sets a text only when it differs: a live region repeats what is written again. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
