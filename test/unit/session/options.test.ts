import { describe, expect, test, vi } from 'vitest';
import { createLogout } from '../../../src/create-logout.js';
import { configure, logout } from '../../../src/configure.js';
import { isLogoutError, LogoutError } from '../../../src/errors.js';
import type { LogoutConfig, LogoutOptions } from '../../../src/logout-types.js';
import {
  accessToken,
  clientId,
  domain,
  idToken,
  ownKey,
  startSession,
  stepOf,
  stored,
} from './page-session.js';

const never = (): Promise<never> => new Promise(() => undefined);
/** Opens the logout address elsewhere, so that this page stays. */
const opened = (): { openUrl: (url: string) => void; urls: URL[] } => {
  const urls: URL[] = [];
  return { urls, openUrl: (url) => void urls.push(new URL(url)) };
};
const everything = (): string =>
  JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]);

describe('a signal', () => {
  test('that was given before cancels, and nothing has changed', async () => {
    localStorage.setItem('token', accessToken);
    document.cookie = 'auth0.cid.is.authenticated=1;path=/';
    const client = { logout: vi.fn<() => void>(), revokeRefreshToken: vi.fn<() => void>() };
    const held = vi.fn<() => void>();
    const session = startSession({ auth0Client: client });
    session.holdCredentials(held);
    const { urls, openUrl } = opened();
    await Promise.resolve();
    const before = everything();

    const result = await session.logout({ signal: AbortSignal.abort(), openUrl });

    expect(result).toMatchObject({
      status: 'cancelled',
      sessions: { application: 'kept', auth0: 'kept', identityProvider: 'kept' },
      steps: [{ name: 'ask', status: 'skipped' }],
    });
    expect(everything()).toBe(before);
    expect([client.logout, client.revokeRefreshToken, held].map((f) => f.mock.calls)).toEqual([
      [],
      [],
      [],
    ]);
    expect(urls).toEqual([]);
    expect(session.events).toEqual([]);
    expect(session.nextLogin()).toEqual({});
  });

  test('given while the client is still asked who the user is cancels too', async () => {
    const controller = new AbortController();
    const getIdTokenClaims = async (): Promise<object> => {
      controller.abort();
      return { sub: 'auth0|1' };
    };
    const auth0Client = { logout: vi.fn<() => void>(), getIdTokenClaims };
    const session = startSession({ auth0Client });

    const result = await session.logout({ federated: true, signal: controller.signal });

    expect(result.status).toBe('cancelled');
    expect(auth0Client.logout).not.toHaveBeenCalled();
  });

  test('given while work is being saved cancels at once', async () => {
    const controller = new AbortController();
    const save = vi.fn(never);
    const session = startSession({ confirmUnsavedWork: () => 'save', stepTimeoutMs: 3_600_000 });
    session.guardUnsavedWork({ label: 'Letter', isDirty: () => true, save });
    const logout = session.logout({ localOnly: true, signal: controller.signal });
    await vi.waitFor(() => expect(save).toHaveBeenCalled(), 10_000);

    controller.abort();

    // Long before the step's time is over: this test has less.
    expect(await logout).toMatchObject({ status: 'cancelled' });
  });

  test('given after the point of no return stops nothing', async () => {
    const controller = new AbortController();
    const session = startSession();
    session.holdCredentials(() => controller.abort());

    const result = await session.logout({ localOnly: true, signal: controller.signal });

    expect(result).toMatchObject({ status: 'stayed', sessions: { application: 'ended' } });
  });

  test('that cancelled does not stand in the way of the next logout', async () => {
    const session = startSession();
    await session.logout({ signal: AbortSignal.abort() });

    const result = await session.logout({ localOnly: true });

    expect(result.sessions.application).toBe('ended');
  });
});

