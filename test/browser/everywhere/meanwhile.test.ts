import { describe, expect } from 'vitest';
import { appTest as test, hasReturned, isReady, logOut } from '../app/test-app.js';
import { NOBODY } from './signed-out.js';
import { logsItsClientOut, openTwo, visitsIn } from './tabs.js';

const mode = 'localstorage.rt';

test.afterEach(({ app }) => app.tenant.control.reset());

describe('while a logout is under way', () => {
  test('one of the application alone in another tab does not keep it from being finished', async ({
    app,
    context,
  }) => {
    const { control } = app.tenant;
    const [tab, other] = await openTwo(app, context, mode, `${mode}.stay`);
    control.behave('/v2/logout', { hang: true });
    const asked = control.waitFor('/v2/logout');
    await tab.evaluate(() => void window.app.session.logout());
    await asked;
    await other.waitFor(() => window.app.events.length);

    await other.evaluate(() => window.app.session.logout({ localOnly: true }));
    // Auth0 has never answered.
    await tab.close({ beforeunload: true });
    control.reset();
    const next = await app.open(context, mode);

    await next.waitForUrl(/\/bye\?/);
  });

  test('a login in another tab that is only begun leaves no token where it was', async ({
    app,
    context,
  }) => {
    const { control } = app.tenant;
    const [tab, other] = await openTwo(app, context, `${mode}.stay`);
    await tab.evaluate(async () => {
      localStorage.setItem('mine', (await window.app.client.getIdTokenClaims())!.__raw);
    });
    const release = control.behave('/oauth/revoke', { hang: true });
    const revoking = control.waitFor('/oauth/revoke');
    const logout = tab.evaluate(() => window.app.session.logout({ localOnly: true }));
    await revoking;
    await other.waitFor(() => window.app.events.length);
    control.behave('/authorize', { hang: true });

    const popup = await context.tabOpenedBy(() =>
      other.evaluate(() => void window.app.client.loginWithPopup().catch(() => undefined)),
    );
    await tab.waitFor(() => Object.values<string>(localStorage).some((v) => /"login":\d/.test(v)));
    release();
    const { sessions } = await logout;
    await popup.close();

    expect(sessions.application).toBe('ended');
    expect(await app.tokensIn(tab)).toEqual([]);
  });

  test('a session made anew in the page that leaves does not take it for the one that Auth0 returned to', async ({
    app,
    context,
  }) => {
    const { control } = app.tenant;
    const [tab, other] = await openTwo(app, context, mode);
    const release = control.behave('/v2/logout', { hang: true });

    const receipt = await tab.evaluate(async () => {
      const { domain, clientId, client, session, auth0Logout } = window.app;
      await session.logout();
      session.dispose();
      const anew = auth0Logout.createLogout({ domain, clientId, auth0Client: client });
      return anew.takeReceipt();
    });
    const where = other.url();
    const visits = visitsIn(context);
    release();
    await hasReturned(tab);
    await hasReturned(other);

    expect(receipt).toBeNull();
    expect(where).toContain('/home');
    expect(visits).toEqual(['/bye', '/bye']);
    expect(await tab.evaluate(() => window.app.session.takeReceipt())).toMatchObject({
      verified: true,
      tabs: 2,
    });
  });

  test.for(['before', 'after'])(
    'a session that is disposed of as its page goes, as was said %s the logout, has left',
    async (when, { app, context }) => {
      const tab = await app.open(context, mode);
      await app.logIn(tab);
      const visits = visitsIn(context);
      const release = app.tenant.control.behave('/v2/logout', { hang: true });
      await tab.evaluate(async (when) => {
        const { session } = window.app;
        const leaving = when === 'after' && session.logout();
        await leaving;
        addEventListener('pagehide', () => session.dispose());
        if (!leaving) await session.logout();
      }, when);
      release();
      await hasReturned(tab);

      expect(visits).toEqual(['/v2/logout', '/bye']);
      expect(await tab.evaluate(() => window.app.session.takeReceipt())).toMatchObject({
        verified: true,
      });
    },
  );

  test('a second click does not call it off, however slow Auth0 is', async ({ app, context }) => {
    const { control } = app.tenant;
    await context.beforeEveryPage(() => void (window.moreConfig = { stepTimeoutMs: 100 }), null);
    const tab = await app.open(context, mode);
    await app.logIn(tab);
    const visits = visitsIn(context);
    const release = control.behave('/v2/logout', { hang: true });

    const statuses = await tab.evaluate(async () => {
      const first = await window.app.session.logout();
      return [first.status, (await window.app.session.logout()).status];
    });
    release();
    await hasReturned(tab);

    expect(statuses).toEqual(['left', 'left']);
    expect(visits).toEqual(['/v2/logout', '/bye']);
    expect(await tab.evaluate(() => window.app.session.takeReceipt())).toMatchObject({
      verified: true,
    });
  });

  test('whoever logs in in another tab stays logged in', async ({ app, context }) => {
    const { control } = app.tenant;
    const [tab, other] = await openTwo(app, context, `${mode}.stay`);
    await logsItsClientOut(tab);
    const release = control.behave('/oauth/revoke', { hang: true });
    const revoking = control.waitFor('/oauth/revoke');
    const logout = tab.evaluate(() => window.app.session.logout({ localOnly: true }));
    await revoking;
    await other.waitFor(() => window.app.events.length);

    await other.evaluate(() => window.app.client.loginWithPopup());
    // What another process has written a moment ago is not there at once.
    await tab.waitFor(() => !window.app.session.nextLogin().prompt);
    release();
    await logout;

    await other.reload();
    await isReady(other, 'in');
    expect(await other.evaluate(() => window.app.whoIsThere())).toMatchObject({ token: 'a token' });
  });
});

