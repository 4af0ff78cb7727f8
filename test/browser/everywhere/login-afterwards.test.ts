import { describe, expect } from 'vitest';
import { appTest as test, isReady, logOut, type TestApp } from '../app/test-app.js';
import { escapeToPlaywrightPage, type Context, type Tab } from '../driver/index.js';
import { logInAgain } from './signed-out.js';
import { visitsIn } from './tabs.js';

const mode = 'localstorage.rt.stay';
const HOURS = 3_600_000;

/** Opens a tab whose clock is wrong by that much. */
async function openAt(app: TestApp, context: Context, wrongByMs: number): Promise<Tab> {
  const tab = await context.newTab();
  await escapeToPlaywrightPage(tab).addInitScript((ms) => {
    const now = Date.now.bind(Date);
    window.Date = class extends Date {
      constructor(...args: [number]) {
        super(...(args.length ? args : ([now() + ms] as [number])));
      }
      static override now = (): number => now() + ms;
    } as DateConstructor;
  }, wrongByMs);
  await tab.goto(`${app.url}/home?${mode}`);
  await isReady(tab);
  return tab;
}

/** Expects that a token is there, now and after a reload, and that nobody has to be asked. */
async function expectSignedIn(tab: Tab): Promise<void> {
  expect(await tab.evaluate(() => window.app.whoIsThere())).toMatchObject({ token: 'a token' });
  await tab.reload();
  await isReady(tab, 'in');
  expect(await tab.evaluate(() => window.app.whoIsThere())).toMatchObject({ token: 'a token' });
  expect(await tab.evaluate(() => window.app.session.nextLogin())).toEqual({});
}

/** The same of what a framework hands out. */
async function expectTokens(tab: Tab): Promise<void> {
  const token = (): Promise<string> =>
    tab.evaluate(() => window.app.handedOut.getAccessTokenSilently());
  expect(await token()).toEqual(expect.any(String));
  await tab.reload();
  await isReady(tab, 'in');
  expect(await token()).toEqual(expect.any(String));
}

/** Opens a tab of somebody who has logged out before and is signed in again. */
async function openSignedInAgain(app: TestApp, context: Context): Promise<Tab> {
  const tab = await app.open(context, mode);
  await app.logIn(tab);
  await tab.evaluate(() => window.app.session.logout({ localOnly: true }));
  await tab.reload();
  await isReady(tab, 'out');
  await logInAgain(tab);
  return tab;
}

/** Begins one more login in a popup, and answers that once its login page is on its way. */
async function openPopup({ tenant: { control } }: TestApp, tab: Tab): Promise<Tab> {
  control.behave('/authorize', { hang: true });
  const asked = control.waitFor('/authorize');
  const popup = await tab.context.tabOpenedBy(() =>
    tab.evaluate(() => {
      window.outcome = window.app.client.loginWithPopup().then(
        () => 'resolved',
        (error: { error: string }) => error.error,
      );
    }),
  );
  await asked;
  return popup;
}

const isSignedOutAs = async (tab: Tab): Promise<void> => {
  await tab.waitFor(() => window.app.events.length);
  expect(await tab.evaluate(() => window.app.whoIsThere())).toMatchObject({
    token: 'login_required',
  });
};

test.afterEach(({ app }) => app.tenant.control.reset());

