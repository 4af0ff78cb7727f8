import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { origin, startTestTenant } from './setup.js';
import type { TestTenant } from './setup.js';

let tenant: TestTenant;
beforeEach(async () => void (tenant = await startTestTenant()));
afterEach(() => tenant.stop());

const logOut = () => fetch(`${tenant.tenantUrl}/v2/logout`);

test('slow: a request waits as long as told', async () => {
  tenant.control.behave('/v2/logout', { delayMs: 80 });
  const start = performance.now();
  expect((await logOut()).status).toBe(200);
  expect(performance.now() - start).toBeGreaterThanOrEqual(79);
});

test('failing: a fixed status, readable by the application, and nothing done', async () => {
  const { app, tokens } = await tenant.login();
  tenant.control.behave('/oauth/token', { status: 503, error: 'temporarily_unavailable' });
  const response = await app.refresh(tokens.refresh_token ?? '');
  expect(response.status).toBe(503);
  expect(response.headers.get('access-control-allow-origin')).toBe('*');
  expect(await response.json()).toMatchObject({ error: 'temporarily_unavailable' });
  expect(tenant.control.isRefreshTokenAlive(tokens.refresh_token ?? '')).toBe(true);
});

test('failing so many times only', async () => {
  tenant.control.behave('/v2/logout', { status: 500, times: 2 });
  const statuses = [await logOut(), await logOut(), await logOut()].map(({ status }) => status);
  expect(statuses).toEqual([500, 500, 200]);
});

test.each([
  ['a request', 'request', 'nothing has been done', 0],
  ['a response', 'response', 'everything has been done', 3],
] as const)('hanging: %s is held until reset, and %3$s by then', async (_what, hold, _by, more) => {
  const { app, tokens } = await tenant.login();
  const before = tenant.control.issuedTokens().length;
  const issued = () => tenant.control.issuedTokens().length - before;
  tenant.control.behave('/oauth/token', { hang: true, hold });
  const asked = tenant.control.waitFor('/oauth/token');
  const refreshing = app.refresh(tokens.refresh_token ?? '');
  await asked;
  await logOut(); // the server goes on meanwhile
  await expect.poll(issued, { timeout: 10_000 }).toBe(more);
  tenant.control.reset();
  expect((await refreshing).status).toBe(200);
  expect(issued()).toBe(3);
});

test('what behave() returns ends that behaviour alone', async () => {
  tenant.control.behave('/userinfo', { status: 500 });
  const asked = tenant.control.waitFor('/v2/logout');
  const release = tenant.control.behave('/v2/logout', { hang: true });
  const loggingOut = logOut();
  await asked;
  release();
  expect((await loggingOut).status).toBe(200);
  expect((await fetch(`${tenant.tenantUrl}/userinfo`)).status).toBe(500);
});

test('a client may give up on a server that hangs', async () => {
  tenant.control.behave('/v2/logout', { hang: true });
  const asked = tenant.control.waitFor('/v2/logout');
  const giveUp = new AbortController();
  const request = fetch(`${tenant.tenantUrl}/v2/logout`, { signal: giveUp.signal });
  await asked;
  giveUp.abort();
  await expect(request).rejects.toThrow('aborted');
});