test('a page that waits for another tab to be back from Auth0 does all of a logout of its own first', async ({
  app,
  context,
}) => {
  const { control } = app.tenant;
  await context.beforeEveryPage(
    () => (window.moreConfig = { clear: { localStorage: ['listed'] }, stepTimeoutMs: 5000 }),
    null,
  );
  const tab = await app.open(context, 'localstorage.rt');
  await app.logIn(tab);
  const release = control.behave('/v2/logout', { hang: true });
  const asked = control.waitFor('/v2/logout');
  await tab.evaluate(() => void window.app.session.logout());
  await asked;

  const other = await app.open(context, 'localstorage.rt');
  await other.waitFor(async () => (await navigator.locks.query()).pending!.length > 0);
  await other.evaluate(() => {
    // It is no logout of the same moment.
    const now = Date.now();
    Date.now = () => now + 5000;
    localStorage.setItem('listed', 'private');
    window.app.client.revokeRefreshToken = () => new Promise(() => {});
    void window.app.session.logout({ federated: true });
  });
  release();
  await Promise.all([tab, other].map((each) => each.waitForUrl(/\/bye\?/)));

  expect(await other.evaluate(() => localStorage.getItem('listed'))).toBeNull();
});

describe('an application that wipes its own storage when somebody logs out', () => {
  test('logs nobody in again', async ({ app, context }) => {
    await context.beforeEveryPage(() => {
      window.onLogoutEvent = () => {
        localStorage.clear();
        sessionStorage.clear();
      };
    }, null);
    // The session at Auth0 lives on, and would grant a token without asking.
    const [tab, other] = await openTwo(app, context, 'memory.iframe.stay');

    await tab.evaluate(() => window.app.session.logout({ localOnly: true }));
    await other.waitFor(() => window.app.events.length);

    for (const each of [tab, other]) {
      expect(await each.evaluate(() => window.app.whoIsThere())).toEqual(NOBODY);
      await each.reload();
      await isReady(each, 'out');
      expect(await each.evaluate(() => window.app.session.nextLogin())).toEqual({
        prompt: 'login',
      });
    }
  });

  test.for(['memory.rt', 'localstorage.rt'])(
    'an anonymous session that a visitor began since stays, %s',
    async (mode, { app, context }) => {
      const tab = await app.open(context, mode);
      await app.logIn(tab);
      await tab.evaluate(() => window.app.session.logout({ localOnly: true }));
      // As AnonymousSessionCacheManager does.
      const key = '@@auth0spajs@@::demo-app::anonymous::session';
      await tab.evaluate((key) => localStorage.setItem(key, '{"sessionToken":"opaque"}'), key);
      await tab.reload();
      await isReady(tab, 'out');
      expect(await tab.evaluate(() => window.app.client.anonymous.hasSession())).toBe(true);
    },
  );

  test('a moment later, logs nobody in again', async ({ app, context }) => {
    const tab = await app.open(context, 'memory.iframe');
    await app.logIn(tab);

    await tab.evaluate(async () => {
      await window.app.session.logout({ localOnly: true });
      localStorage.clear();
      sessionStorage.clear();
    });
    await tab.reload();
    await isReady(tab, 'out');

    expect(await tab.evaluate(() => window.app.whoIsThere())).toEqual(NOBODY);
    expect(await tab.evaluate(() => window.app.session.nextLogin())).toEqual({ prompt: 'login' });
  });

  test.for([
    ['at once', 2000],
    ['after the logout has stopped waiting', 100],
  ] as const)(
    'gets its receipt where Auth0 answers %s',
    async ([when, stepTimeoutMs], { app, context }) => {
      const { control } = app.tenant;
      await context.beforeEveryPage((stepTimeoutMs) => {
        window.moreConfig = { stepTimeoutMs };
      }, stepTimeoutMs);
      const tab = await app.open(context, mode);
      await app.logIn(tab);
      const wiped = new Promise((resolve) => {
        tab.onConsole(({ text }) => text === 'wiped' && resolve(text));
      });
      const release = control.behave('/v2/logout', { hang: true });
      const asked = control.waitFor('/v2/logout');

      await tab.evaluate(() => {
        void window.app.session.logout().then(() => {
          localStorage.clear();
          sessionStorage.clear();
          console.info('wiped');
        });
      });
      await asked;
      if (when !== 'at once') await wiped;
      release();
      await hasReturned(tab);

      expect(await tab.evaluate(() => window.app.session.takeReceipt())).toMatchObject({
        verified: true,
      });
    },
  );

  test('and loads its other tabs anew logs nobody in there meanwhile', async ({ app, context }) => {
    const { control } = app.tenant;
    await context.beforeEveryPage(() => {
      const onOtherTabLogout = (): void => {
        localStorage.clear();
        location.reload();
      };
      window.moreConfig = { onOtherTabLogout };
    }, null);
    const [tab, other] = await openTwo(app, context, 'localstorage.iframe');
    const release = control.behave('/v2/logout', { hang: true });
    const asked = control.waitFor('/v2/logout');

    await tab.evaluate(() => void window.app.session.logout());
    await asked;
    await isReady(other, 'out');
    // The session at Auth0 still lives, and would grant a token without asking.
    expect(await other.evaluate(() => window.app.whoIsThere())).toEqual(NOBODY);
    release();
    await hasReturned(tab);

    expect(await tab.evaluate(() => window.app.session.takeReceipt())).toMatchObject({
      verified: true,
    });
  });
});

