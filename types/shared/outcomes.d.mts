/** Why a logout happened. */
type LogoutReason = 'user' | 'idle' | 'expired' | 'forced';
/** What became of the three sessions. Only the first can be known by a page. */
interface SessionOutcomes {
    readonly application: 'ended' | 'incomplete' | 'kept';
    readonly auth0: 'requested' | 'kept';
    readonly identityProvider: 'requested' | 'kept';
}
/** What could not be saved: what it is called, and the title of the tab that it was in. */
interface LostWork {
    readonly label: string;
    readonly page: string;
    /** `unknown`: that tab did not answer, and may have had something to lose. */
    readonly state?: 'unknown';
}

export type { LogoutReason as L, SessionOutcomes as S, LostWork as a };
