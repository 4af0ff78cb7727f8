/** Which credentials to drop: a sum of these. */
export const MEMORY = 1;
export const CLIENT = 2;
export const SESSION_STORAGE = 4;
/** What other tabs see too: localStorage, cookies, databases. */
export const SHARED = 8;
/** What belongs to a login that is under way. */
export const LOGIN = 16;
/** What the application's own list names, besides tokens. It is no login, and goes once. */
export const LISTED = 32;

/** What a page holds that is older than the login which lies in what is shared. */
export const OLD = MEMORY | SESSION_STORAGE;
/** What only one tab holds. */
export const TAB = MEMORY | CLIENT | SESSION_STORAGE | LISTED;
/** What must not be there while a logout is in force. */
export const ALL = MEMORY | CLIENT | SESSION_STORAGE | SHARED;
