import { describe, expect } from 'vitest';
import {
  appTest as test,
  hasLoadedAll,
  hasReturned,
  isReady,
  type TestApp,
} from '../app/test-app.js';
import type { Context, Tab } from '../driver/index.js';
import { expectNothingStored, expectSignedOut, logInAgain } from './signed-out.js';
import { isCovered, openTwo, visitsIn } from './tabs.js';

const mode = 'localstorage.rt';

/** Logs in, loses the network, and logs out in a tab that stays. */
async function logOutOffline(app: TestApp, context: Context, settings = mode): Promise<Tab> {
  app.tenant.control.endSessions('tenant');
  const tab = await app.open(context, settings);
  await app.logIn(tab);
  await hasLoadedAll(tab);
  await context.setOffline(true);
  await tab.evaluate(() => window.app.session.logout());
  return tab;
}

describe('a logout without a network', () => {
  test('clears every tab and stays, and goes to Auth0 when the network is back', async ({
    app,
    context,
  }) => {
    const { control } = app.tenant;
    control.endSessions('tenant');
    const [tab, other] = await openTwo(app, context, mode);
    const visits = visitsIn(context);
    await context.setOffline(true);

    const result = await tab.evaluate(() => window.app.session.logout());

    expect(result).toMatchObject({
      status: 'stayed',
      sessions: { application: 'ended', auth0: 'kept', identityProvider: 'kept' },
      warnings: [expect.stringMatching(/^Offline: the Auth0 session lives on/)],
    });
    expect(await tab.evaluate(() => window.app.warnings)).toEqual(result.warnings);
    expect(await isCovered(tab)).toBe(false);
    await other.waitFor(() => window.app.events.length);
    expect(await isCovered(other)).toBe(true);
    for (const each of [tab, other]) await expectSignedOut(app, each);
    expect(visits).toEqual([]);
    expect(control.sessions().tenant).not.toEqual([]);

    // The slower the answer, the longer both tabs could be on their way there.
    control.behave('/v2/logout', { delayMs: 500 });
    await context.setOffline(false);
    await Promise.all([tab.waitForUrl(/\/bye\?/), other.waitForUrl(/\/bye\?/)]);
    for (const each of [tab, other]) await isReady(each, 'out');

    expect(visits.filter((path) => path === '/v2/logout')).toHaveLength(1);
    expect(control.sessions().tenant).toEqual([]);
    control.reset();
  });

  test('is finished by the next page where that tab is closed', async ({ app, context }) => {
    const { control } = app.tenant;
    const tab = await logOutOffline(app, context);
    await tab.close();
    await context.setOffline(false);
    const visits = visitsIn(context);

    const next = await context.newTab(`${app.url}/home?${mode}`);
    await hasReturned(next);

    expect(visits).toEqual(['/home', '/v2/logout', '/bye']);
    expect(control.sessions().tenant).toEqual([]);
    await expectNothingStored(app, next);
  });

  test.for([
    ['/v2/logout', mode],
    ['/oidc/logout', `${mode}.oidc`],
  ] as const)(
    'hands its receipt to the page that %s returns to in the end',
    async ([, settings], { app, context }) => {
      const tab = await logOutOffline(app, context, settings);
      const take = (): Promise<unknown> => tab.evaluate(() => window.app.session.takeReceipt());
      expect(await take()).toBeNull();
      await context.setOffline(false);
      await hasReturned(tab);

      expect(await take()).toMatchObject({
        reason: 'user',
        sessions: { application: 'ended', auth0: 'requested', identityProvider: 'kept' },
        tabs: 1,
        verified: true,
      });
      expect(await take()).toBeNull();
    },
  );

  test('is not forgotten over a local one', async ({ app, context }) => {
    const { control } = app.tenant;
    const tab = await logOutOffline(app, context);
    const again = await tab.evaluate(() => window.app.session.logout({ localOnly: true }));
    expect(again.sessions).toMatchObject({ auth0: 'kept' });
    await context.setOffline(false);

    await hasReturned(tab);
    expect(control.sessions().tenant).toEqual([]);
  });

  test('opens nothing in this tab where somebody else was to open it', async ({ app, context }) => {
    const tab = await app.open(context, mode);
    await app.logIn(tab);
    const visits = visitsIn(context);
    await context.setOffline(true);

    const { status, warnings, opened } = await tab.evaluate(async () => {
      const opened: string[] = [];
      const openUrl = (url: string): void => void opened.push(url);
      return { ...(await window.app.session.logout({ openUrl })), opened };
    });
    expect({ status, opened }).toEqual({ status: 'stayed', opened: [] });
    await context.setOffline(false);
    await tab.waitFor(() => navigator.onLine);
    await tab.reload();
    await isReady(tab, 'out');

    expect(await tab.evaluate(() => window.app.session.nextLogin())).toEqual({ prompt: 'login' });
    await logInAgain(tab);
    expect(visits).not.toContain('/v2/logout');
    expect(warnings).toEqual(['Offline: the Auth0 session lives on.']);
  });

  test.for(['logoutHint', 'idTokenHint'] as const)(
    'names the session by the %s that it was given, later at /oidc/logout',
    async (option, { app, context }) => {
      // Without a client nobody else knows it.
      await context.beforeEveryPage(() => {
        window.moreConfig = { auth0Client: undefined as never };
      }, null);
      const tab = await app.open(context, `${mode}.oidc`);
      await app.logIn(tab);
      await context.setOffline(true);
      const sid = await tab.evaluate(async (option) => {
        const { sid, __raw } = (await window.app.client.getIdTokenClaims())!;
        await window.app.session.logout({
          [option]: option === 'logoutHint' ? (sid as string) : __raw,
        });
        return sid as string;
      }, option);
      expect(await app.tokensIn(tab)).toEqual([]);
      const asked = tab.waitForRequest(/\/oidc\/logout/);

      await context.setOffline(false);
      const { searchParams } = new URL((await asked).url);

      expect(searchParams.get('logout_hint')).toBe(sid);
      expect(searchParams.has('id_token_hint')).toBe(false);
      await tab.waitForUrl(/\/bye\?/);
    },
  );

  test('is not finished once somebody has logged in again', async ({ app, context }) => {
    const tab = await logOutOffline(app, context);
    await tab.close();
    await context.setOffline(false);
    const visits = visitsIn(context);

    // From a page without this module to one with it.
    const next = await app.open(context, `${mode}.nosession`);
    await next.evaluate((mode) => {
      const redirect_uri = `${location.origin}/callback?${mode}`;
      void window.app.client.loginWithRedirect({ authorizationParams: { redirect_uri } });
    }, mode);
    await next.waitForUrl(/\/home\?localstorage\.rt$/);
    await isReady(next, 'in');
    await next.reload();
    await isReady(next, 'in');

    expect(visits).not.toContain('/v2/logout');
    expect(await next.evaluate(() => window.app.session.nextLogin())).toEqual({});
  });
});
