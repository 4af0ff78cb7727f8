// Which credentials to drop, besides those in sessionStorage: a sum of these.

/**
 * What the application has handed clearers in for. Alone: what a page holds that is older than the
 * login which lies in what is shared.
 */
export const MEMORY = 1;
/** What the client holds, by its own logout. */
export const CLIENT = 2;
/** What other tabs see too: localStorage, cookies, databases. */
export const SHARED = 8;
/** What belongs to a login that is under way. */
export const LOGIN = 16;
/** What the application's own list names, besides tokens. It is no login, and goes once. */
export const LISTED = 32;

/** What only one tab holds. */
export const TAB = MEMORY | CLIENT | LISTED;
/** What must not be there while a logout is in force. */
export const ALL = MEMORY | CLIENT | SHARED;