describe('what a logout has cleared', () => {
  test('from the list of the application is left alone afterwards', async ({ app, context }) => {
    await context.beforeEveryPage(() => {
      const clear = {
        localStorage: ['cart'],
        sessionStorage: 'all',
        cookies: ['visitor'],
      } as const;
      window.moreConfig = { clear };
    }, null);
    const tab = await app.open(context, mode);
    await app.logIn(tab);
    await tab.evaluate(() => localStorage.setItem('cart', 'of a person'));
    await logOut(tab);
    expect(await tab.evaluate(() => localStorage.getItem('cart'))).toBe(null);

    await tab.evaluate(() => {
      localStorage.setItem('cart', 'of nobody');
      sessionStorage.setItem('step', '2');
      document.cookie = 'visitor=7;path=/';
    });
    await tab.reload();
    await isReady(tab, 'out');
    const another = await app.open(context, mode);

    expect(await another.evaluate(() => localStorage.getItem('cart'))).toBe('of nobody');
    expect(await tab.evaluate(() => sessionStorage.getItem('step'))).toBe('2');
    expect(await tab.evaluate(() => document.cookie)).toContain('visitor=7');
  });

  test.for([
    // As a page with a script tag does it: nobody tells the session of a login.
    ['without a client', `${mode}.plain`],
    // As auth0-react does it: what it hands out is another object after each login.
    ['with a client whose logins cannot be seen', `${mode}.wrapped`],
  ] as const)('is no login that came later, %s', async ([, settings], { app, context }) => {
    const tab = await app.open(context, settings);
    await app.logIn(tab);
    await logOut(tab);

    await app.logIn(tab);
    for (const each of [tab, await app.open(context, settings)]) {
      await each.reload();
      await isReady(each, 'in');
      expect(await each.evaluate(() => window.app.session.nextLogin())).toEqual({});
    }
  });

  test('takes no token along that was brought back, without a client', async ({ app, context }) => {
    const [tab, other] = await openTwo(app, context, `${mode}.plain.stay`);
    const stored = await other.evaluate(() => Object.entries(localStorage));
    await tab.evaluate(() => window.app.session.logout({ localOnly: true }));
    await other.waitFor(() => window.app.events.length);

    // A renewal that was in flight there, and that nobody could stop.
    await other.evaluate((entries) => {
      for (const [key, value] of entries) localStorage.setItem(key, value);
    }, stored);
    await other.reload();
    await isReady(other, 'out');

    expect(await app.tokensIn(other)).toEqual([]);
  });
});
