import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sessionsOf } from './http-browser.js';
import { origin, startTestTenant } from './setup.js';
import type { TestTenant } from './setup.js';

const listed = [
  'https://app.example/bye',
  'https://*.wild.example/bye',
  'https://pre-*-post.affix.example/bye',
  'https://app.example:8443/bye',
  'auth0flutter://callback',
  'https://query.example/bye?lang=en',
];

let tenant: TestTenant;
beforeAll(async () => {
  tenant = await startTestTenant({
    clients: [
      { clientId: 'demo-app', allowedLogoutUrls: listed.join(', ') },
      { clientId: 'demo-app-2', allowedLogoutUrls: [] },
    ],
    tenantLogoutUrls: ['https://tenant.example/bye'],
  });
});
afterAll(() => tenant.stop());

const logoutUrl = (query: Record<string, string> | string) =>
  `${tenant.tenantUrl}/v2/logout?${new URLSearchParams(query)}`;

/** Asks without a session; where it leads depends on the lists alone. */
async function ask(query: Record<string, string> | string) {
  const response = await fetch(logoutUrl(query), { redirect: 'manual' });
  const { status, headers } = response;
  return { status, location: headers.get('location'), text: await response.text() };
}

describe('an application’s list', () => {
  test.each([
    ['an exact entry', 'https://app.example/bye'],
    ['a query and a hash, which are ignored', 'https://app.example/bye?from=app#top'],
    ['an entry with a query, which is ignored too', 'https://query.example/bye'],
    ['scheme and host in capitals', 'HTTPS://APP.example/bye'],
    ['one level in a wildcard’s place', 'https://one.wild.example/bye'],
    ['a wildcard with affixes', 'https://pre-x1-post.affix.example/bye'],
    ['a port that is listed', 'https://app.example:8443/bye'],
    ['a custom scheme', 'auth0flutter://callback'],
  ])('allows %s', async (_what, returnTo) => {
    const { status, location } = await ask({ client_id: 'demo-app', returnTo });
    expect({ status, location }).toEqual({ status: 302, location: new URL(returnTo).href });
  });

  test.each([
    ['another host', 'https://evil.example/bye'],
    ['another path', 'https://app.example/by'],
    ['a longer path', 'https://app.example/bye/bye'],
    ['a path in capitals', 'https://app.example/BYE'],
    ['another scheme', 'http://app.example/bye'],
    ['a host that begins alike', 'https://app.example.evil.example/bye'],
    ['a host that ends alike', 'https://evil-app.example/bye'],
    ['two levels in a wildcard’s place', 'https://two.one.wild.example/bye'],
    ['nothing in a wildcard’s place', 'https://.wild.example/bye'],
    ['the host below a wildcard', 'https://wild.example/bye'],
    ['a wildcard taken literally', 'https://*.wild.example/bye'],
    ['an affix that is missing', 'https://pre-x1.affix.example/bye'],
    ['somebody else’s host in a wildcard’s place', 'https://evil.example/.wild.example/bye'],
    ['userinfo', 'https://app.example@evil.example/bye'],
    ['userinfo before a wildcard', 'https://evil@x.wild.example/bye'],
    ['a backslash', 'https://evil.example\\.wild.example/bye'],
    ['a line break', 'https://app.example/bye?x=\r\nSet-Cookie: a=b'],
    ['a script', 'javascript://app.example/bye'],
    ['no scheme', '//app.example/bye'],
    ['a path only', '/bye'],
    ['the tenant’s list', 'https://tenant.example/bye'],
    // What Auth0 leaves undocumented is refused here.
    ['a trailing slash', 'https://app.example/bye/'],
    ['a default port', 'https://app.example:443/bye'],
    ['a port beside a wildcard', 'https://one.wild.example:8443/bye'],
    ['an empty returnTo', ''],
  ])('refuses %s', async (_what, returnTo) => {
    const { status, location, text } = await ask({ client_id: 'demo-app', returnTo });
    expect({ status, location }).toEqual({ status: 400, location: null });
    expect(text).toContain('Allowed Logout URLs');
    expect(text).toContain('Whether you are still logged in, Auth0 does not say');
  });
});

test.each([
  ['without client_id, the tenant’s list counts', { returnTo: 'https://tenant.example/bye' }, 302],
  ['and not the application’s', { returnTo: 'https://app.example/bye' }, 400],
  ['an unknown client is an error', { client_id: 'demo-ap', returnTo: listed[0] ?? '' }, 400],
  ['a parameter given twice is an error', 'returnTo=https://a.example&returnTo=b', 400],
])('%s', async (_what, query, status) => {
  expect((await ask(query as Record<string, string>)).status).toBe(status);
});

test.each([
  ['neither client_id nor returnTo', {}],
  ['an application without a list', { client_id: 'demo-app-2' }],
])('%s: a bare OK page', async (_what, query) => {
  const { status, text } = await ask(query as Record<string, string>);
  expect(status).toBe(200);
  expect(text).toContain('<h1>OK</h1>');
});

test('client_id without returnTo leads to the first entry', async () => {
  expect(await ask({ client_id: 'demo-app' })).toMatchObject({ status: 302, location: listed[0] });
});

test('ends the session for every application, and revokes nothing', async () => {
  const { browser, app, tokens } = await tenant.login();
  const { url } = await browser.open(logoutUrl({ client_id: 'demo-app-2' }));
  expect(url.pathname).toBe('/v2/logout');
  expect(await sessionsOf(browser, tenant)).toEqual({ tenant: false, idp: false });
  expect(tenant.control.isRefreshTokenAlive(tokens.refresh_token ?? '')).toBe(true);
  const userinfo = await fetch(`${tenant.tenantUrl}/userinfo`, {
    headers: { authorization: `Bearer ${tokens.access_token}` },
  });
  expect(userinfo.status).toBe(200);
  expect((await app.refresh(tokens.refresh_token ?? '')).status).toBe(200);

  const again = await browser.open(tenant.newApp().authorizeUrl());
  expect(again.text).toContain('Log in as Ada Lovelace');
});

test('keeps the session when it refuses', async () => {
  const { browser } = await tenant.login();
  const stranded = await browser.open(
    logoutUrl({ client_id: 'demo-app', returnTo: 'https://evil.example/' }),
  );
  expect(stranded.status).toBe(400);
  expect(await sessionsOf(browser, tenant)).toMatchObject({ tenant: true });
});

test('by default an application lists /, /bye.html and its bare origin', async () => {
  const byDefault = await startTestTenant();
  const statuses = await Promise.all(
    ['/', '/bye.html', '', '/private.html'].map(async (path) => {
      const query = new URLSearchParams({ client_id: 'demo-app', returnTo: origin + path });
      const url = `${byDefault.tenantUrl}/v2/logout?${query}`;
      return (await fetch(url, { redirect: 'manual' })).status;
    }),
  );
  await byDefault.stop();
  expect(statuses).toEqual([302, 302, 302, 400]);
});
