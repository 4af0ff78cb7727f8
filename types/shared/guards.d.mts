/** Something in a page that a logout could lose. */
interface UnsavedWorkGuard {
    /** What the person calls it: "Invoice 17". Asked for at the time if it is a function. */
    readonly label: string | (() => string);
    /** Says whether there is anything to lose now. Called often; one that throws counts as dirty. */
    readonly isDirty: () => boolean;
    /** Saves it; may be asynchronous. Default: it cannot be saved from here. */
    readonly save?: () => unknown;
}

export type { UnsavedWorkGuard as U };