describe('openUrl', () => {
  test.each<[what: string, openUrl: () => void | Promise<void>]>([
    ['returns', () => undefined],
    ['resolves', async () => undefined],
  ])('that %s has left', async (_what, openUrl) => {
    const result = await startSession().logout({ openUrl });

    expect(result).toMatchObject({
      status: 'left',
      url: `https://${domain}/v2/logout?client_id=cid&returnTo=https%3A%2F%2Fapp.example%2Fbye`,
      sessions: { application: 'ended', auth0: 'requested', identityProvider: 'kept' },
    });
    expect(stepOf(result, 'leave').status).toBe('done');
  });

  test.each<[what: string, openUrl: () => Promise<void>, status: string]>([
    [
      'throws',
      () => {
        throw new Error(accessToken);
      },
      'failed',
    ],
    ['rejects', () => Promise.reject(new Error(accessToken)), 'failed'],
    [
      'rejects with an error that has no name',
      () => Promise.reject(Object.assign(new Error(accessToken), { name: '' })),
      'failed',
    ],
    ['never settles', never, 'timed-out'],
  ])('that %s has not left, and credentials are gone', async (_what, openUrl, status) => {
    localStorage.setItem('token', accessToken);

    const result = await startSession().logout({ openUrl, federated: true });

    expect(result).toMatchObject({
      status: 'stayed',
      sessions: { application: 'ended', auth0: 'kept', identityProvider: 'kept' },
    });
    expect(stepOf(result, 'leave').status).toBe(status);
    expect(JSON.stringify(result)).not.toContain(accessToken);
    expect(stored(localStorage)).toEqual({});
  });

  test('is called once, after everything was cleared', async () => {
    localStorage.setItem('token', accessToken);
    const seen: unknown[] = [];
    const openUrl = (): void => void seen.push(stored(localStorage));

    await startSession().logout({ openUrl });

    expect(seen).toEqual([{}]);
  });
});

describe('logging out again goes through', () => {
  test.each<[what: string, first: LogoutOptions]>([
    ['a logout of the application alone', { localOnly: true }],
    ['openUrl', { openUrl: () => undefined }],
    ['an openUrl that failed', { openUrl: () => Promise.reject(new Error()) }],
  ])('after %s', async (_what, first) => {
    const session = startSession();
    await session.logout(first);
    localStorage.setItem('token', accessToken);
    const { urls, openUrl } = opened();

    const result = await session.logout({ openUrl });

    expect(result.status).toBe('left');
    expect(urls).toHaveLength(1);
    expect(stored(localStorage)).toEqual({});
    expect(session.events).toHaveLength(2);
  });

  test('and has nothing to do with one at the same time that was refused', async () => {
    const session = startSession();

    const refused = session.logout({ returnTo: 'javascript:' });
    const mine = session.logout({ localOnly: true });

    await expect(refused).rejects.toMatchObject({ code: 'invalid_return_to' });
    expect((await mine).sessions.application).toBe('ended');
  });

  test('but calls at the same time share one', async () => {
    const session = startSession();
    const { urls, openUrl } = opened();

    const [one, two] = await Promise.all([
      session.logout({ openUrl, reason: 'idle' }),
      session.logout({ localOnly: true, reason: 'forced' }),
    ]);

    expect(two).toBe(one);
    expect(one.reason).toBe('idle');
    expect(urls).toHaveLength(1);
    expect(session.events).toEqual([{ reason: 'idle', from: 'this-tab' }]);
  });
});

test('a logout of the application alone asks nobody and warns of no address', async () => {
  const session = startSession({ returnTo: undefined as never, auth0Client: { logout() {} } });

  const result = await session.logout({ localOnly: true });

  expect(result).toEqual({
    status: 'stayed',
    url: null,
    reason: 'user',
    sessions: { application: 'ended', auth0: 'kept', identityProvider: 'kept' },
    steps: expect.anything() as unknown,
    warnings: [],
  });
  expect(stepOf(result, 'leave').status).toBe('skipped');
  expect(session.warnings).toEqual([]);
});

