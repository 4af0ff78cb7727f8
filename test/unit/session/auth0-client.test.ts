import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Auth0ClientLike } from '../../../src/auth0-client/auth0-client.js';
import { accessToken, logOutHere, ownKey, startSession, stepOf, stored } from './page-session.js';

const never = (): Promise<never> => new Promise(() => undefined);
const fails = (): never => {
  throw new Error(`no ${accessToken}`);
};

type Subscribe = (
  observer: Record<'next' | 'error' | 'complete', (value?: unknown) => void>,
) => void;

/** A cold Observable, as rxjs makes it; auth0-angular's `logout` answers with one. */
const observable = (run: Subscribe) => ({ subscribe: vi.fn<Subscribe>(run) });

describe('the client’s own logout', () => {
  test('is asked to clear, and to open nothing', async () => {
    const logout = vi.fn<Auth0ClientLike['logout']>();

    await logOutHere({ auth0Client: { logout } });

    expect(logout.mock.calls).toEqual([[{ openUrl: false }]]);
  });

  test.each<[what: string, logout: () => unknown]>([
    ['a promise', async () => undefined],
    ['nothing', () => undefined],
    ['an Observable that ends', () => observable((to) => to.complete())],
    ['an Observable with a value and no end', () => observable((to) => to.next(1))],
    [
      'an Observable that ends later',
      () => observable((to) => queueMicrotask(() => to.complete())),
    ],
  ])('may answer with %s', async (_what, logout) => {
    const result = await logOutHere({ auth0Client: { logout } });

    expect(stepOf(result, 'clear').status).toBe('done');
    expect(result.sessions.application).toBe('ended');
  });

  test('is asked of a frozen client, too', async () => {
    const logout = vi.fn<Auth0ClientLike['logout']>();
    const getUser = vi.fn<() => unknown>();
    const auth0Client = Object.freeze({ logout, getUser });

    const result = await logOutHere({ auth0Client });

    expect(logout).toHaveBeenCalledOnce();
    expect(result.sessions.application).toBe('ended');
  });

  test('is subscribed to, because an Observable does nothing before', async () => {
    const answer = observable((to) => to.complete());

    await logOutHere({ auth0Client: { logout: () => answer } });

    expect(answer.subscribe).toHaveBeenCalledOnce();
  });

  test.each<[what: string, logout: () => unknown, status: string, error: string]>([
    ['throws', fails, 'failed', 'auth0Client: Error'],
    ['rejects', async () => fails(), 'failed', 'auth0Client: Error'],
    [
      'throws what is no error',
      () => Promise.reject({ token: accessToken }),
      'failed',
      'auth0Client: Error',
    ],
    ['hangs', never, 'timed-out', 'auth0Client: timed out'],
    [
      'answers with an Observable that fails',
      () => observable((to) => to.error(new TypeError(accessToken))),
      'failed',
      'auth0Client: TypeError',
    ],
    [
      'answers with an Observable that hangs',
      () => observable(() => undefined),
      'timed-out',
      'auth0Client: timed out',
    ],
  ])('that %s is reported, and the rest is cleared', async (_what, logout, status, error) => {
    localStorage.setItem('token', accessToken);
    const held = vi.fn<() => void>();
    const session = startSession({ auth0Client: { logout } });
    session.holdCredentials(held);

    const result = await session.logout({ localOnly: true });

    expect(stepOf(result, 'clear')).toMatchObject({ status, error });
    expect(result).toMatchObject({ status: 'stayed', sessions: { application: 'incomplete' } });
    expect(stored(localStorage)).toEqual({});
    expect(held).toHaveBeenCalled();
    expect(session.events).toEqual([{ reason: 'user', from: 'this-tab' }]);
  });
});

describe('refresh tokens', () => {
  const client = (revokeRefreshToken?: Auth0ClientLike['revokeRefreshToken']): Auth0ClientLike => ({
    logout: () => undefined,
    ...(revokeRefreshToken && { revokeRefreshToken }),
  });

  test('are revoked for the default audience and each given one, all at once', async () => {
    const asked: Array<string | undefined> = [];
    let answer!: () => void;
    const all = new Promise<void>((resolve) => (answer = resolve));
    const auth0Client = client((options) => {
      asked.push(options?.audience);
      if (asked.length === 3) answer();
      return all;
    });

    const result = await logOutHere({ auth0Client, audiences: ['https://a', 'https://b'] });

    expect(asked).toEqual([undefined, 'https://a', 'https://b']);
    expect(stepOf(result, 'revoke').status).toBe('done');
  });

  test('are revoked before the client forgets them', async () => {
    const calls: string[] = [];
    const auth0Client = {
      logout: () => void calls.push('logout'),
      revokeRefreshToken: async () => void calls.push('revoke'),
    };

    await logOutHere({ auth0Client });

    expect(calls).toEqual(['revoke', 'logout']);
  });

  test('of one audience fail, and the others are revoked all the same', async () => {
    const done: Array<string | undefined> = [];
    const auth0Client = client(async (options) => {
      if (options?.audience === 'https://a') fails();
      done.push(options?.audience);
    });

    const result = await logOutHere({ auth0Client, audiences: ['https://a', 'https://b'] });

    expect(done).toEqual([undefined, 'https://b']);
    expect(stepOf(result, 'revoke')).toMatchObject({
      status: 'failed',
      error: 'https://a: Error',
    });
    expect(result.sessions.application).toBe('ended');
  });

  test('of one audience hang, which holds nothing up, and the step says whose', async () => {
    const auth0Client = client(async (options) => {
      if (!options) await never();
      if (options?.audience === 'https://a') fails();
    });

    const result = await logOutHere({ auth0Client, audiences: ['https://a', 'https://b'] });

    expect(stepOf(result, 'revoke')).toMatchObject({
      status: 'timed-out',
      error: expect.stringMatching(
        /^(default: timed out; https:\/\/a: Error|https:\/\/a: Error; default: timed out)$/,
      ),
    });
    expect(stepOf(result, 'clear').status).toBe('done');
  });

  test.each([
    ['a client that cannot', client()],
    ['no client', undefined],
  ])('cannot be revoked with %s, and the step says so', async (_what, auth0Client) => {
    const result = await logOutHere({ ...(auth0Client && { auth0Client }) });

    expect(stepOf(result, 'revoke')).toMatchObject({ status: 'skipped' });
    expect(result.sessions.application).toBe('ended');
  });
});

