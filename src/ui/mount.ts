import { real } from '../env.js';
import { element } from './elements.js';
import { adoptStyles } from './styles.js';

/**
 * Puts content into a shadow root of its own, out of reach of the page's style sheets but for
 * `::part` and custom properties. A page that says which colour schemes it has is followed; on one
 * that says nothing, neither in its styles nor in its head, the user's own wish counts. Returns the
 * element that holds it.
 */
export function mount(parent: Element, box: HTMLElement): HTMLElement {
  const host = element('auth0-logout-view', {});
  const root = host.attachShadow({ mode: 'open' });
  adoptStyles(root);
  root.append(box);
  parent.append(host);
  const isSilent =
    getComputedStyle(parent).colorScheme === 'normal' &&
    !real(document, 'querySelector')('meta[name=color-scheme i]');
  if (isSilent) box.classList.add('os');
  return host;
}
