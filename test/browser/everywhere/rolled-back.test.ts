import { describe, expect } from 'vitest';
import {
  appTest as test,
  hasLoadedAll,
  hasReturned,
  isReady,
  logOut,
  type TestApp,
} from '../app/test-app.js';
import type { Context, Tab } from '../driver/index.js';
import { expectSignedOut, logInAgain } from './signed-out.js';
import { isCovered, visitsIn } from './tabs.js';

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

/** Logs in, logs out in the given way, and leaves localStorage as it was before that. */
async function loseLogout(
  app: TestApp,
  context: Context,
  logOutOf: (tab: Tab) => Promise<unknown> = logOut,
): Promise<void> {
  const tab = await app.open(context, mode);
  await hasLoadedAll(tab);
  await app.logIn(tab);
  const before = await readStorage(tab);
  await logOutOf(tab);
  await tab.goto(app.url + elsewhere);
  await rollBack(tab, before);
  await tab.close();
}

/** Waits until a page has looked and found nothing: not even the next one takes anybody's login. */
async function staysLoggedIn(tab: Tab): Promise<void> {
  await expect.poll(() => databases(tab)).toEqual([]);
  await tab.reload();
  await isReady(tab, 'in');
}

test.beforeEach(async ({ context }) => {
  await context.beforeEveryPage(() => {
    window.onLogoutEvent = ({ from }) => console.info('told', from);
  }, undefined);
});

describe('a logout that localStorage has lost', () => {
  test('is found again, finished, and forgotten', async ({ app, context }) => {
    await loseLogout(app, context);
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

    await staysLoggedIn(tab);
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
    await staysLoggedIn(next);
  });

  test('is not believed either by the second session of a page that wiped localStorage', async ({
    app,
    context,
  }) => {
    await context.beforeEveryPage(() => {
      window.onSession = () => {
        const { auth0Logout, domain, clientId, client } = window.app;
        auth0Logout.createLogout({ domain, clientId, auth0Client: client });
      };
    }, undefined);
    const tab = await app.open(context, `${mode}.onlyin.late`);
    await app.logIn(tab);
    await hasLoadedAll(tab);
    await logOut(tab);
    await tab.evaluate(() => localStorage.clear());

    await app.logIn(tab);

    await staysLoggedIn(tab);
  });

  test('leaves a login alone that has come back since the browser has', async ({
    app,
    context,
  }) => {
    const tab = await app.open(context, mode);
    await hasLoadedAll(tab);
    await app.logIn(tab);
    const before = await readStorage(tab);
    await logOut(tab);
    await tab.evaluate(() => void window.app.client.loginWithRedirect());
    await tab.waitForElement('button[name=user][value=ada]');
    const other = await context.newTab(app.url + elsewhere);
    await rollBack(other, before);
    await other.close();

    await tab.click('button[name=user][value=ada]');

    await isReady(tab, 'in');
    await staysLoggedIn(tab);
  });

  test('is found also where a login had only begun', async ({ app, context }) => {
    await loseLogout(app, context, async (tab) => {
      await logOut(tab);
      await tab.evaluate(() => void window.app.client.loginWithRedirect());
      await tab.waitForElement('button[name=user][value=ada]');
      const other = await app.open(context, mode);
      await hasLoadedAll(other);
      await other.close();
    });

    const next = await context.newTab(`${app.url}/home?${mode}`);
    await hasReturned(next);
    await expectSignedOut(app, next);
  });

  test('goes to no address that the application opens itself', async ({ app, context }) => {
    await loseLogout(app, context, (tab) =>
      tab.evaluate(() =>
        window.app.session.logout({
          openUrl: async (url) => void (await fetch(url, { mode: 'no-cors' })),
        }),
      ),
    );
    const visits = visitsIn(context);

    const next = await app.open(context, mode);
    await expect.poll(() => databases(next)).toEqual([]);
    await expect.poll(() => visits).toEqual(['/home', '/home']);
    await isReady(next, 'out');
    await expectSignedOut(app, next);
    expect(visits).toEqual(['/home', '/home']);
  });

  test('leaves no token, and nothing to see, where there is no network to load the page anew', async ({
    app,
    context,
  }) => {
    await loseLogout(app, context);
    await context.beforeEveryPage(() => {
      Object.defineProperty(navigator, 'onLine', { get: () => false });
    }, undefined);
    const visits = visitsIn(context);

    const next = await context.newTab(`${app.url}/home?${mode}.plain`);
    await expect.poll(() => app.tokensIn(next)).toEqual([]);
    await expect.poll(() => isCovered(next)).toBe(true);
    expect(visits).toEqual(['/home']);
    await next.evaluate(() => dispatchEvent(new Event('online')));
    await expect.poll(() => visits).toEqual(['/home', '/home']);
    await isReady(next, 'out');
  });

  test('is not what a logout was for which localStorage had no room', async ({ app, context }) => {
    const tab = await app.open(context, 'memory.rt');
    await hasLoadedAll(tab);
    await app.logIn(tab);
    await hasLoadedAll(tab);
    await tab.evaluate(() => {
      let size = 1 << 22;
      for (let i = 0; size >= 1; i++) {
        try {
          localStorage.setItem(`full ${i}`, 'x'.repeat(size));
        } catch {
          size >>= 1;
        }
      }
    });

    await logOut(tab);

    await hasLoadedAll(tab);
    await expect.poll(() => databases(tab)).toEqual([]);
    expect(await isCovered(tab)).toBe(false);
  });

  test('is not one of two between which the clock was set back', async ({ app, context }) => {
    const tab = await app.open(context, mode);
    await hasLoadedAll(tab);
    await app.logIn(tab);
    await tab.evaluate(() => window.app.session.logout({ localOnly: true }));
    await tab.evaluate(() => window.app.client.loginWithPopup());
    await tab.evaluate(() => {
      const { now } = Date;
      Date.now = () => now() - 5000;
      return window.app.session.logout({ localOnly: true });
    });
    await tab.evaluate(() => window.app.client.loginWithPopup());

    const next = await app.open(context, mode);
    await isReady(next, 'in');
    await staysLoggedIn(next);
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

  test('leaves nothing behind where the application deletes every database', async ({
    app,
    context,
  }) => {
    const tab = await app.open(context, mode);
    await hasLoadedAll(tab);
    await app.logIn(tab);
    await logOut(tab);
    const own = async (tab: Tab): Promise<string[]> =>
      (await readStorage(tab)).flatMap(([key]) => (key.startsWith('auth0-logout::') ? key : []));
    await expect.poll(() => own(tab)).toHaveLength(3);
    await tab.evaluate(async () => {
      for (const { name } of await indexedDB.databases()) indexedDB.deleteDatabase(name!);
    });
    await expect.poll(() => databases(tab)).toEqual([]);
    await context.beforeEveryPage((later) => {
      const { now } = Date;
      Date.now = () => now() + later;
    }, later);

    const next = await app.open(context, mode);

    // The marker, and what tells a storage that was wiped.
    await expect.poll(() => own(next)).toHaveLength(2);
  });
});
