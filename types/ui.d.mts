import { U as UnsavedWork } from './shared/outcomes.mjs';
import { LogoutReason, SessionOutcomes, LostWork } from './index.mjs';
import { T as Texts } from './shared/texts.mjs';
export { P as PluralText } from './shared/texts.mjs';

/** How the question is put. */
interface AskUnsavedWorkOptions {
    /** Texts to use in place of the language's own. Default none. */
    readonly texts?: Partial<Texts>;
    /** The identity provider that this logout goes on to, such as Google. Default none. */
    readonly identityProvider?: string;
    /** Takes the question back; the answer is then `cancel`. */
    readonly signal?: AbortSignal;
}
/**
 * Asks what to do about unsaved work before a logout: save it, lose it, or stay. Fit for
 * `confirmUnsavedWork`. Escape is `cancel`; with nothing to ask about, the answer is `discard`.
 * Rejects where a browser has no modal dialogs.
 *
 * @throws LogoutError (as a rejection) `not_a_browser`
 * @example
 * createLogout({
 *   ...config,
 *   confirmUnsavedWork: (work) => askUnsavedWork(work, { texts: { cancel: 'Stay here' } }),
 * });
 */
declare function askUnsavedWork(work: readonly UnsavedWork[], { texts: own, identityProvider, signal }?: AskUnsavedWorkOptions): Promise<'save' | 'discard' | 'cancel'>;

type Named = Pick<UnsavedWork, 'label' | 'page'>;
/** The view of work that is being saved. */
interface SavingView {
    /** Marks as saved whatever is not among this any more. */
    update(unsaved: readonly Named[]): void;
    /** Closes the view. */
    done(): void;
}
/**
 * Shows that work is being saved, in the place of the question, until `done` is called. It has no
 * button and no Escape: whoever shows it keeps saving within a bound. Without a page it does nothing.
 *
 * @example
 * const view = showSaving(work);
 * try {
 *   await saveAll(view.update);
 * } finally {
 *   view.done();
 * }
 */
declare function showSaving(work: readonly UnsavedWork[], { texts: own }?: {
    readonly texts?: Partial<Texts>;
}): SavingView;

/** What became of a logout; what `takeReceipt` answers is one. */
interface ReceiptToShow {
    readonly reason: LogoutReason;
    /** When, in milliseconds since 1970. */
    readonly at: number;
    readonly sessions: SessionOutcomes;
    /** In how many tabs. */
    readonly tabs: number;
    /** Whether the return matched what was stored. */
    readonly verified: boolean;
    /** What became of other applications in a single logout. */
    readonly applications?: readonly {
        readonly name: string;
        readonly status: string;
    }[];
    /** What could not be saved. */
    readonly unsaved?: readonly LostWork[];
    /** The identity provider's strategy; `null`: there is none, left out: that is not known. */
    readonly strategy?: string | null | undefined;
}
/** What goes with a receipt. */
interface ReceiptOptions {
    /** Logs in again. Without it there is no button for that. */
    readonly onLogin?: () => void;
    /**
     * Logs out once more, with these options, to end what is still alive. There is a button for it while
     * this application's session or the one at Auth0 may be. `federated` only in the second case: from a
     * session at Auth0 that has ended, nobody is sent on to an identity provider.
     */
    readonly onEndRest?: (options: {
        readonly federated: boolean;
    }) => void;
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
declare function renderReceipt(target: Element, receipt: ReceiptToShow | null, options?: ReceiptOptions): () => void;

/**
 * Replaces texts in every language, in addition to those replaced before.
 *
 * @example
 * setTexts({ application: 'Acme Notes' });
 */
declare function setTexts(texts: Partial<Texts>): void;
/**
 * Speaks this language from now on, whatever the page's `lang` says; `null` goes back to that.
 *
 * @example
 * import { texts } from 'auth0-logout/languages/de';
 * useLanguage(texts);
 */
declare function useLanguage(texts: Texts | null): void;

/** A language that the texts exist in. */
type LanguageTag = 'ar' | 'de' | 'en' | 'es' | 'fr' | 'it' | 'ja' | 'ko' | 'nl' | 'pl' | 'pt' | 'zh';

/**
 * Finds the language for what a page says in its `lang`: by the first part of the tag, whatever the
 * region (`de-AT` is `de`, `pt-BR` is `pt`). `zh` is simplified Chinese, so a tag that says
 * traditional script (`zh-Hant`), or a region that writes it and no script (`zh-TW`, `zh-HK`,
 * `zh-MO`), gets English, like every language that is not there.
 *
 * @example
 * languageFor('fr-CA'); // 'fr'
 */
declare function languageFor(lang: string): LanguageTag;

export { Texts, UnsavedWork as UnsavedWorkItem, askUnsavedWork, languageFor, renderReceipt, setTexts, showSaving, useLanguage };
export type { AskUnsavedWorkOptions, LanguageTag, ReceiptOptions, ReceiptToShow, SavingView };
