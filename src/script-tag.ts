import { configure } from './configure.js';
import { on, real } from './env.js';
import { guardForms } from './forms.js';
import { isLogoutError } from './errors.js';
import { readAttributes } from './script-tag/read-attributes.js';
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
  const complain = (attribute: string, problem: string): void =>
    console.error(`auth0-logout: ${attribute} ${problem}`);
  const settings = tag && readAttributes(tag, location.href, complain);
  if (!settings) return;
  const session = configure(settings.config);
  if (settings.guardForms) guardForms(session);

  /** A form answers for what its fields are called, and is clicked on all over. */
  const isForm = (element: Element): boolean => {
    const form = element instanceof HTMLFormElement;
    if (form) complain('data-auth0-logout', 'belongs on a button, a link or a div, not on a form.');
    return form;
  };
  const places = (): NodeListOf<Element> =>
    real(document, 'querySelectorAll')('[data-auth0-logout-receipt]');
  const show = (receipt: ReceiptToShow): void =>
    places().forEach((place) => {
      if (isForm(place)) return;
      // What is shown is the last word: a logout that stayed may have shown another.
      place.replaceChildren();
      renderReceipt(place, receipt, { onEndRest: () => logOut(true) });
    });
  const logOut = (federated: boolean): void =>
    void session.logout({ federated }).then(
      ({ status, reason, sessions }) => {
        if (status === 'stayed')
          show({ reason, sessions, at: Date.now(), tabs: 1, verified: true });
      },
      (error: unknown) =>
        complain('data-auth0-logout', isLogoutError(error) ? error.message : 'failed.'),
    );

  // One listener for buttons that are there and that come later. A click that opens a link elsewhere
  // (another button, a modifier key) or that the page has dealt with is left alone. On the window:
  // an `<img name="addEventListener">` takes the place of the document's.
  on(window, 'click', (event) => {
    const { button, altKey, ctrlKey, metaKey, shiftKey } = event as MouseEvent;
    if (event.defaultPrevented || button || altKey || ctrlKey || metaKey || shiftKey) return;
    // Not by `closest`: it ends at the shadow root that the click comes from.
    const wanted = event
      .composedPath()
      .find(
        (node): node is Element =>
          node instanceof Element && real(node, 'matches')('[data-auth0-logout]'),
      );
    if (!wanted || isForm(wanted)) return;
    event.preventDefault();
    logOut(wanted.hasAttribute('data-federated'));
  });

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
