/** Why a logout happened. */
export type LogoutReason = 'user' | 'idle' | 'expired' | 'forced';

/** What became of the three sessions. Only the first can be known by a page. */
export interface SessionOutcomes {
  readonly application: 'ended' | 'incomplete' | 'kept';
  readonly auth0: 'requested' | 'kept';
  readonly identityProvider: 'requested' | 'kept';
}

/** What could not be saved: what it is called, and the title of the tab that it was in. */
export interface LostWork {
  readonly label: string;
  readonly page: string;
  /** `unknown`: that tab did not answer, and may have had something to lose. */
  readonly state?: 'unknown';
}

/** One piece of work that a logout could lose, or a tab that may have some. */
export interface UnsavedWork {
  readonly label: string;
  /** The title of the tab; empty if the tab did not answer. */
  readonly page: string;
  readonly thisTab: boolean;
  /** Whether there is a way to save it. */
  readonly canSave: boolean;
  /** `unknown`: the tab has guards, but did not answer in time. */
  readonly state: 'dirty' | 'unknown';
  /**
   * Why an earlier `save` failed, or why nothing more is known. What the error itself says only of
   * work in this very tab, and never a token.
   */
  readonly error?: string;
}