describe('at /oidc/logout', () => {
  const logOut = async (
    options: LogoutOptions,
    config: Partial<LogoutConfig> = {},
  ): Promise<Record<string, string>> => {
    const { urls, openUrl } = opened();
    await startSession({ endpoint: 'oidc', ...config }).logout({ openUrl, ...options });
    expect(urls[0]!.pathname).toBe('/oidc/logout');
    return Object.fromEntries(urls[0]!.searchParams);
  };
  const basics = {
    client_id: clientId,
    post_logout_redirect_uri: 'https://app.example/bye',
    state: expect.stringMatching(/^\d{9,}$/) as string,
  };

  test.each<[what: string, options: LogoutOptions, params: object]>([
    ['a state that nobody can guess', {}, {}],
    ['the state that was given', { state: 's 1' }, { state: 's 1' }],
    ['the ID token that was given', { idTokenHint: idToken }, { id_token_hint: idToken }],
    ['the session that was given', { logoutHint: 'sid2' }, { logout_hint: 'sid2' }],
    ['languages', { uiLocales: 'de-AT de' }, { ui_locales: 'de-AT de' }],
    ['a list of languages', { uiLocales: ['de-AT', 'de'] }, { ui_locales: 'de-AT de' }],
  ])('%s is sent', async (_what, options, params) => {
    expect(await logOut(options)).toEqual({ ...basics, ...params });
  });

  test('the session of the client is sent, when no hint was given', async () => {
    const auth0Client = { logout() {}, getIdTokenClaims: async () => ({ sid: 'sid1' }) };

    expect(await logOut({}, { auth0Client })).toEqual({ ...basics, logout_hint: 'sid1' });
    expect(await logOut({ idTokenHint: idToken }, { auth0Client })).toEqual({
      ...basics,
      id_token_hint: idToken,
    });
  });

  test.each<[what: string, getIdTokenClaims: () => unknown]>([
    ['hangs', never],
    ['throws', () => JSON.parse('no')],
    ['knows nobody', () => undefined],
  ])('a client that %s holds nothing up', async (_what, getIdTokenClaims) => {
    const auth0Client = { logout() {}, getIdTokenClaims };

    expect(await logOut({}, { auth0Client })).toEqual(basics);
  });

  test('two logouts do not share their state', async () => {
    const [one, two] = [await logOut({}), await logOut({})];
    expect(one['state']).not.toBe(two['state']);
  });
});

describe('a logout at /oidc/logout that was stopped', () => {
  test('names the session again when it is asked for again, and never after a new login', async () => {
    let claims: object | undefined = { sid: 'sid1' };
    const auth0Client = {
      logout: () => (claims = undefined),
      getIdTokenClaims: async () => claims,
    };
    const session = startSession({ endpoint: 'oidc', auth0Client });
    const hints: (string | null)[] = [];
    const openUrl = (url: string): void => {
      hints.push(new URL(url).searchParams.get('logout_hint'));
      throw new Error('blocked');
    };

    for (let i = 0; i < 2; i++) await session.logout({ openUrl });
    expect(hints).toEqual(['sid1', 'sid1']);

    session.loggedIn();
    await session.logout({ openUrl });
    expect(hints[2]).toBeNull();
  });
});

test.each(['true', 1])(
  'federated that is not true (%j) is neither sent nor said to be',
  async (word) => {
    const { urls, openUrl } = opened();

    const result = await startSession().logout({ openUrl, federated: word as never });

    expect(urls[0]!.searchParams.has('federated')).toBe(false);
    expect(result.sessions).toMatchObject({ auth0: 'requested', identityProvider: 'kept' });
    expect(result.warnings).toContainEqual(expect.stringMatching(/federated must be true/));
  },
);

test('a session id that is no text is left out', async () => {
  const { urls, openUrl } = opened();
  const auth0Client = { logout() {}, getIdTokenClaims: () => ({ sid: 5 }) };

  await startSession({ endpoint: 'oidc', auth0Client }).logout({ openUrl, logoutHint: '' });

  expect(urls[0]!.searchParams.has('logout_hint')).toBe(false);
});

test('a user id that is no text holds nothing up', async () => {
  const { urls, openUrl } = opened();
  // Nothing makes a text of it.
  const auth0Client = {
    logout() {},
    getIdTokenClaims: () => ({ sub: Object.create(null) as null }),
  };

  const result = await startSession({ auth0Client }).logout({ openUrl });

  expect(urls).toHaveLength(1);
  expect(result).toMatchObject({ status: 'left', sessions: { application: 'ended' } });
});

