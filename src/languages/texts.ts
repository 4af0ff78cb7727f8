/** A text that depends on a number: one form for each plural category that the language has. */
export type PluralText = { readonly other: string } & {
  readonly [category in 'zero' | 'one' | 'two' | 'few' | 'many']?: string;
};

/**
 * Everything that the dialogs and the receipt say, in one language. What stands in braces is filled
 * in: `{error}`, `{provider}`, `{n}`.
 */
export interface Texts {
  /** The language's tag, for screen readers and for dates and numbers. */
  readonly lang: string;
  /** The direction that the language is written in. */
  readonly dir: 'ltr' | 'rtl';

  /** Names the question when something can be saved. */
  readonly askSave: string;
  /** Names the question when nothing can be saved. */
  readonly askLose: string;
  /** Stands above the list of what is not saved. */
  readonly atStake: string;
  /** Marks what lies in the tab that asks. */
  readonly thisTab: string;
  /** Said of work that has no way to be saved. */
  readonly cannotSave: string;
  /** Stands for a tab that did not answer in time. */
  readonly unknown: string;
  /** Said of work whose last `save` failed. May say why, in English, with `{error}`. */
  readonly saveFailed: string;
  /** Said when the logout goes on to the identity provider, with `{provider}`. */
  readonly alsoProvider: string;
  readonly save: string;
  readonly discard: string;
  readonly cancel: string;

  /** Names the view while work is being saved. */
  readonly saving: string;
  readonly savingNote: string;
  /** Said of each piece once it is saved. */
  readonly saved: string;

  /** Heads the receipt: the application's session ended, in part, or not at all. */
  readonly ended: string;
  readonly incomplete: string;
  readonly kept: string;
  /** Why. */
  readonly user: string;
  readonly idle: string;
  readonly expired: string;
  readonly forced: string;
  /** In how many tabs, with `{n}`. */
  readonly tabs: PluralText;
  /** Names the application's own session. */
  readonly application: string;
  /** Names the identity provider whose name is not known. */
  readonly provider: string;
  readonly applicationEnded: string;
  readonly applicationIncomplete: string;
  /** Said of a session that was asked to end; whether it did, a page cannot see. */
  readonly requested: string;
  readonly auth0Kept: string;
  /** With `{provider}`. */
  readonly providerKept: string;
  /** Said when it is not known whether there is an identity provider at all. */
  readonly providerUnknown: string;
  /** Said of another application that did not. */
  readonly otherUnknown: string;
  /** Said when the return did not match what had been stored. */
  readonly unverified: string;
  /** Stands above the list of what could not be saved. */
  readonly unsaved: string;
  readonly login: string;
  readonly endRest: string;
}
