import { LISTED } from '../scope.js';

/**
 * Where Auth0's SDKs keep things for one client, by exact key. Never by substring: `cid` must not
 * match what belongs to `cid2` (auth0-spa-js's own `logout` does that).
 *
 * Sources: auth0-spa-js 2.27 (`cache/shared.ts`, `Auth0Client.utils.ts`, `transaction-manager.ts`),
 * auth0-js 10 (`web-auth/transaction-manager.js`, `helper/ssodata.js`).
 */
const SPA = '@@auth0spajs@@::';
const TRANSACTION = 'a0.spajs.txs.';
const AUTH0_JS = 'com.auth0.auth.';
export const SSO_DATA = 'auth0.ssodata';

/** Says whether auth0-spa-js stored this entry for this very client. */
const isOwnCacheKey = (key: string, clientId: string): boolean =>
  `${key}::`.startsWith(`${SPA}${clientId}::`);

/** Says whether this is a cache entry that auth0-spa-js's `logout` would remove, ours or not. */
export const isEndangeredKey = (key: string, clientId: string): boolean =>
  !!clientId && key.startsWith(SPA) && key.includes(clientId);

/** Says whether this belongs to a login that is under way. */
export const isTransaction = (key: string, clientId: string): boolean =>
  key === TRANSACTION + clientId || key.startsWith(AUTH0_JS);

/**
 * Says whether a visitor who has not logged in (`client.anonymous`) may have begun this since the
 * logout, which has taken what there was of it before: a look at what has come back leaves it alone.
 */
export const isNewVisitor = (key: string, clientId: string, scope: number): boolean =>
  !(scope & LISTED) && isOwnCacheKey(key, `${clientId}::anonymous`);

/** Says whether this entry of web storage is the SDKs' for this client. */
export const isSdkKey = (key: string, clientId: string, withLogin: unknown): boolean =>
  isOwnCacheKey(key, clientId) || key === SSO_DATA || (!!withLogin && isTransaction(key, clientId));
