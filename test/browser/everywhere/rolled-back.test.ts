import { describe, expect } from 'vitest';
import { appTest as test, hasLoadedAll, hasReturned, isReady, logOut } from '../app/test-app.js';
import type { Tab } from '../driver/index.js';
import { expectSignedOut, logInAgain } from './signed-out.js';
import { visitsIn } from './tabs.js';

const mode = 'localstorage.rt';
const later = 11 * 60_000;

type Stored = readonly (readonly [key: string, value: string])[];

const readStorage = (tab: Tab): Promise<Stored> => tab.evaluate(() => Object.entries(localStorage));

/** Puts this in place of all that lies there, as a browser does that was killed. */
const rollBack = (tab: Tab, stored: Stored): Promise<void> =>
  tab.evaluate((stored) => {
    localStorage.clear();
    for (const [key, value] of stored) localStorage.setItem(key, value);
  }, stored);

const databases = (tab: Tab): Promise<string[]> =>
  tab.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name!));

/** A page of the same origin that runs nothing of the application. */
const elsewhere = '/config.json';

test.beforeEach(async ({ context }) => {
  await context.beforeEveryPage(() => {
    window.onLogoutEvent = ({ from }) => console.info('told', from);
  }, undefined);
});

describe('a logout that localStorage has lost', () => {
  test('is found again, finished, and forgotten', async ({ app, context }) => {
    const tab = await app.open(context, mode);
    await hasLoadedAll(tab);
    await app.logIn(tab);
    const before = await readStorage(tab);
    await logOut(tab);
    await tab.goto(app.url + elsewhere);
    await rollBack(tab, before);
    await tab.close();
    const visits = visitsIn(context);

    const next = await context.newTab();
    const told: string[] = [];
    next.onConsole(({ text }) => text.startsWith('told') && told.push(text));
    await next.goto(`${app.url}/home?${mode}`);
    await hasReturned(next);

    expect(told).toEqual(['told earlier']);
    expect(visits).toEqual(['/home', '/home', '/v2/logout', '/bye']);
    expect(await databases(next)).toEqual([]);
    await expectSignedOut(app, next);
  });

  test('is forgotten once somebody has logged in again', async ({ app, context }) => {
    const tab = await app.open(context, mode);
    await app.logIn(tab);
    await logOut(tab);
    expect(await databases(tab)).toHaveLength(1);

    await app.logIn(tab);

    await expect.poll(() => databases(tab)).toEqual([]);
    await tab.reload();
    await isReady(tab, 'in');
  });

  test('is not believed where all of localStorage has been put there anew', async ({
    app,
    context,
  }) => {
    const tab = await app.open(context, mode);
    await hasLoadedAll(tab);
    await app.logIn(tab);
    const before = await readStorage(tab);
    await logOut(tab);
    await tab.goto(app.url + elsewhere);
    await rollBack(
      tab,
      before.filter(([key]) => !key.startsWith('auth0-logout::')),
    );

    const next = await app.open(context, mode);
    await isReady(next, 'in');
    await expect.poll(() => databases(next)).toEqual([]);
    await next.reload();
    await isReady(next, 'in');
  });

  test('of another client is none of this one', async ({ app, context }) => {
    const one = await app.open(context, mode);
    await hasLoadedAll(one);
    await app.logIn(one);
    const other = await app.open(context, `${mode}.second`);
    await hasLoadedAll(other);
    await logInAgain(other);
    const before = await readStorage(one);
    await other.evaluate(() => window.app.session.logout({ localOnly: true }));
    await rollBack(other, before);
    await other.close();

    const next = await app.open(context, mode);
    await hasLoadedAll(next);
    await next.evaluate(() => indexedDB.databases());
    await isReady(next, 'in');
    const nextOfOther = await context.newTab();
    const told = new Promise<void>((resolve) => {
      nextOfOther.onConsole(({ text }) => text === 'told earlier' && resolve());
    });
    await nextOfOther.goto(`${app.url}/home?${mode}.second`);
    await told;
  });

  test('needs no database where a page may have none', async ({ app, context }) => {
    await context.beforeEveryPage(() => {
      Object.defineProperty(window, 'indexedDB', {
        get() {
          throw new DOMException('not here', 'SecurityError');
        },
      });
    }, undefined);
    const tab = await app.open(context, mode);
    await app.logIn(tab);
    const logOutHere = () => window.app.session.logout({ localOnly: true });
    const { steps } = await tab.evaluate(logOutHere);

    expect(steps.find(({ name }) => name === 'mark')).toMatchObject({ status: 'done' });
    expect(tab.uncaught()).toEqual([]);
  });

  test('is forgotten when localStorage is on disk for certain', async ({ app, context }) => {
    const tab = await app.open(context, mode);
    await hasLoadedAll(tab);
    await app.logIn(tab);
    await logOut(tab);
    expect(await databases(tab)).toHaveLength(1);
    await context.beforeEveryPage((later) => {
      const { now } = Date;
      Date.now = () => now() + later;
    }, later);

    const next = await app.open(context, mode);
    await expect.poll(() => databases(next)).toEqual([]);
    await isReady(next, 'out');
  });
});