describe('a logout that asks nobody', () => {
  /** A session with work at stake, and a question about it that nobody answers. */
  const startWithWork = (config: Parameters<typeof startSession>[0] = {}) => {
    const asked = vi.fn(never);
    const session = startSession({ confirmUnsavedWork: asked, ...config });
    session.guardUnsavedWork({ label: 'Letter', isDirty: () => true });
    return { session, asked };
  };

  test.each<[when: string, getIdTokenClaims: () => unknown]>([
    ['in the same task', () => undefined],
    ['while the client is still asked who is there', never],
  ])('%s does not wait at the question of one that does', async (_when, getIdTokenClaims) => {
    const auth0Client = { logout() {}, getIdTokenClaims };
    const { session, asked } = startWithWork({ auth0Client });

    const byPerson = session.logout({ localOnly: true });
    const byForce = session.logout({ localOnly: true, reason: 'forced' });

    expect(await byForce).toMatchObject({ reason: 'forced', sessions: { application: 'ended' } });
    expect(await byPerson).toBe(await byForce);
    expect(asked).not.toHaveBeenCalled();
  });

  test('answers for the one whose question it takes back', async () => {
    const { session, asked } = startWithWork();
    const byPerson = session.logout({ localOnly: true });
    await vi.waitFor(() => expect(asked).toHaveBeenCalled(), 10_000);

    const byForce = session.logout({ localOnly: true, reason: 'expired' });

    expect(await byPerson).toMatchObject({ status: 'stayed', reason: 'expired' });
    expect(await byPerson).toBe(await byForce);
  });

  test('that is refused itself leaves the other its own answer', async () => {
    const { session, asked } = startWithWork();
    const byPerson = session.logout({ localOnly: true });
    await vi.waitFor(() => expect(asked).toHaveBeenCalled(), 10_000);

    const byForce = session.logout({ reason: 'forced', returnTo: 'javascript:' });

    await expect(byForce).rejects.toMatchObject({ code: 'invalid_return_to' });
    expect((await byPerson).status).toBe('cancelled');
  });

  test('does not wait at the question of one that takes the place of a refused one', async () => {
    const { session, asked } = startWithWork();

    const refused = session.logout({ returnTo: 'javascript:' });
    const byPerson = session.logout({ localOnly: true });
    const byForce = session.logout({ localOnly: true, reason: 'forced' });

    await expect(refused).rejects.toMatchObject({ code: 'invalid_return_to' });
    expect((await byForce).reason).toBe('forced');
    expect(await byPerson).toBe(await byForce);
    expect(asked).not.toHaveBeenCalled();
  });

  test('goes its own way where the one before was refused', async () => {
    const session = startSession();

    const refused = session.logout({ returnTo: 'javascript:' });
    const byForce = session.logout({ localOnly: true, reason: 'expired' });

    await expect(refused).rejects.toMatchObject({ code: 'invalid_return_to' });
    expect((await byForce).sessions.application).toBe('ended');
  });
});

test('a session that is disposed of takes its question back', async () => {
  const asked = vi.fn(never);
  const session = startSession({ confirmUnsavedWork: asked });
  session.guardUnsavedWork({ label: 'Letter', isDirty: () => true });
  const logout = session.logout({ localOnly: true });
  await vi.waitFor(() => expect(asked).toHaveBeenCalled(), 10_000);

  session.dispose();

  expect((await logout).status).toBe('cancelled');
});

describe('while a logout revokes, in another tab', () => {
  const said = (marker: object): unknown =>
    localStorage.setItem(
      ownKey,
      JSON.stringify({ ...(JSON.parse(localStorage.getItem(ownKey)!) as object), ...marker }),
    );

  test.each([
    ['has only begun, and all goes', Date.now(), {}],
    ['has completed, and what is shared is its own', 'done', { token: accessToken }],
  ])('a login %s', async (_what, login, left) => {
    localStorage.setItem('token', accessToken);
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const auth0Client = { logout() {}, revokeRefreshToken: () => said({ login }) };

    await startSession({ auth0Client }).logout({ localOnly: true });

    expect(stored(localStorage)).toEqual(left);
  });
});

