/**
 * What the types promise, as a program that compiles. It is compiled against the sources, and once
 * more against the published declarations under every module resolution (test/dist/types.test.ts).
 */
import {
  buildLogoutUrl,
  checkReturnTo,
  configure,
  createLogout,
  identityProviderOf,
  isLogoutError,
  logout,
  type LogoutError,
} from 'auth0-logout';

/** Compiles only when both are exactly the same type. */
type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const holds = <Claim extends true>(claim?: Claim): void => void claim;

const config = { domain: 'tenant.eu.auth0.com', clientId: 'abc' };

// Configuration: a typo, a wrong mode or a missing part does not compile.
createLogout(config);
createLogout({ ...config, clientId: null, endpoint: 'oidc', returnTo: '/bye' });
createLogout({
  ...config,
  allowedLogoutUrls: ['https://app.example/bye'] as const,
  audiences: ['https://api.example'] as const,
  clear: {
    tokens: 'any',
    localStorage: ['cart', /^user:/],
    sessionStorage: 'all',
    keep: ['theme'],
    cookies: ['sid', { name: 'sid', domain: '.app.example', path: '/app' }],
    indexedDB: ['app-db'],
    caches: 'all',
  },
  stepTimeoutMs: 500,
  onWarning: (...said: unknown[]) => void said,
});
// @ts-expect-error a misspelt option
createLogout({ ...config, returnto: '/bye' });
// @ts-expect-error there are two endpoints
createLogout({ ...config, endpoint: 'v1' });
// @ts-expect-error the client must be named, or left out with null
createLogout({ domain: 'tenant.eu.auth0.com' });
// @ts-expect-error a misspelt place to clear
createLogout({ ...config, clear: { localstorage: ['cart'] } });
// @ts-expect-error tokens has three modes
createLogout({ ...config, clear: { tokens: 'all' } });
// @ts-expect-error a client must be able to log out
createLogout({ ...config, auth0Client: { login: () => undefined } });

// Any client with a `logout` will do, whatever that returns.
createLogout({ ...config, auth0Client: { logout: async () => undefined } });
createLogout({
  ...config,
  auth0Client: {
    logout: async () => undefined,
    revokeRefreshToken: async () => undefined,
    getIdTokenClaims: async () => ({ __raw: '', sub: 'auth0|1' }),
  },
});

const session = configure(config);
holds<Same<typeof session, ReturnType<typeof createLogout>>>(true);

// Options of one logout.
void logout();
void logout({ federated: true, returnTo: new URL('https://app.example/bye') });
void session.logout({ localOnly: true, reason: 'idle', signal: new AbortController().signal });
void session.logout({ openUrl: (url) => void url.length });
void session.logout({ openUrl: async (url) => void url.length });
// @ts-expect-error a misspelt option
void logout({ federate: true });
// @ts-expect-error `federated` is a flag, not a text: 'false' would log out of the provider
void logout({ federated: 'false' });
// @ts-expect-error there are four reasons
void logout({ reason: 'bored' });

// The result narrows, and cannot be changed.
type Result = Awaited<ReturnType<typeof logout>>;
holds<Same<Result, Awaited<ReturnType<typeof session.logout>>>>(true);
holds<Same<Result['status'], 'left' | 'stayed' | 'cancelled'>>(true);
holds<Same<Result['url'], string | null>>(true);
holds<Same<Result['sessions']['application'], 'ended' | 'incomplete' | 'kept'>>(true);
holds<Same<Result['sessions']['auth0'], 'requested' | 'kept'>>(true);
holds<Same<Result['sessions']['identityProvider'], 'requested' | 'kept'>>(true);
holds<Same<Result['steps'][number]['status'], 'done' | 'failed' | 'timed-out' | 'skipped'>>(true);

export function change(result: Result): void {
  // @ts-expect-error read-only
  result.url = null;
  // @ts-expect-error read-only
  result.sessions.application = 'ended';
  // @ts-expect-error read-only
  result.steps.pop();
}

export function describeResult(result: Result): string {
  switch (result.status) {
    case 'left':
    case 'stayed':
    case 'cancelled':
      return result.status;
    default:
      return result.status satisfies never;
  }
}

// The pure functions.
holds<Same<ReturnType<typeof buildLogoutUrl>, URL>>(true);
buildLogoutUrl(config, { federated: true });
// @ts-expect-error a misspelt option
buildLogoutUrl(config, { federate: true });

const checked = checkReturnTo('https://app.example/bye', ['https://app.example/bye'] as const);
holds<Same<(typeof checked)['verdict'], 'allowed' | 'refused' | 'unknown'>>(true);
holds<Same<(typeof checked)['entry'], string | null>>(true);

const provider = identityProviderOf('google-oauth2|123');
// @ts-expect-error it may be unknown
void provider.strategy;
if (provider) {
  holds<Same<(typeof provider)['federated'], 'supported' | 'unsupported' | 'unknown'>>(true);
}

// Errors narrow by code.
export function codeOf(error: unknown): string {
  if (!isLogoutError(error)) return 'unknown';
  holds<Same<typeof error, LogoutError>>(true);
  // @ts-expect-error no such code
  if (error.code === 'no_such_code') return '';
  return error.code;
}
