import { browserEnv } from '../env.js';
import type { LogoutReason, LostWork, SessionOutcomes } from '../outcomes.js';
import { brandOf, federatedBrandOf } from '../providers/brand-of.js';
import { button, element, icon, list, quote, type Content, paragraph } from './elements.js';
import { countTabs, fillText } from './fill-text.js';
import { withTexts } from './load-texts.js';
import { mount } from './mount.js';
import type { Texts } from '../languages/texts.js';
import { showPiece } from './unsaved-work.js';

/** What became of a logout; what `takeReceipt` answers is one. */
export interface ReceiptToShow {
  readonly reason: LogoutReason;
  /** When, in milliseconds since 1970. */
  readonly at: number;
  readonly sessions: SessionOutcomes;
  /** In how many tabs. */
  readonly tabs: number;
  /** Whether the return matched what was stored. */
  readonly verified: boolean;
  /** What became of other applications in a single logout. */
  readonly applications?: readonly { readonly name: string; readonly status: string }[];
  /** What could not be saved. */
  readonly unsaved?: readonly LostWork[];
  /** The identity provider's strategy; `null`: there is none, left out: that is not known. */
  readonly strategy?: string | null | undefined;
}

/** What goes with a receipt. */
export interface ReceiptOptions {
  /** Logs in again. Without it there is no button for that. */
  readonly onLogin?: () => void;
  /**
   * Logs out once more, with these options, to end what is still alive. There is a button for it while
   * this application's session or the one at Auth0 may be. `federated` only in the second case: from a
   * session at Auth0 that has ended, nobody is sent on to an identity provider.
   */
  readonly onEndRest?: (options: { readonly federated: boolean }) => void;
  /** Texts to use in place of the language's own. Default none. */
  readonly texts?: Partial<Texts>;
}

/**
 * Shows a receipt at the end of an element: what ended, what was only requested, what is still alive.
 * It appears once its language has loaded. `null` shows nothing. The returned function takes it away.
 *
 * @example
 * renderReceipt(document.querySelector('main')!, session.takeReceipt(), {
 *   onLogin: () => auth0Client.loginWithRedirect({ authorizationParams: session.nextLogin() }),
 *   onEndRest: (options) => session.logout(options),
 * });
 */
export function renderReceipt(
  target: Element,
  receipt: ReceiptToShow | null,
  options: ReceiptOptions = {},
): () => void {
  let wanted = !!receipt && !!browserEnv();
  let host: Element | undefined;
  if (wanted) {
    withTexts(target, options.texts, (texts) => {
      if (wanted) host = mount(target, draw(receipt!, options, texts));
    });
  }
  return () => {
    wanted = false;
    host?.remove();
  };
}

function draw(receipt: ReceiptToShow, { onLogin, onEndRest }: ReceiptOptions, texts: Texts) {
  const { at, applications = [], unsaved = [], strategy } = receipt;
  const provider = brandOf(`${strategy}|x`);
  const { application, auth0, identityProvider } = receipt.sessions;
  const fill = (text: string): string => fillText(texts, text, { provider: provider ?? '' });
  const auth0Alive = auth0 === 'kept' || !receipt.verified;
  const federated = auth0Alive && strategy !== null;
  const next = federated && federatedBrandOf(`${strategy}|x`);
  const asked = auth0 === 'requested' || identityProvider === 'requested';
  const date = new Date(at);
  const when =
    !isNaN(+date) &&
    element(
      'time',
      { datetime: date.toISOString() },
      new Intl.DateTimeFormat(texts.lang, { dateStyle: 'medium', timeStyle: 'short' }).format(date),
    );
  const row = (shape: Parameters<typeof icon>[0], name: string, text: string): Content[] => [
    icon(shape),
    element('div', {}, quote('label', name), ' ', paragraph('state', text)),
  ];
  const ofApplication = {
    ended: texts.applicationEnded,
    incomplete: texts.applicationIncomplete,
    kept: texts.kept,
  }[application];
  const ofProvider =
    strategy !== null &&
    (identityProvider === 'requested'
      ? row('asked', provider || texts.provider, texts.requested)
      : row(
          'alive',
          provider || texts.provider,
          provider ? fill(texts.providerKept) : texts.providerUnknown,
        ));

  const isIncomplete = application === 'incomplete';
  const login = onLogin && button(`${isIncomplete ? '' : 'primary '}login`, texts.login, onLogin);
  const rest =
    (application !== 'ended' || auth0Alive) &&
    onEndRest &&
    button(
      `${isIncomplete ? 'primary ' : ''}rest`,
      texts.endRest,
      () => onEndRest({ federated }),
      next && element('span', { part: 'hint' }, fill(texts.alsoProvider)),
    );

  return element(
    'section',
    { part: 'box receipt', lang: texts.lang, dir: texts.dir, 'aria-labelledby': 'title' },
    element('h2', { part: 'title', id: 'title' }, texts[application]),
    // "You logged out" contradicts a title that says otherwise.
    (application === 'ended' || (isIncomplete && receipt.reason !== 'user')) &&
      paragraph('intro', texts[receipt.reason]),
    paragraph('meta', when, when && ' · ', countTabs(texts, receipt.tabs)),
    list('title', [
      row(application === 'ended' ? 'done' : 'alive', texts.application, ofApplication),
      ...applications.map(({ name, status }) =>
        status === 'confirmed'
          ? row('done', name, texts.applicationEnded)
          : row('alive', name, texts.otherUnknown),
      ),
      auth0 === 'requested'
        ? row('asked', 'Auth0', texts.requested)
        : row('alive', 'Auth0', texts.auth0Kept),
      ...(ofProvider ? [ofProvider] : []),
    ]),
    asked && !receipt.verified && paragraph('note', texts.unverified),
    !!unsaved.length && element('p', { part: 'note warning', id: 'unsaved' }, texts.unsaved),
    !!unsaved.length &&
      list(
        'unsaved',
        unsaved.map((piece) => [showPiece(piece, texts, piece.state && texts.unknown)]),
      ),
    (login || rest) &&
      element('div', { part: 'actions' }, ...(isIncomplete ? [rest, login] : [login, rest])),
  );
}