describe('an explicit login after a logout', () => {
  test.for([
    { what: 'right after it, in the same tab', here: 0, there: 0, same: true },
    { what: 'in another tab', here: 0, there: 0, same: false },
    { what: 'whose clock was hours ahead', here: 6 * HOURS, there: 0, same: false },
    { what: 'in a tab whose clock is hours behind', here: 0, there: -6 * HOURS, same: false },
  ])('$what, counts in every tab and stays', async ({ here, there, same }, { app, context }) => {
    const seed = await app.open(context, mode);
    await app.logIn(seed);
    await seed.close();
    const tab = await openAt(app, context, here);
    const other = await openAt(app, context, there);
    for (const each of [tab, other]) await isReady(each, 'in');
    const visits = visitsIn(context);

    if (same) {
      await tab.evaluate(() => {
        const { client, session } = window.app;
        void session.logout({ localOnly: true }).then(() => client.loginWithRedirect());
      });
      await expect.poll(() => visits).toContain('/callback');
      await isReady(tab, 'in');
      await expectSignedIn(tab);
    } else {
      await tab.evaluate(() => window.app.session.logout({ localOnly: true }));
      await isSignedOutAs(other);
      await other.evaluate(() => void window.app.client.loginWithRedirect());
      await expect.poll(() => visits).toContain('/callback');
      await isReady(other, 'in');
    }

    // Its session at Auth0 has lived on, and what one tab got is there for all.
    for (const each of [other, tab]) {
      await each.reload();
      await isReady(each, 'in');
      await expectSignedIn(each);
      expect(await each.evaluate(() => window.app.events)).toEqual([]);
    }
    expect(visits).not.toContain('/v2/logout');
  });

  test('by popup counts at once, without a page being loaded', async ({ app, context }) => {
    const tab = await app.open(context, mode);
    await app.logIn(tab);
    const other = await app.open(context, mode);
    await tab.evaluate(() => window.app.session.logout({ localOnly: true }));
    await isSignedOutAs(other);

    await other.evaluate(() => window.app.client.loginWithPopup());

    await expectSignedIn(other);
    await expectSignedIn(tab);
  });

  test('counts after the return from Auth0', async ({ app, context }) => {
    const tab = await app.open(context, mode);
    await app.logIn(tab);
    const other = await app.open(context, mode);
    await logOut(tab);

    await app.logIn(tab);

    await expectSignedIn(tab);
    await other.reload();
    await isReady(other, 'in');
    await expectSignedIn(other);
  });

  test.for(['localstorage.rt', 'memory.iframe'])(
    'counts through what a framework hands out, with %s',
    async (cache, { app, context }) => {
      // As in a component that is shown only once it is known who is there.
      const tab = await app.open(context, `${cache}.wrapped.late`);
      await app.logIn(tab);
      await logOut(tab);

      await tab.evaluate(() => void window.app.handedOut.loginWithRedirect());
      await tab.click('button[name=user][value=ada]');
      await isReady(tab, 'in');

      await expectTokens(tab);
      expect(await tab.evaluate(() => window.app.session.nextLogin())).toEqual({});
    },
  );
});

test('a login counts where only who is signed in has a session', async ({ app, context }) => {
  const tab = await app.open(context, 'localstorage.rt.wrapped.late.onlyin');
  await app.logIn(tab);
  await logOut(tab);

  await app.logIn(tab);

  await expectTokens(tab);
});

describe('whoever is signed in again after a logout stays so', () => {
  test('when the popup of one more login is closed', async ({ app, context }) => {
    const tab = await openSignedInAgain(app, context);
    const popup = await openPopup(app, tab);

    await popup.close();

    expect(await tab.evaluate(() => window.outcome)).toBe('cancelled');
    app.tenant.control.reset();
    await expectSignedIn(tab);
  });

  test('while that popup is open, in another tab too', async ({ app, context }) => {
    const tab = await openSignedInAgain(app, context);
    const other = await app.open(context, mode);
    await isReady(other, 'in');

    await openPopup(app, tab);

    for (const each of [tab, other]) {
      expect(await each.evaluate(() => window.app.whoIsThere())).toMatchObject({
        token: 'a token',
      });
      expect(await each.evaluate(() => window.app.session.nextLogin())).toEqual({});
    }
    await other.reload();
    await isReady(other, 'in');
  });

  test('when a step-up is denied', async ({ app, context }) => {
    const tab = await openSignedInAgain(app, context);
    // As somebody does who declines to be asked for a second factor.
    await context.route(/\/authorize\?/, ({ url, answer }) => {
      const query = new URL(url).searchParams;
      const back = new URL(query.get('redirect_uri')!);
      back.searchParams.set('error', 'access_denied');
      back.searchParams.set('state', query.get('state')!);
      return answer({ status: 302, headers: { location: back.href } });
    });

    await tab.evaluate(() => void window.app.client.loginWithRedirect());
    await tab.waitForUrl(/error=access_denied/);
    await isReady(tab, 'in');

    expect(await tab.evaluate(() => window.app.failure)).toBe('access_denied');
    await tab.goto(`${app.url}/home?${mode}`);
    await isReady(tab, 'in');
    await expectSignedIn(tab);
  });
});
