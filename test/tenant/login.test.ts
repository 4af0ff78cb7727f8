import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { claimsOf, sessionsOf } from './http-browser.js';
import { origin, startTestTenant } from './setup.js';
import type { TestTenant } from './setup.js';

let tenant: TestTenant;
beforeAll(async () => void (tenant = await startTestTenant({ accessTokenTtl: 90 })));
afterAll(() => tenant.stop());

test('a database user logs in with one button', async () => {
  const { callback, tokens } = await tenant.login();
  expect(callback.url.href).toMatch(`${origin}/callback?`);
  expect(callback.url.searchParams.get('state')).toBe('the-state');
  expect(claimsOf(tokens.id_token)).toMatchObject({
    iss: `${tenant.tenantUrl}/`,
    aud: 'demo-app',
    nonce: 'the-nonce',
    sub: 'auth0|ada',
    name: 'Ada Lovelace',
    email: 'ada@example.com',
    sid: expect.stringMatching(/./),
  });
});

test('a user of the identity provider logs in there, and the tenant learns who it is', async () => {
  const { callback, tokens, browser } = await tenant.login('Grace Hopper');
  expect(callback.way.some((url) => url.startsWith(`${tenant.idpUrl}/auth`))).toBe(true);
  expect(claimsOf(tokens.id_token)).toMatchObject({
    sub: 'oidc|example-idp|grace',
    name: 'Grace Hopper',
    email: 'grace@example.com',
  });
  expect(await sessionsOf(browser, tenant)).toEqual({ tenant: true, idp: true });
});

test('the two servers share a host and no cookie', async () => {
  const { browser } = await tenant.login('Grace Hopper');
  const names = browser.cookieNames();
  const port = (url: string) => new URL(url).port;
  expect(names).toContain(`tenant_${port(tenant.tenantUrl)}`);
  expect(names).toContain(`idp_${port(tenant.idpUrl)}`);
});

test('a second application is logged in without asking, with a sid of its own', async () => {
  const { browser, tokens } = await tenant.login();
  const second = tenant.newApp('demo-app-2');
  const { url } = await browser.open(second.authorizeUrl());
  const { sub, aud, sid } = claimsOf((await second.exchange(url)).id_token);
  expect({ sub, aud }).toEqual({ sub: 'auth0|ada', aud: 'demo-app-2' });
  expect(sid).not.toBe(claimsOf(tokens.id_token)['sid']);
});

test('prompt=login asks again in spite of a session', async () => {
  const { browser, app } = await tenant.login();
  const page = await browser.open(app.authorizeUrl({ prompt: 'login' }));
  expect(page.url.origin).toBe(tenant.tenantUrl);
  const { url } = await browser.press(page, 'Log in as Ada Lovelace');
  expect(claimsOf((await app.exchange(url)).id_token)).toMatchObject({ sub: 'auth0|ada' });
});

test('another person who logs in takes the browser over, and no token of the first dies', async () => {
  const { browser, app, tokens } = await tenant.login();
  const page = await browser.open(app.authorizeUrl({ prompt: 'login' }));
  const { url } = await browser.press(page, 'Log in as Alan Turing');
  const second = await app.exchange(url);
  expect(claimsOf(second.id_token)['sub']).toBe('auth0|alan');
  expect(claimsOf(second.id_token)['sid']).not.toBe(claimsOf(tokens.id_token)['sid']);
  expect(tenant.control.isRefreshTokenAlive(tokens.refresh_token ?? '')).toBe(true);
});

test('prompt=none without a session answers login_required', async () => {
  const { url } = await tenant.newBrowser().open(tenant.newApp().authorizeUrl({ prompt: 'none' }));
  expect(url.searchParams.get('error')).toBe('login_required');
});

describe('in a silent iframe', () => {
  const silent = { prompt: 'none', response_mode: 'web_message', redirect_uri: origin };

  test('a session answers with a code, in a message to the application alone', async () => {
    const { browser, app } = await tenant.login();
    const { status, text } = await browser.open(app.authorizeUrl(silent));
    expect(status).toBe(200);
    expect(text).toMatch(/"code":"[^"]+","state":"the-state"/);
    expect(text).toContain(`"redirect_uri":"${origin}"`);
  });

  test('no session answers login_required, and no error to the browser', async () => {
    const { status, text } = await tenant.newBrowser().open(tenant.newApp().authorizeUrl(silent));
    expect(status).toBe(200);
    expect(text).toContain('"error":"login_required"');
  });
});

test.each([
  ['another origin', { redirect_uri: 'https://evil.example/callback' }],
  ['an origin that only begins alike', { redirect_uri: `${origin}.evil.example/` }],
  ['an unknown client', { client_id: 'demo-ap' }],
])('sends nobody to %s', async (_what, params) => {
  const page = await tenant.newBrowser().open(tenant.newApp().authorizeUrl(params));
  expect(page.status).toBe(400);
  expect(page.url.origin).toBe(tenant.tenantUrl);
});

test('login pages cannot be framed, and say whose they are', async () => {
  const page = await tenant.newBrowser().open(tenant.newApp().authorizeUrl());
  const response = await fetch(tenant.tenantUrl);
  expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  expect(page.text).toContain('stands in for Auth0');
});

describe('access tokens', () => {
  const userinfo = async (token: string) => {
    const response = await fetch(`${tenant.tenantUrl}/userinfo`, {
      headers: { authorization: `Bearer ${token}` },
    });
    return response.json();
  };

  test('with an audience, are JWTs for that API and for /userinfo', async () => {
    const { tokens } = await tenant.login('Ada Lovelace', { audience: 'https://api.example' });
    expect(claimsOf(tokens.access_token)).toMatchObject({
      iss: `${tenant.tenantUrl}/`,
      azp: 'demo-app',
      aud: ['https://api.example', `${tenant.tenantUrl}/userinfo`],
      sub: 'auth0|ada',
    });
    expect(await userinfo(tokens.access_token)).toMatchObject({ name: 'Ada Lovelace' });
  });

  test('take a word as an audience too', async () => {
    const { tokens } = await tenant.login('Ada Lovelace', { audience: 'my api' });
    expect(claimsOf(tokens.access_token)['aud']).toContain('my api');
  });

  test('without an audience, are opaque', async () => {
    const { tokens } = await tenant.login();
    expect(tokens.access_token).not.toContain('.');
    expect(await userinfo(tokens.access_token)).toMatchObject({ sub: 'auth0|ada' });
  });

  test('live as long as told', async () => {
    const { tokens } = await tenant.login();
    expect(tokens.expires_in).toBe(90);
  });
});
