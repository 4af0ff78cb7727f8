// The places beside web storage, and what is rarely needed in it. They are loaded apart from what a page starts with, and ahead of
// need: there may be no network any more when a logout begins.
export { clearCookies } from './cookies.js';
export { clearCaches, clearDatabases, clearDpopKeys, lookAhead } from './databases.js';
export { keepEntries } from './keep-entries.js';
