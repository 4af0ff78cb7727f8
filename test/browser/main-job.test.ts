import { describe, expect } from 'vitest';
import { appTest as test, cacheModes, isReady, logOut } from './app/test-app.js';
import type { Tab } from './driver/index.js';

/** Begins a login and says what the tenant makes of it. */
async function beginLogin(tab: Tab): Promise<void> {
  await tab.evaluate(() => void window.app.client.loginWithRedirect());
}

describe.each(cacheModes)('after logout() with %s', (mode) => {
  test('no token that the tenant ever issued can be found', async ({ app, context }) => {
    const tab = await app.open(context, mode);
    await app.logIn(tab);
    if (mode.startsWith('localstorage')) expect(await app.tokensIn(tab)).not.toEqual([]);

    await logOut(tab);

    expect(await app.tokensIn(tab)).toEqual([]);
    expect(await tab.evaluate(() => document.cookie)).toBe('');
    expect(await tab.text('#private')).toBe('Signed out');
  });

  test('a new login asks for credentials', async ({ app, context }) => {
    const tab = await app.open(context, mode);
    await app.logIn(tab);
    await logOut(tab);

    await beginLogin(tab);

    await tab.waitForElement('button:has-text("Ada")');
    expect(tab.url()).toContain(app.tenant.tenantUrl);
  });

  test('unrelated keys are as they were', async ({ app, context }) => {
    const tab = await app.open(context, mode);
    await app.logIn(tab);
    const jwt = await tab.evaluate(() => {
      const part = (json: object): string => btoa(JSON.stringify(json)).replace(/=/g, '');
      const other = { iss: 'https://other.example/', aud: 'demo-app' };
      const jwt = `${part({ alg: 'RS256' })}.${part(other)}.c2ln`;
      localStorage.setItem('theme', 'dark');
      localStorage.setItem('other-issuer', jwt);
      localStorage.setItem('@@auth0spajs@@::demo-app-2::default::openid', '{"body":{}}');
      sessionStorage.setItem('draft', '{"text":"half a letter"}');
      document.cookie = 'consent=yes; path=/';
      return jwt;
    });

    await logOut(tab);

    const after = await tab.evaluate(() => [
      localStorage.getItem('theme'),
      localStorage.getItem('other-issuer'),
      localStorage.getItem('@@auth0spajs@@::demo-app-2::default::openid'),
      sessionStorage.getItem('draft'),
      document.cookie,
    ]);
    expect(after).toEqual(['dark', jwt, '{"body":{}}', '{"text":"half a letter"}', 'consent=yes']);
  });
});

describe.each(['memory.rt', 'localstorage.rt'])('after logout() with %s', (mode) => {
  test('refresh tokens are refused', async ({ app, context }) => {
    const before = app.tenant.control.issuedTokens().length;
    const tab = await app.open(context, mode);
    await app.logIn(tab);

    await logOut(tab);

    const refreshTokens = app.tenant.control
      .issuedTokens()
      .slice(before)
      .filter(({ kind }) => kind === 'refresh');
    expect(refreshTokens).not.toEqual([]);
    for (const { value } of refreshTokens) {
      const answer = await fetch(`${app.tenant.tenantUrl}/oauth/token`, {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'refresh_token',
          client_id: 'demo-app',
          refresh_token: value,
        }),
      });
      expect(answer.status).toBe(400);
    }
  });
});

describe('the identity provider', () => {
  test('asks nothing at the next login after a plain logout', async ({ app, context }) => {
    const tab = await app.open(context, 'memory.rt');
    await app.logIn(tab, 'idp');
    await logOut(tab);

    await beginLogin(tab);
    await tab.click('button:has-text("Example IdP")');

    await isReady(tab, 'in');
    expect(await tab.text('#private')).toMatch(/^Signed in as /);
  });

  test('asks who is there after a federated logout', async ({ app, context }) => {
    const tab = await app.open(context, 'memory.rt');
    await app.logIn(tab, 'idp');
    await logOut(tab, { federated: true });

    await beginLogin(tab);
    await tab.click('button:has-text("Example IdP")');

    await tab.waitForElement('button:has-text("Grace")');
    expect(tab.url()).toContain(app.tenant.idpUrl);
  });
});

describe('a returnTo that is not listed', () => {
  test('rejects, and nothing has changed', async ({ app, context }) => {
    const tab = await app.open(context, 'localstorage.rt');
    await app.logIn(tab);
    const everything = (): Promise<string> =>
      tab.evaluate(() =>
        JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]),
      );
    const before = await everything();
    app.tenant.control.forget();

    const code = await tab.evaluate(() =>
      window.app.session.logout({ returnTo: 'https://elsewhere.example/' }).then(
        () => 'resolved',
        (error: { code: string }) => error.code,
      ),
    );

    expect(code).toBe('return_to_not_allowed');
    expect(await everything()).toBe(before);
    expect(app.tenant.control.requests()).toEqual([]);
    expect(await tab.evaluate(() => window.app.client.isAuthenticated())).toBe(true);
  });
});

describe('leaving', () => {
  test('puts the page that was left out of reach of Back', async ({ app, context }) => {
    const tab = await app.open(context, 'localstorage.rt');
    await app.logIn(tab);
    await tab.goto(`${app.url}/second?localstorage.rt`);
    await isReady(tab, 'in');
    await logOut(tab);

    await tab.back();

    // The page before the one that was left, and it has nobody's name on it any more.
    await isReady(tab, 'out');
    expect(tab.url()).toContain('/home');
    expect(await tab.text('#private')).toBe('Signed out');
  });

  test('goes to Auth0 once, however often it was asked for', async ({ app, context }) => {
    const tab = await app.open(context, 'memory.rt');
    await app.logIn(tab);
    app.tenant.control.forget();

    await tab.evaluate(() => {
      for (let i = 0; i < 3; i++) void window.app.session.logout();
    });
    await tab.waitForUrl(/\/bye\?/);

    const paths = app.tenant.control.requests().map(({ path }) => path);
    expect(paths.filter((path) => path === '/v2/logout')).toHaveLength(1);
    expect(paths.filter((path) => path === '/oauth/revoke')).toHaveLength(1);
  });

  test('goes by /oidc/logout without a question when the client knows its sid', async ({
    app,
    context,
  }) => {
    const tab = await app.open(context, 'memory.rt.oidc');
    await app.logIn(tab);

    await logOut(tab);

    const request = app.tenant.control.requests().find(({ path }) => path === '/oidc/logout');
    expect(request?.query).toMatchObject({ client_id: 'demo-app' });
    expect(request?.query).not.toHaveProperty('id_token_hint');
    await beginLogin(tab);
    await tab.waitForElement('button:has-text("Ada")');
  });
});

describe('a slow or failing revocation', () => {
  test.for([
    ['hangs', { hang: true }],
    ['fails', { status: 500 }],
  ] as const)('that %s holds nothing up', async ([, behaviour], { app, context }) => {
    const tab = await app.open(context, 'localstorage.rt');
    await app.logIn(tab);
    app.tenant.control.behave('/oauth/revoke', behaviour);

    try {
      const step = await tab.evaluate(async () => {
        const { steps } = await window.app.session.logout({ openUrl: () => {} });
        return steps.find(({ name }) => name === 'revoke');
      });
      expect(step?.status).toMatch(/^(failed|timed-out)$/);
      expect(await app.tokensIn(tab)).toEqual([]);
    } finally {
      app.tenant.control.reset();
    }
  });
});