describe('what the caller has to fix', () => {
  const table: ReadonlyArray<
    [code: string, says: RegExp, config: Partial<LogoutConfig>, options: LogoutOptions]
  > = [
    ['conflicting_options', /localOnly.*federated/, {}, { localOnly: true, federated: true }],
    [
      'conflicting_options',
      /serverLogoutUrl.*same origin/,
      { serverLogoutUrl: 'https://api.example/logout' },
      {},
    ],
    ['conflicting_options', /serverLogoutUrl/, { serverLogoutUrl: 'https://[' }, {}],
    ['conflicting_options', /serverLogoutUrl/, { serverLogoutUrl: 'data:,' }, {}],
    ['conflicting_options', /state.*oidc/, {}, { state: 's' }],
    ['conflicting_options', /idTokenHint.*oidc/, {}, { idTokenHint: idToken }],
    ['conflicting_options', /logoutHint.*oidc/, {}, { logoutHint: 'sid1' }],
    ['conflicting_options', /uiLocales.*oidc/, {}, { uiLocales: 'de' }],
    [
      'conflicting_options',
      /idTokenHint/,
      { endpoint: 'oidc' },
      { idTokenHint: idToken, logoutHint: 'sid2' },
    ],
    [
      'conflicting_options',
      /facebookAccessToken.*federated/,
      {},
      { facebookAccessToken: accessToken },
    ],
    ['conflicting_options', /clientId.*null/, { clientId: '' }, {}],
    ['conflicting_options', /endpoint.*"v2".*"oidc"/, { endpoint: 'v3' as 'v2' }, {}],
    ['conflicting_options', /reason.*user, idle/, {}, { reason: 'User' as 'user' }],
    ['conflicting_options', /openUrl.*function/, {}, { openUrl: '/bye' as never }],
    ['conflicting_options', /openUrl.*function/, {}, { openUrl: false as never }],
    ['conflicting_options', /signal.*AbortSignal/, {}, { signal: true as never }],
    ['conflicting_options', /signal.*AbortSignal/, {}, { signal: { aborted: false } as never }],
    [
      'conflicting_options',
      /idTokenHint.*string/,
      { endpoint: 'oidc' },
      { idTokenHint: [idToken] as never },
    ],
    [
      'conflicting_options',
      /auth0Client.*await/,
      { auth0Client: Promise.resolve({ logout() {} }) as never },
      {},
    ],
    ['conflicting_options', /audiences.*list/, { audiences: 'https://api.example' as never }, {}],
    ['conflicting_options', /audiences.*strings/, { audiences: [5 as never] }, {}],
    [
      'conflicting_options',
      /confirmUnsavedWork.*function/,
      { confirmUnsavedWork: 'save' as never },
      {},
    ],
    ['conflicting_options', /onOtherTabLogout.*function/, { onOtherTabLogout: '/' as never }, {}],
    ['conflicting_options', /onWarning.*function/, { onWarning: console as never }, {}],
    ['conflicting_options', /stepTimeoutMs/, { stepTimeoutMs: Infinity }, {}],
    ['conflicting_options', /stepTimeoutMs/, { stepTimeoutMs: NaN }, {}],
    ['conflicting_options', /stepTimeoutMs/, { stepTimeoutMs: '60' as never }, {}],
    ['conflicting_options', /stepTimeoutMs/, { stepTimeoutMs: 2 ** 31 - 1 }, {}],
    ['conflicting_options', /clear must/, { clear: null as never }, {}],
    ['conflicting_options', /clear\.tokens/, { clear: { tokens: 'all' as 'any' } }, {}],
    [
      'conflicting_options',
      /clear\.localStorage/,
      { clear: { localStorage: 'cart' as 'all' } },
      {},
    ],
    ['conflicting_options', /clear\.keep/, { clear: { keep: 'all' as never } }, {}],
    ['conflicting_options', /clear\.cookies/, { clear: { cookies: 'all' as never } }, {}],
    ['conflicting_options', /clear\.cookies/, { clear: { cookies: [{ path: '/' } as never] } }, {}],
    ['conflicting_options', /clear\.cookies/, { clear: { cookies: [/^sid/ as never] } }, {}],
    ['conflicting_options', /clear\.keep/, { clear: { keep: '' as never } }, {}],
    ['conflicting_options', /clear\.keep/, { clear: { keep: [{ name: 'x' } as never] } }, {}],
    [
      'conflicting_options',
      /clear\.localStorage must be all or a list/,
      { clear: { localStorage: [{ name: 'x' } as never] } },
      {},
    ],
    ['conflicting_options', /clear\.indexedDB/, { clear: { indexedDB: [/^app/ as never] } }, {}],
    ['conflicting_options', /clear\.caches/, { clear: { caches: [/^api/ as never] } }, {}],
    ['conflicting_options', /clear\.caches/, { clear: { caches: [undefined as never] } }, {}],
    ['conflicting_options', /clear\.localstorage/, { clear: { localstorage: 'all' } as never }, {}],
    ['invalid_domain', /domain/, { domain: `https://${domain}/?token=${accessToken}` }, {}],
    ['invalid_domain', /domain/, { domain: '' }, {}],
    ['invalid_return_to', /returnTo.*https:/, {}, { returnTo: `javascript:${accessToken}` }],
    [
      'invalid_return_to',
      /returnTo.*https:/,
      {},
      { returnTo: `https://${accessToken}@app.example/` },
    ],
    [
      'invalid_return_to',
      /returnTo/,
      { allowedLogoutUrls: ['https://*.app.example/bye'] },
      { returnTo: 'https://*.app.example/bye' },
    ],
    ['invalid_return_to', /returnTo/, {}, { returnTo: 'https://{organization_name}.app.example/' }],
    [
      'return_to_not_allowed',
      /allowedLogoutUrls.*Dashboard/,
      { allowedLogoutUrls: ['https://app.example/bye'] },
      { returnTo: `https://app.example/other?token=${accessToken}#id_token=${idToken}` },
    ],
    [
      'return_to_not_allowed',
      /https:\/\/app\.example\/magic\/\/link .*allowedLogoutUrls/,
      { allowedLogoutUrls: ['https://app.example/bye'] },
      { returnTo: `https://app.example/magic/${accessToken}/link?x=1` },
    ],
  ];

  test.each(table)(
    '%s says %s, holds no token, and comes first',
    async (code, says, config, options) => {
      localStorage.setItem('token', accessToken);
      const session = startSession(config);
      // What a session keeps of its own is there as soon as the script that made it has ended.
      await Promise.resolve();
      const before = everything();

      const error: unknown = await session.logout(options).then(
        () => 'resolved',
        (error: unknown) => error,
      );

      expect(error).toBeInstanceOf(LogoutError);
      expect(isLogoutError(error)).toBe(true);
      expect(error).toMatchObject({ code, message: expect.stringMatching(says) as string });
      const said = JSON.stringify([String(error), (error as Error).stack, session.warnings]);
      expect(said).not.toContain(accessToken);
      expect(said).not.toContain(idToken);
      expect(everything()).toBe(before);
      expect(session.events).toEqual([]);
    },
  );

  test.each<[what: string, says: string, config: Partial<LogoutConfig>]>([
    ['address', 'allowedLogoutUrls', { allowedLogoutUrls: ['https://other.example'] }],
    ['list', 'clear.cookies', { clear: { cookies: 'all' as never } }],
    ['client', 'auth0Client', { auth0Client: Promise.resolve() as never }],
  ])(
    'a configured %s that cannot work is told of before anybody logs out',
    async (_, says, config) => {
      const { warnings } = startSession(config);

      await vi.waitFor(() => expect(warnings).toEqual([expect.stringContaining(says)]));
    },
  );

  test.each([null, undefined])(
    'no configuration at all (%s) is one without a domain',
    async (none) => {
      const session = createLogout(none as never);
      vi.spyOn(console, 'warn').mockImplementation(() => undefined);

      await expect(session.logout()).rejects.toMatchObject({ code: 'invalid_domain' });
    },
  );

  test('no options at all are none', async () => {
    const offline = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
    const result = await startSession().logout(null as never);
    offline.mockRestore();

    expect(result).toMatchObject({ reason: 'user', sessions: { application: 'ended' } });
  });

  test.each(['not a host', 'tenant.eu.auth0.com/path', 42 as unknown as string])(
    'a domain that cannot be (%s) is told of, and breaks no page',
    async (domain) => {
      const session = startSession({ domain });

      await vi.waitFor(() =>
        expect(session.warnings).toEqual([expect.stringContaining('domain must')]),
      );
      expect(session.takeReceipt()).toBeNull();
      expect(session.nextLogin()).toEqual({});
      session.loggedIn();
      session.dispose();
    },
  );
});

describe('the page’s default session', () => {
  test('is asked for when there is none', async () => {
    await expect(logout({ returnTo: `/?token=${accessToken}` })).rejects.toMatchObject({
      name: 'LogoutError',
      code: 'not_configured',
      message: expect.stringContaining('configure(') as string,
    });
  });

  test('logs out with what it was configured with, the last word winning', async () => {
    const { urls, openUrl } = opened();
    const first = configure({ domain, clientId: 'first', onWarning: () => undefined });
    const dispose = vi.fn<() => void>();
    const second = configure({ domain, clientId: 'second', onWarning: dispose });

    await logout({ openUrl, returnTo: '/bye' });

    expect(second).not.toBe(first);
    expect(urls.map((url) => url.search)).toEqual([
      '?client_id=second&returnTo=https%3A%2F%2Fapp.example%2Fbye',
    ]);
    second.dispose();
    localStorage.removeItem(ownKey.replace(clientId, 'second'));
    sessionStorage.clear();
  });
});