test('stop() ends what hangs, what is slow and who waits', async () => {
  tenant.control.behave('/v2/logout', { hang: true });
  tenant.control.behave('/userinfo', { delayMs: 60_000 });
  const both = [tenant.control.waitFor('/v2/logout'), tenant.control.waitFor('/userinfo')];
  const requests = Promise.allSettled([logOut(), fetch(`${tenant.tenantUrl}/userinfo`)]);
  await Promise.all(both);
  const waiting = tenant.control.waitFor('/authorize');
  await tenant.stop();
  expect((await requests).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await expect(waiting).rejects.toThrow('stopped');
});

describe('what was asked', () => {
  test('is told with method, query and body keys, and never a token', async () => {
    const { app, tokens } = await tenant.login();
    tenant.control.forget();
    await app.revoke(tokens.refresh_token ?? '', 'json');
    await fetch(`${tenant.tenantUrl}/v2/logout?federated&access_token=secret&returnTo=${origin}/`, {
      redirect: 'manual',
    });
    await fetch(`${tenant.tenantUrl}/oidc/logout?id_token_hint=${tokens.id_token}`);
    const requests = tenant.control.requests();
    expect(requests).toMatchObject([
      {
        method: 'POST',
        path: '/oauth/revoke',
        bodyKeys: ['client_id', 'token', 'token_type_hint'],
        clientId: 'demo-app',
      },
      {
        method: 'GET',
        path: '/v2/logout',
        search: `?federated&access_token=(hidden)&returnTo=${origin}/`,
        query: { federated: '', access_token: '(hidden)', returnTo: `${origin}/` },
        bodyKeys: [],
      },
      { path: '/oidc/logout', query: { id_token_hint: '(hidden)' } },
    ]);
    expect(JSON.stringify(requests)).not.toMatch(/eyJ|secret/);
  });

  test('of the identity provider is told apart', async () => {
    await tenant.login('Grace Hopper');
    const paths = tenant.control.idp.requests().map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining(['/auth', '/token']));
    expect(tenant.control.requests().map(({ path }) => path)).not.toContain('/auth');
  });
});

test('sessions can be listed, and ended as an administrator would', async () => {
  const { browser, app } = await tenant.login('Grace Hopper');
  expect(tenant.control.sessions()).toEqual({ tenant: ['oidc|example-idp|grace'], idp: ['grace'] });
  tenant.control.endSessions('tenant');
  expect(tenant.control.sessions()).toEqual({ tenant: [], idp: ['grace'] });
  const { url } = await browser.open(app.authorizeUrl({ prompt: 'none' }));
  expect(url.searchParams.get('error')).toBe('login_required');
});

describe('for the demo page', () => {
  const post = (body: object, headers: Record<string, string>) =>
    fetch(`${tenant.tenantUrl}/__control`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });

  test('POST /__control makes it behave and tells what was asked', async () => {
    const response = await post({ action: 'behave', path: '/v2/logout', status: 503 }, { origin });
    expect(response.headers.get('access-control-allow-origin')).toBe(origin);
    expect((await logOut()).status).toBe(503);
    const { requests } = (await (await post({ action: 'reset' }, { origin })).json()) as {
      requests: object[];
    };
    expect(requests).toMatchObject([{ path: '/v2/logout' }]);
    expect((await logOut()).status).toBe(200);
  });

  test.each([{ origin: 'https://evil.example' }, {}])(
    'POST /__control does nothing for %o',
    async (headers) => {
      const body = { action: 'behave', path: '/v2/logout', status: 503 };
      const response = await post(body, headers as Record<string, string>);
      expect(response.ok).toBe(false);
      expect((await logOut()).status).toBe(200);
    },
  );

  test('GET /__session says who is logged in, to listed origins', async () => {
    const { browser } = await tenant.login('Grace Hopper');
    const ask = (server: string, from: string) =>
      browser.request(`${server}/__session`, { headers: { origin: from } });
    const fromTenant = await ask(tenant.tenantUrl, origin);
    expect(fromTenant.headers.get('access-control-allow-credentials')).toBe('true');
    expect(await fromTenant.json()).toEqual({
      alive: true,
      user: { name: 'Grace Hopper', sub: 'oidc|example-idp|grace' },
    });
    expect(await (await ask(tenant.idpUrl, origin)).json()).toEqual({
      alive: true,
      user: { name: 'Grace Hopper', sub: 'grace' },
    });
    const denied = await ask(tenant.tenantUrl, 'https://evil.example');
    expect(denied.status).toBe(403);
    expect(denied.headers.get('access-control-allow-origin')).toBeNull();
  });
});
