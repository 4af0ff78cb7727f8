import { configure } from './configure.js';
import { on, real } from './env.js';
import { guardForms } from './forms.js';
import { isLogoutError } from './errors.js';
import { readAttributes, readFlag, type Complain } from './script-tag/read-attributes.js';
import { renderReceipt, type ReceiptToShow } from './ui.js';

export * from './index.js';
export * from './forms.js';
export * from './ui.js';

/**
 * Does what the attributes of this script's own tag ask for: a session, buttons and links that log
 * out, forms that are guarded, the receipt. Does nothing without `data-domain`.
 */
function start(): void {
  const tag = real(document, 'currentScript');
  const said = new Set<string>();
  const complain: Complain = (attribute, problem) => {
    const error = `auth0-logout: ${attribute} ${problem}`;
    if (!said.has(error)) console.error(error);
    said.add(error);
  };
  const settings = tag && readAttributes(tag, location.href, complain);
  if (!settings) return;
  const session = configure(settings.config);
  if (settings.guardForms) guardForms(session);

  /** Not a form: it answers for what its fields are called, and is clicked on all over. */
  const isMeant = (element: Element, attribute: string): boolean => {
    const form = element instanceof HTMLFormElement;
    if (form) complain(attribute, 'belongs on a button, a link or a div, not on a form.');
    return !form && readFlag(element, attribute, complain);
  };
  const places = (): Element[] =>
    [...real(document, 'querySelectorAll')('[data-auth0-logout-receipt]')].filter((place) =>
      isMeant(place, 'data-auth0-logout-receipt'),
    );
  const show = (receipt: ReceiptToShow): void =>
    places().forEach((place) => {
      // What is shown is the last word: a logout that stayed may have shown another.
      place.replaceChildren();
      renderReceipt(place, receipt, { onEndRest: ({ federated }) => logOut(federated) });
    });
  const logOut = (federated: boolean): void => {
    // Ahead of what may come into it: screen readers say what changes in a live region.
    places().forEach((place) => real(place, 'setAttribute')('aria-live', 'polite'));
    void session.logout({ federated }).then(
      ({ status, reason, sessions }) => {
        if (status === 'stayed')
          show({ reason, sessions, at: Date.now(), tabs: 1, verified: true });
      },
      (error: unknown) =>
        complain('data-auth0-logout', isLogoutError(error) ? error.message : 'failed.'),
    );
  };

  // One listener for buttons that are there and that come later. On the window: an
  // `<img name="addEventListener">` takes the place of the document's.
  const click = (event: Event): void => {
    // Not by `closest`: it ends at the shadow root that the click comes from.
    const path = event.composedPath();
    const wanted = path.find(
      (node): node is Element =>
        node instanceof Element && real(node, 'matches')('[data-auth0-logout]'),
    );
    const { button, altKey, ctrlKey, metaKey, shiftKey } = event as MouseEvent;
    // One that opens a link elsewhere is left alone. A link that leads nowhere is a button.
    const isLink = path.some(
      (node) => node instanceof Element && real(node, 'matches')('a:any-link:not([href="#"])'),
    );
    const elsewhere = button || (isLink && (altKey || ctrlKey || metaKey || shiftKey));
    if (!wanted || elsewhere || !isMeant(wanted, 'data-auth0-logout')) return;
    let heard = false;
    let held = false;
    const answer = (): void => {
      // Nor is one that the page has dealt with.
      if (heard || (event.defaultPrevented && !held)) return;
      heard = true;
      event.preventDefault();
      logOut(readFlag(wanted, 'data-federated', complain));
    };
    // Last of all, by the window; and where a menu around it keeps its clicks to itself, afterwards,
    // unless the click has then done something else.
    const stops = [on(window, 'click', answer)];
    // A router takes every link that the document hears of and that nobody has dealt with. Whoever
    // deals with it all the same calls the logout off.
    const hold = (): void => {
      if (event.defaultPrevented) return;
      held = true;
      event.preventDefault();
      event.preventDefault = () => void (heard = true);
    };
    if (isLink) stops.push(on(wanted, 'click', hold));
    const sends = wanted instanceof HTMLButtonElement && wanted.form && wanted.type === 'submit';
    setTimeout(() => {
      stops.forEach((stop) => stop());
      if (held || (!isLink && !sends)) answer();
    });
  };
  window.addEventListener('click', click, true);

  const receive = (): void => {
    // Taken only where it can be shown, and shown only once.
    if (!places().length) return;
    const receipt = session.takeReceipt();
    if (receipt) show(receipt);
  };
  if (real(document, 'readyState') === 'loading') on(window, 'DOMContentLoaded', receive);
  else receive();
}

if (typeof Document === 'function') start();
