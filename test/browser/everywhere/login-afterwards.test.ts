import { describe, expect } from 'vitest';
import { appTest as test, isReady, type TestApp } from '../app/test-app.js';
import { escapeToPlaywrightPage, type Context, type Tab } from '../driver/index.js';
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

const isSignedOutAs = async (tab: Tab): Promise<void> => {
  await tab.waitFor(() => window.app.events.length);
  expect(await tab.evaluate(() => window.app.whoIsThere())).toMatchObject({
    token: 'login_required',
  });
};

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
    await tab.evaluate(() => void window.app.session.logout());
    await tab.waitForUrl(/\/bye\?/);
    await isReady(tab, 'out');

    await app.logIn(tab);

    await expectSignedIn(tab);
    await other.reload();
    await isReady(other, 'in');
    await expectSignedIn(other);
  });
});
