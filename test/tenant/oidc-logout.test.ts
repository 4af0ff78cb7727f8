import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { claimsOf, sessionsOf } from './http-browser.js';
import { startTestTenant } from './setup.js';
import type { TestTenant } from './setup.js';

const byeUrl = 'https://app.example/bye?lang=en';
const tenantByeUrl = 'https://tenant.example/bye';

let tenant: TestTenant;
beforeAll(async () => {
  tenant = await startTestTenant({
    clients: [
      { clientId: 'demo-app', allowedLogoutUrls: [byeUrl] },
      { clientId: 'demo-app-2', allowedLogoutUrls: [] },
    ],
    tenantLogoutUrls: tenantByeUrl,
  });
});
afterAll(() => tenant.stop());

type Login = Awaited<ReturnType<TestTenant['login']>>;
type Query = Record<string, string>;

async function loggedIn(who?: 'Grace Hopper') {
  const login = await tenant.login(who);
  const idToken = login.tokens.id_token;
  return { ...login, idToken, sid: String(claimsOf(idToken)['sid']) };
}

function logOut({ browser }: Pick<Login, 'browser'>, query: Query, method = 'GET') {
  const url = `${tenant.tenantUrl}/oidc/logout`;
  const params = new URLSearchParams(query);
  return method === 'GET'
    ? browser.open(`${url}?${params}`)
    : browser.open(url, { method, body: params });
}

describe.each(['GET', 'POST'])('%s', (method) => {
  test('with an id_token_hint ends the session without asking, and returns the state', async () => {
    const login = await loggedIn();
    const { url } = await logOut(
      login,
      {
        id_token_hint: login.idToken,
        client_id: 'demo-app',
        logout_hint: login.sid,
        post_logout_redirect_uri: byeUrl,
        state: 'a&b',
        ui_locales: 'de en',
      },
      method,
    );
    expect(url.href).toBe(`${byeUrl}&state=a%26b`);
    expect(await sessionsOf(login.browser, tenant)).toMatchObject({ tenant: false });
    expect(tenant.control.isRefreshTokenAlive(login.tokens.refresh_token ?? '')).toBe(true);
  });

  test('with logout_hint and client_id does the same', async () => {
    const login = await loggedIn();
    const query = {
      logout_hint: login.sid,
      client_id: 'demo-app',
      post_logout_redirect_uri: byeUrl,
    };
    const { url } = await logOut(login, query, method);
    expect(url.href).toBe(byeUrl);
    expect(await sessionsOf(login.browser, tenant)).toMatchObject({ tenant: false });
  });

  test('without a hint asks, and Yes logs out', async () => {
    const login = await loggedIn();
    const page = await logOut(login, { client_id: 'demo-app' }, method);
    expect(page.text).toContain('did not say who you are');
    expect(await sessionsOf(login.browser, tenant)).toMatchObject({ tenant: true });
    await login.browser.press(page, 'Yes, log me out');
    expect(await sessionsOf(login.browser, tenant)).toMatchObject({ tenant: false });
  });
});

test('No changes nothing', async () => {
  const login = await loggedIn();
  const page = await logOut(login, {});
  const kept = /href="([^"]+)">No, stay logged in/.exec(page.text)?.[1] ?? '';
  const after = await login.browser.open(new URL(kept, page.url));
  expect(after.text).toContain('You are still logged in');
  expect(await sessionsOf(login.browser, tenant)).toMatchObject({ tenant: true });
});

test('a hint at somebody else’s session asks too', async () => {
  const other = await loggedIn();
  const login = await loggedIn();
  const page = await logOut(login, { id_token_hint: other.idToken });
  expect(page.text).toContain('did not say who you are');
});

test('without a session it goes straight on', async () => {
  const { idToken } = await loggedIn();
  const stranger = { browser: tenant.newBrowser() };
  const query = { id_token_hint: idToken, post_logout_redirect_uri: byeUrl };
  expect((await logOut(stranger, query)).url.href).toBe(byeUrl);
});

describe('which list counts', () => {
  test.each<[string, (login: { idToken: string; sid: string }) => Query, 'app' | 'tenant']>([
    ['id_token_hint', ({ idToken }) => ({ id_token_hint: idToken }), 'app'],
    ['logout_hint + client_id', ({ sid }) => ({ logout_hint: sid, client_id: 'demo-app' }), 'app'],
    ['logout_hint alone', ({ sid }) => ({ logout_hint: sid }), 'tenant'],
  ])('%s', async (_what, hints, list) => {
    const login = await loggedIn();
    const [allowed, refused] = list === 'app' ? [byeUrl, tenantByeUrl] : [tenantByeUrl, byeUrl];
    const stranded = await logOut(login, {
      ...hints(login),
      post_logout_redirect_uri: refused,
    });
    expect(stranded.status).toBe(400);
    expect(await sessionsOf(login.browser, tenant)).toMatchObject({ tenant: true });
    const { url } = await logOut(login, { ...hints(login), post_logout_redirect_uri: allowed });
    expect(url.href).toBe(allowed);
  });
});

test.each([
  'https://app.example/bye',
  'https://app.example/bye?lang=de',
  'https://app.example/bye?lang=en&x=1',
  'https://app.example/bye?lang=en#top',
])('compares the query exactly: %s is refused', async (uri) => {
  const login = await loggedIn();
  const query = { id_token_hint: login.idToken, post_logout_redirect_uri: uri };
  expect((await logOut(login, query)).status).toBe(400);
});

test.each<[string, (login: { idToken: string; sid: string }) => Query]>([
  ['client_id ≠ aud', ({ idToken }) => ({ id_token_hint: idToken, client_id: 'demo-app-2' })],
  ['logout_hint ≠ sid', ({ idToken }) => ({ id_token_hint: idToken, logout_hint: 'other' })],
  ['an ID token of nobody’s', ({ idToken }) => ({ id_token_hint: `${idToken}x` })],
  ['an unknown client', () => ({ client_id: 'demo-ap' })],
])('conflicting or wrong hints fail, and nothing ends: %s', async (_what, hints) => {
  const login = await loggedIn();
  expect((await logOut(login, hints(login))).status).toBe(400);
  expect(await sessionsOf(login.browser, tenant)).toMatchObject({ tenant: true });
});

test.each<[string, string, string, boolean]>([
  ['GET', 'federated', '', false],
  ['GET', 'federated', 'false', false],
  ['POST', 'federated', 'true', false],
  ['POST', 'federated', 'false', true],
  ['GET', 'unrelated', '', true],
])('%s with %s=%s leaves the identity provider alive: %4$s', async (method, name, value, alive) => {
  const login = await loggedIn('Grace Hopper');
  const query = {
    id_token_hint: login.idToken,
    post_logout_redirect_uri: byeUrl,
    state: 's',
    [name]: value,
  };
  const { url } = await logOut(login, query, method);
  expect(url.href).toBe(`${byeUrl}&state=s`);
  expect(await sessionsOf(login.browser, tenant)).toEqual({ tenant: false, idp: alive });
});
