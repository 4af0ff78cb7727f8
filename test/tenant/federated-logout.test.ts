import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { claimsOf, sessionsOf } from './http-browser.js';
import { origin, startTestTenant } from './setup.js';
import type { TestTenant } from './setup.js';

let tenant: TestTenant;
beforeAll(async () => void (tenant = await startTestTenant()));
afterAll(() => tenant.stop());

const logoutUrl = (path: string, rest = '') =>
  `${tenant.tenantUrl}/v2/logout?client_id=demo-app&returnTo=${encodeURIComponent(origin + path)}${rest}`;

test('a plain logout leaves the identity provider alone: the next login asks nothing there', async () => {
  const { browser, app } = await tenant.login('Grace Hopper');
  const { url } = await browser.open(logoutUrl('/bye.html'));
  expect(url.href).toBe(`${origin}/bye.html`);
  expect(await sessionsOf(browser, tenant)).toEqual({ tenant: false, idp: true });

  const page = await browser.open(app.authorizeUrl());
  const callback = await browser.press(page, 'Continue with Example IdP');
  expect(claimsOf((await app.exchange(callback.url)).id_token)).toMatchObject({
    name: 'Grace Hopper',
  });
});

describe.each(['&federated', '&federated=', '&federated=false'])('with %s', (federated) => {
  test('both sessions end, and the user comes back to returnTo', async () => {
    const { browser, app } = await tenant.login('Grace Hopper');
    const { url, way } = await browser.open(logoutUrl('/bye.html?x=1#end', federated));
    expect(url.href).toBe(`${origin}/bye.html?x=1#end`);
    expect(way.some((address) => address.startsWith(tenant.idpUrl))).toBe(true);
    expect(way.join()).not.toMatch(/eyJ/); // no token in any address
    expect(await sessionsOf(browser, tenant)).toEqual({ tenant: false, idp: false });

    const page = await browser.open(app.authorizeUrl());
    const idpPage = await browser.press(page, 'Continue with Example IdP');
    expect(idpPage.url.origin).toBe(tenant.idpUrl);
    expect(idpPage.text).toContain('Log in as Grace Hopper');
  });
});

test('a database user has no identity provider to visit', async () => {
  const { browser } = await tenant.login();
  const { url, way } = await browser.open(logoutUrl('/', '&federated'));
  expect(url.href).toBe(`${origin}/`);
  expect(way).toHaveLength(2);
});

/** Goes as far as the identity provider, which has not answered yet. */
async function beginFederatedLogout(
  browser: Awaited<ReturnType<TestTenant['login']>>['browser'],
  path: string,
) {
  const response = await browser.request(logoutUrl(path, '&federated'));
  return response.headers.get('location') ?? '';
}

test('one logout URL per browser: a second logout takes the first one’s place', async () => {
  const { browser, app } = await tenant.login('Grace Hopper');
  const first = await beginFederatedLogout(browser, '/');
  const page = await browser.open(app.authorizeUrl());
  await browser.press(page, 'Continue with Example IdP');
  const second = await beginFederatedLogout(browser, '/bye.html');
  expect((await browser.open(first)).url.href).toBe(`${origin}/bye.html`);
  expect((await browser.open(second)).text).toContain('the way back to the application');
});

test('a login that ends in between loses the way back', async () => {
  const { browser, app } = await tenant.login('Grace Hopper');
  const way = await beginFederatedLogout(browser, '/');
  const page = await browser.open(app.authorizeUrl());
  await browser.press(page, 'Continue with Example IdP');
  const stranded = await browser.open(way);
  expect(stranded.url.href).toBe(`${tenant.tenantUrl}/logout`);
  expect(stranded.text).toContain('the way back to the application');
});

test('the callback of a login cannot be used in another browser', async () => {
  const victim = tenant.newBrowser();
  const attacker = tenant.newBrowser();
  const page = await attacker.open(tenant.newApp().authorizeUrl());
  const idpPage = await attacker.press(page, 'Continue with Example IdP');
  const done = await attacker.press(idpPage, 'Log in as Grace Hopper');
  const callback = done.way.find((url) => url.includes('/login/callback')) ?? '';
  expect((await victim.open(callback)).status).toBe(400);
  expect(await sessionsOf(victim, tenant)).toEqual({ tenant: false, idp: false });
});
