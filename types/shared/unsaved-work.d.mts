/** Something in a page that a logout could lose. */
interface UnsavedWorkGuard {
    /** What the person calls it: "Invoice 17". Asked for at the time if it is a function. */
    readonly label: string | (() => string);
    /** Says whether there is anything to lose now. Called often; one that throws counts as dirty. */
    readonly isDirty: () => boolean;
    /** Saves it; may be asynchronous. Default: it cannot be saved from here. */
    readonly save?: () => unknown;
}
/** One piece of unsaved work in one tab of the application. */
interface UnsavedWork {
    readonly label: string;
    /** The title of the tab; empty if the tab did not answer. */
    readonly page: string;
    readonly thisTab: boolean;
    readonly canSave: boolean;
    /** `unknown`: the tab has guards, but did not answer in time. */
    readonly state: 'dirty' | 'unknown';
    /** Why an earlier `save` failed, or why nothing more is known. */
    readonly error?: string;
}

export type { UnsavedWorkGuard as U, UnsavedWork as a };
