import { configure } from './configure.js';
import { on } from './env.js';
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
  // By the getter itself: an `<img name="currentScript">` takes the place of `document.currentScript`
  // (HTML, "named access on the Document object").
  const getter = Object.getOwnPropertyDescriptor(Document.prototype, 'currentScript')!.get!;
  const tag = getter.call(document) as Element | null;
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
  const show = (receipt: ReceiptToShow): void =>
    document.querySelectorAll('[data-auth0-logout-receipt]').forEach((place) => {
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
  // (another button, a modifier key) or that the page has dealt with is left alone.
  on(document, 'click', (event) => {
    const { button, altKey, ctrlKey, metaKey, shiftKey } = event as MouseEvent;
    if (event.defaultPrevented || button || altKey || ctrlKey || metaKey || shiftKey) return;
    // Not the form's own methods: a field may be called `matches`. And not `closest`: it ends at the
    // shadow root that the click comes from.
    const { matches, hasAttribute } = Element.prototype;
    const wanted = event
      .composedPath()
      .find(
        (node): node is Element =>
          node instanceof Element && matches.call(node, '[data-auth0-logout]'),
      );
    if (!wanted || isForm(wanted)) return;
    event.preventDefault();
    logOut(hasAttribute.call(wanted, 'data-federated'));
  });

  const receive = (): void => {
    // Taken only where it can be shown, and shown only once.
    if (!document.querySelector('[data-auth0-logout-receipt]')) return;
    const receipt = session.takeReceipt();
    if (receipt) show(receipt);
  };
  if (document.readyState === 'loading') on(document, 'DOMContentLoaded', receive);
  else receive();
}

if (typeof Document === 'function') start();
