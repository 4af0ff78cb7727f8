import { type Auth0ClientLike, settle } from './auth0-client/auth0-client.js';
import { type ClearOptions, matchesName } from './credentials/clear-options.js';
import type * as beyondStorage from './credentials/beyond-storage.js';
import { anyToken, issuedTo, type Judge, withoutTokens } from './credentials/issued-tokens.js';
import { isNewVisitor, isSdkKey } from './credentials/sdk-keys.js';
import { clearStorage } from './credentials/web-storage.js';
import { type Env, lazily, noop } from './env.js';
import { bounded, type Part, runAll } from './failures.js';
import { CLIENT, LISTED, LOGIN, MEMORY, SHARED } from './scope.js';

/** What is to be cleared, and for whom. */
export interface Clearing {
  readonly env: Env;
  /** The longest that it may take, in milliseconds. */
  readonly ms: number;
  readonly origin: string | undefined;
  readonly clientId: string | null;
  readonly audiences?: readonly string[];
  readonly auth0Client?: Auth0ClientLike;
  readonly clear?: ClearOptions;
  /** Clearers for what the application holds in memory. */
  readonly held: Iterable<() => unknown>;
}

/** The places beside web storage are in a file of their own. */
export const loadBeyondStorage = /* @__PURE__ */ lazily(
  (): Promise<typeof beyondStorage> => import('./credentials/beyond-storage.js'),
);

/**
 * Clears one place after the other, all at once and none stopped by another.
 *
 * @param scope a sum of what `scope.ts` names
 * @param unseen gets the names of cookies that were to go but cannot be seen
 * @throws Failure naming the places that could not be cleared
 */
export async function clearCredentials(
  { env, ms, origin, clientId, audiences, auth0Client, clear: all = {}, held }: Clearing,
  scope: number,
  unseen?: string[],
): Promise<void> {
  const { tokens, keep } = all;
  const clear: ClearOptions = scope & LISTED ? all : { keep };
  const id = clientId ?? '';
  // What is shared belongs to a login since, and this page is about to be loaded anew: the application
  // may log its client out when it hears of the logout, and would take that login along.
  if (scope === MEMORY) Reflect.set(Object(auth0Client) as object, 'logout', async () => {});
  const judge =
    tokens === 'none'
      ? (noop as Judge)
      : tokens === 'any'
        ? anyToken
        : issuedTo(origin, clientId, audiences);

  const remainder =
    (area: 'localStorage' | 'sessionStorage') =>
    (key: string, storage: Storage): string | null | undefined =>
      matchesName(keep, key) || isNewVisitor(key, id, scope)
        ? undefined
        : judge(key) || isSdkKey(key, id, scope & LOGIN) || matchesName(clear[area], key)
          ? null
          : withoutTokens(storage.getItem(key) ?? '', judge, key);
  const inStorage = (area: 'localStorage' | 'sessionStorage'): Part => [
    area,
    () => clearStorage(env[area], remainder(area)),
  ];
  const logOutClient = (): unknown => {
    // The client's own: memory, worker, cache, cookies, DPoP keys.
    // Over before its part is, so that what it took along is put back within the bound.
    const run = (): Promise<unknown> =>
      bounded(env, ms * 0.9, settle(auth0Client!.logout({ openUrl: false })));
    // auth0-spa-js finds its entries by substring: logging out `cid` also wipes `cid2`.
    return loadBeyondStorage().then(
      (places) => places.keepEntries(env, id, remainder('localStorage'), run),
      run,
    );
  };
  const clearElsewhere = async (): Promise<void> =>
    (await loadBeyondStorage()).clearElsewhere(
      env,
      ms,
      clear,
      id,
      scope & LOGIN,
      auth0Client,
      unseen,
    );
  const parts = [
    scope & CLIENT && auth0Client && ['auth0Client', logOutClient],
    ...[...held].map((run) => scope & MEMORY && ['holdCredentials', run]),
    inStorage('sessionStorage'),
    scope & SHARED && inStorage('localStorage'),
    scope & SHARED && ['elsewhere', clearElsewhere],
  ];
  await runAll(env, ms, parts.filter(Boolean) as Part[]);
}