test('a look for a session that is in flight, as auth0-vue begins one on load, brings nobody back', async () => {
  let answer = (): void => {};
  // The client behind it writes what comes, and is out of reach.
  const checkSession = async (): Promise<void> => {
    await new Promise<void>((resolve) => (answer = resolve));
    localStorage.setItem('@@auth0spajs@@::cid::@@user@@', accessToken);
  };
  const auth0Client = { logout() {}, checkSession };
  const session = startSession({ auth0Client });
  const looked = auth0Client.checkSession();

  const logout = session.logout({ localOnly: true });
  // It ends as if nobody had been found: a rejection would take the page elsewhere.
  await expect(looked).resolves.toBeUndefined();
  answer();
  const result = await logout;

  expect(stepOf(result, 'clear-again').status).toBe('done');
  expect(stored(localStorage)).toEqual({});
});

test('rejects no look for a session where a wrapper lets nobody write its isLoading', async () => {
  await logOutHere();
  const isLoading = Object.freeze({ value: true });
  const auth0Client = { logout() {}, isLoading, checkSession: () => Promise.reject(new Error()) };
  startSession({ auth0Client });

  await expect(auth0Client.checkSession()).resolves.toBeUndefined();
});

test('a client that cannot say whether somebody is logged in says no', async () => {
  const login = 'one';
  localStorage.setItem(
    ownKey,
    JSON.stringify({ id: login, reason: 'user', at: Date.now(), auth0: 'kept' }),
  );
  sessionStorage.setItem(ownKey, JSON.stringify({ seen: login, login }));
  localStorage.setItem('token', accessToken);

  const auth0Client = { logout() {}, isAuthenticated: fails };
  const asynchronous = { logout() {}, isAuthenticated: async () => fails() };
  const sessions = [auth0Client, asynchronous].map((auth0Client) => startSession({ auth0Client }));

  for (const session of sessions) expect(session.nextLogin()).toEqual({ prompt: 'login' });
});

test('a page that does not get to Auth0, and is not told so, can log in after ten seconds', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const loginWithRedirect = vi.fn(async () => undefined);
  const auth0Client = { logout() {}, loginWithRedirect };
  const session = startSession({ auth0Client });

  const logout = session.logout();
  await vi.advanceTimersByTimeAsync(9_900);
  expect((await logout).status).toBe('left');
  await expect(auth0Client.loginWithRedirect()).rejects.toMatchObject({ error: 'login_required' });
  await vi.advanceTimersByTimeAsync(200);
  await auth0Client.loginWithRedirect();

  expect(loginWithRedirect).toHaveBeenCalledOnce();
});

test('neither does a page for ever that goes to Auth0 for a logout that it found', async () => {
  const online = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
  await startSession().logout();
  online.mockRestore();
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const loginWithRedirect = vi.fn(async () => undefined);
  const auth0Client = { logout() {}, loginWithRedirect };
  startSession({ auth0Client });

  await vi.advanceTimersByTimeAsync(9_900);
  await expect(auth0Client.loginWithRedirect()).rejects.toMatchObject({ error: 'login_required' });
  await vi.advanceTimersByTimeAsync(200);
  await auth0Client.loginWithRedirect();

  expect(loginWithRedirect).toHaveBeenCalledOnce();
});

test("a framework's service that cannot revoke is warned of, a client is not", async () => {
  const warningsOf = async (auth0Client: object): Promise<string[]> => {
    const session = startSession({ auth0Client: { logout() {}, ...auth0Client } });
    // The steps are there, and have looked at it.
    await session.logout({ localOnly: true });
    return session.warnings;
  };

  expect(await warningsOf({ isAuthenticated$: {} })).toEqual([
    expect.stringContaining('hand in the Auth0Client'),
  ]);
  expect(await warningsOf({ isAuthenticated: () => true })).toEqual([]);
});

test('a client that hangs, with a call in flight that hangs as well, holds no step up for longer than its bound', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const auth0Client = { logout: never, getTokenSilently: never, revokeRefreshToken: never };
  const session = startSession({ auth0Client, stepTimeoutMs: 400 });
  void auth0Client.getTokenSilently().catch(() => undefined);

  const logout = session.logout({ localOnly: true });
  await vi.advanceTimersByTimeAsync(5_000);
  const { steps } = await logout;

  expect(steps.filter(({ status }) => status !== 'skipped' && status !== 'done')).toMatchObject([
    { name: 'revoke', status: 'timed-out' },
    { name: 'clear', status: 'timed-out' },
    { name: 'clear-again', status: 'timed-out' },
  ]);
  expect(Math.max(...steps.map(({ ms }) => ms))).toBeLessThanOrEqual(400);
});

test('claims that come as an Observable say who the user is', async () => {
  const claims = observable(({ next }) => next({ sub: 'auth0|1' }));
  const auth0Client = { logout: () => undefined, getIdTokenClaims: () => claims };
  const session = startSession({ auth0Client });

  const { warnings } = await session.logout({ federated: true, openUrl: () => undefined });

  expect(warnings).toEqual([expect.stringContaining('no identity provider')]);
});
