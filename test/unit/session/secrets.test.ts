import { describe, expect, test, vi } from 'vitest';
import type { LogoutConfig, LogoutOptions } from '../../../src/logout-types.js';
import { accessToken, idToken, startSession, stepOf } from './page-session.js';

const refreshToken = 'v1.MjU2-refresh-token-nobody-may-see';
const cookieSecret = 'cookie-value-nobody-may-see';
const SECRETS = { accessToken, idToken, refreshToken, cookieSecret };

/** Somebody else's error, which says more than it should. */
const leak = (): Error =>
  Object.assign(new Error(`POST https://tenant.example/?t=${accessToken} failed`), {
    name: 'GenericError',
    error_description: `${idToken} ${refreshToken} ${cookieSecret}`,
    cause: refreshToken,
  });
const leaking = async (): Promise<never> => Promise.reject(leak());

/** All that a logout lets out: what it posts, prints, says and stores for itself. */
async function everythingSaid(
  config: Partial<LogoutConfig>,
  options: LogoutOptions,
): Promise<{ said: string; statuses: Record<string, string> }> {
  const said: unknown[] = [];
  for (const level of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    vi.spyOn(console, level).mockImplementation(
      (...texts) => void said.push(level, texts.map(String)),
    );
  }
  vi.spyOn(BroadcastChannel.prototype, 'postMessage').mockImplementation(
    (message) => void said.push('posted', message),
  );
  vi.spyOn(window, 'fetch').mockImplementation(async (url, init) => {
    said.push('fetched', String(url), init);
    throw leak();
  });
  vi.spyOn(Storage.prototype, 'setItem').mockImplementation(function (this: Storage, key, value) {
    if (key.startsWith('auth0-logout')) said.push('stored', key, value);
  });
  const session = startSession({
    // The page's own way of saying things, too.
    onWarning: undefined as never,
    serverLogoutUrl: '/session/logout',
    audiences: ['https://api.example'],
    clear: { cookies: ['appSession'] },
    ...config,
  });
  session.holdCredentials(leaking);
  session.holdCredentials(() => {
    throw leak();
  });
  session.onLogout((event) => void said.push(event));
  session.onLogout(() => {
    throw leak();
  });
  const result = await session
    .logout({
      openUrl(url) {
        said.push('opened', url);
        throw leak();
      },
      ...options,
    })
    .catch((error: Error) => ({ error: [error.name, error.message, error.stack, { ...error }] }));
  said.push(result, session.takeReceipt(), session.nextLogin());
  const statuses =
    'error' in result
      ? {}
      : Object.fromEntries(result.steps.map(({ name }) => [name, stepOf(result, name).status]));
  return { said: JSON.stringify(said), statuses };
}

/** Puts tokens wherever an application may have put them. */
function fillPage(): void {
  const response = { access_token: accessToken, id_token: idToken, refresh_token: refreshToken };
  for (const area of [localStorage, sessionStorage]) {
    area.setItem('token', accessToken);
    area.setItem('@@auth0spajs@@::cid::default::openid', JSON.stringify({ body: response }));
    area.setItem(accessToken, 'a token as a key');
  }
  document.cookie = `appSession=${cookieSecret};path=/`;
  document.cookie = `auth0.cid.is.authenticated=${cookieSecret};path=/`;
  history.replaceState({ accessToken }, '', `/home?code=${refreshToken}#id_token=${idToken}`);
}

describe('no secret gets out', () => {
  const auth0Client = {
    logout: leaking,
    revokeRefreshToken: leaking,
    getIdTokenClaims: async () => ({ __raw: idToken, sub: 'samlp|acme|1', sid: 'sid1' }),
  };

  test.each<[what: string, config: Partial<LogoutConfig>, options: LogoutOptions]>([
    ['of a logout in which everything fails', { auth0Client }, { federated: true }],
    ['of one at /oidc/logout', { auth0Client, endpoint: 'oidc' }, { federated: true }],
    ['of one of the application alone', { auth0Client }, { localOnly: true }],
    ['of one without the client', {}, { reason: 'forced' }],
  ])('%s', async (_what, config, options) => {
    fillPage();

    const { said, statuses } = await everythingSaid(config, options);

    // Enough has failed and been said to be searched.
    expect(statuses).toMatchObject({ server: 'failed', clear: 'failed' });
    expect(said).toContain('posted');
    expect(said).toContain('holdCredentials: GenericError');
    for (const [name, secret] of Object.entries(SECRETS)) {
      expect(said.includes(secret), name).toBe(false);
    }
  });

  test('of one that the caller has to fix', async () => {
    fillPage();
    const returnTo = `https://elsewhere.example/?access_token=${accessToken}&code=${refreshToken}`;
    const allowedLogoutUrls = [`https://app.example/bye?code=${refreshToken}`];

    const { said } = await everythingSaid({ auth0Client, allowedLogoutUrls }, { returnTo });

    expect(said).toContain('return_to_not_allowed');
    for (const [name, secret] of Object.entries(SECRETS)) {
      expect(said.includes(secret), name).toBe(false);
    }
  });
});
