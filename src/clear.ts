import type { Auth0ClientLike } from './auth0-client/auth0-client.js';
import { clearClient } from './auth0-client/clear-client.js';
import { type ClearOptions, matchesName } from './credentials/clear-options.js';
import { clearCookies, visibleCookies } from './credentials/cookies.js';
import type * as databases from './credentials/databases.js';
import { anyToken, issuedTo, withoutTokens } from './credentials/issued-tokens.js';
import { isEndangeredKey, isSdkCookie, isSdkKey } from './credentials/sdk-keys.js';
import { clearStorage } from './credentials/web-storage.js';
import { type Env, noop } from './env.js';
import { type Part, runAll } from './failures.js';
import { CLIENT, LOGIN, MEMORY, SESSION_STORAGE, SHARED } from './scope.js';

/** What is to be cleared, and for whom. */
export interface Clearing {
  readonly env: Env;
  /** The longest that any one place may take, in milliseconds. */
  readonly ms: number;
  readonly origin: string;
  readonly clientId: string | null;
  readonly audiences?: readonly string[];
  readonly auth0Client?: Auth0ClientLike;
  readonly clear?: ClearOptions;
  /** Clearers for what the application holds in memory. */
  readonly held: Iterable<() => unknown>;
}

/** Where auth0-spa-js keeps DPoP keys (`dpop/storage.ts`). */
const DPOP_DATABASE = 'auth0-spa-js';

/** Places that few applications use, and that only those load. */
const loadDatabases = (): Promise<typeof databases> => import('./credentials/databases.js');

/** Loads what the clearing will need: there may be no network any more when it begins. */
export const prepareClearing = ({ indexedDB, caches }: ClearOptions = {}): unknown =>
  (indexedDB || caches) && loadDatabases().catch(noop);

/**
 * Clears one place after the other, all at once and none stopped by another.
 *
 * @param scope a sum of what `scope.ts` names
 * @param unseen gets the names of cookies that were to go but cannot be seen
 * @throws Failure naming the places that could not be cleared
 */
export async function clearCredentials(
  { env, ms, origin, clientId, audiences, auth0Client, clear = {}, held }: Clearing,
  scope: number,
  unseen: string[] = [],
): Promise<void> {
  const { tokens, keep, cookies = [] } = clear;
  const id = clientId ?? '';
  const any = tokens === 'any';
  const judge = any ? anyToken : issuedTo(origin, clientId, audiences);
  const stays = (name: string): boolean => matchesName(keep, name);

  const remainder =
    (area: 'localStorage' | 'sessionStorage') =>
    (key: string, value: () => string): string | null | undefined =>
      stays(key)
        ? undefined
        : isSdkKey(key, id, scope & LOGIN) || matchesName(clear[area], key)
          ? null
          : tokens === 'none'
            ? undefined
            : withoutTokens(value(), judge, any, key);
  const storage = (area: 'localStorage' | 'sessionStorage'): Part => [
    area,
    () => clearStorage(env[area], remainder(area)),
  ];
  /** What the client would take along, and would stay without it. */
  const isEndangered = (key: string, value: string): boolean =>
    !!id && isEndangeredKey(key, id) && remainder('localStorage')(key, () => value) === undefined;
  const parts: ReadonlyArray<readonly [needed: unknown, part: Part]> = [
    [
      scope & CLIENT && auth0Client,
      ['auth0Client', () => clearClient(env, ms, auth0Client!, isEndangered)],
    ],
    [
      scope & MEMORY && held,
      [
        'memory',
        () =>
          runAll(
            env,
            ms,
            Array.from(held, (run): Part => ['holdCredentials', run]),
          ),
      ],
    ],
    [scope & SESSION_STORAGE, storage('sessionStorage')],
    [scope & SHARED, storage('localStorage')],
    [
      scope & SHARED,
      [
        'cookies',
        () => {
          const own = visibleCookies(env).filter((name) => isSdkCookie(name, id, scope & LOGIN));
          const going = [...own, ...cookies].filter(
            (cookie) => !stays(typeof cookie === 'string' ? cookie : cookie.name),
          );
          const missing: string[] = [];
          try {
            clearCookies(env, going, missing);
          } finally {
            // Another tab's client may have been faster than ours with its own.
            unseen.push(...missing.filter((name) => !own.includes(name)));
          }
        },
      ],
    ],
    [
      scope & SHARED && (clear.indexedDB || clear.caches),
      ['databases', async () => (await loadDatabases()).clearDatabases(env, ms, clear)],
    ],
    [
      // Also with a client: one that does not use DPoP any more leaves the keys where they are.
      scope & SHARED && env.indexedDB?.databases,
      [
        'DPoP keys',
        async () => {
          const present = await env.indexedDB!.databases();
          if (present.some(({ name }) => name === DPOP_DATABASE)) {
            await (await loadDatabases()).clearKeys(env, ms, DPOP_DATABASE, `${id}::`);
          }
        },
      ],
    ],
  ];
  await runAll(
    env,
    // The parts of a part have their own bound; theirs must run out first to be named.
    ms + 50,
    parts.flatMap(([needed, part]) => (needed ? [part] : [])),
  );
}
