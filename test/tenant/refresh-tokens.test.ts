import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Tokens } from './http-browser.js';
import { origin, startTestTenant } from './setup.js';
import type { TestTenant } from './setup.js';

let tenant: TestTenant;
beforeAll(async () => void (tenant = await startTestTenant()));
afterAll(() => tenant.stop());

const isAlive = (token: string | undefined) => tenant.control.isRefreshTokenAlive(token ?? '');

async function loggedIn(params?: Record<string, string>) {
  const { app, tokens, browser } = await tenant.login('Ada Lovelace', params);
  return { app, browser, refreshToken: tokens.refresh_token ?? '' };
}

test('are issued for offline_access only', async () => {
  const { tokens } = await tenant.login('Ada Lovelace', { scope: 'openid' });
  expect(tokens.refresh_token).toBeUndefined();
});

describe.each(['form', 'json'] as const)('asked with a %s body', (as) => {
  test('rotate: the new one lives, the old one is used up', async () => {
    const { app, refreshToken } = await loggedIn();
    const response = await app.refresh(refreshToken, as);
    const next = (await response.json()) as Tokens;
    expect(response.status).toBe(200);
    expect(response.headers.get('access-control-allow-origin')).toBe(origin);
    expect(next.id_token).toMatch(/\./);
    expect(isAlive(refreshToken)).toBe(false);
    expect(isAlive(next.refresh_token)).toBe(true);
  });

  test('are refused once revoked', async () => {
    const { app, refreshToken } = await loggedIn();
    expect((await app.revoke(refreshToken, as)).status).toBe(200);
    expect(isAlive(refreshToken)).toBe(false);
    const response = await app.refresh(refreshToken, as);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error: 'invalid_grant' });
  });
});

test('one that is used twice takes its whole family with it', async () => {
  const { app, refreshToken } = await loggedIn();
  const { refresh_token: second } = (await (await app.refresh(refreshToken)).json()) as Tokens;
  expect((await app.refresh(refreshToken)).status).toBe(400);
  expect(isAlive(second)).toBe(false);
});

test('one of another audience outlives a revocation', async () => {
  const { app, browser, refreshToken } = await loggedIn();
  const { url } = await browser.open(app.authorizeUrl({ audience: 'https://api.example' }));
  const { refresh_token: other } = await app.exchange(url);
  await app.revoke(refreshToken);
  expect(isAlive(refreshToken)).toBe(false);
  expect(isAlive(other)).toBe(true);
});

test('revoking what is not a token answers 200 (RFC 7009)', async () => {
  expect((await tenant.newApp().revoke('no-such-token')).status).toBe(200);
});

test('another application cannot revoke one', async () => {
  const { refreshToken } = await loggedIn();
  await tenant.newApp('demo-app-2').revoke(refreshToken);
  expect(isAlive(refreshToken)).toBe(true);
});

test('a page of an unlisted origin cannot use one', async () => {
  const { refreshToken } = await loggedIn();
  const response = await fetch(`${tenant.tenantUrl}/oauth/token`, {
    method: 'POST',
    headers: { origin: 'https://evil.example' },
    body: new URLSearchParams({
      grant_type: 'refresh_token',
      client_id: 'demo-app',
      refresh_token: refreshToken,
    }),
  });
  expect(response.status).toBe(400);
  expect(response.headers.get('access-control-allow-origin')).toBeNull();
  expect(isAlive(refreshToken)).toBe(true);
});

test('every token ever issued is told to tests', async () => {
  const { tokens } = await tenant.login();
  const values = tenant.control.issuedTokens().map(({ value }) => value);
  expect(values).toEqual(
    expect.arrayContaining([tokens.access_token, tokens.id_token, tokens.refresh_token]),
  );
});
