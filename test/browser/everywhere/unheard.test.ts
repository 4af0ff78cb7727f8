import { describe, expect } from 'vitest';
import { appTest as test, hasReturned, isReady, type TestApp } from '../app/test-app.js';
import type { Context, Tab } from '../driver/index.js';
import { expectNothingStored, expectSignedOut } from './signed-out.js';
import { deaf, logsItsClientOut, openTwo } from './tabs.js';

declare global {
  interface Window {
    /** Whom the client named right after the session was created. */
    firstAnswer?: Promise<unknown>;
  }
}

const mode = 'localstorage.rt';
const EARLIER = [{ reason: 'user', from: 'earlier' }];

const logOutLocally = (tab: Tab): Promise<unknown> =>
  tab.evaluate(() => window.app.session.logout({ localOnly: true }));

/** Storage of another tab is a moment behind. */
const wordHasArrived = (tab: Tab): Promise<boolean> =>
  tab.waitFor(() => Object.keys(localStorage).some((key) => /^auth0-.+::demo-app$/.test(key)));

const events = (tab: Tab): Promise<object[]> => tab.evaluate(() => window.app.events);

/** Opens a tab that is signed in, on a page that has another one behind it in history. */
async function openBehind(app: TestApp, context: Context): Promise<Tab> {
  const tab = await app.open(context, `${mode}.stay`);
  await app.logIn(tab);
  await tab.evaluate(() => {
    // Before the module's own listener is asked, and at each frame that is drawn.
    const look = (): void => {
      const text = document.body.checkVisibility() ? document.body.innerText : '';
      sessionStorage.setItem('drawn', `${sessionStorage.getItem('drawn') ?? ''}${text}`);
    };
    addEventListener(
      'pageshow',
      ({ persisted }) => {
        sessionStorage.setItem('restored', String(persisted));
        sessionStorage.setItem('drawn', '');
        look();
        requestAnimationFrame(look);
      },
      true,
    );
  });
  await tab.goto(`${app.url}/second?${mode}.stay`);
  await isReady(tab, 'in');
  return tab;
}

describe('Back to a page in the bfcache', () => {
  test.for(['this', 'another'])(
    'shows nothing private after a logout in %s tab',
    async (where, { app, context }) => {
      // A message would take the page out of the bfcache; here it has to come out of it.
      await deaf(context);
      const tab = await openBehind(app, context);
      const there = where === 'this' ? tab : await app.open(context, mode);
      await logOutLocally(there);

      await tab.back();
      await isReady(tab, 'out');

      expect(tab.url()).toContain('/home');
      expect(await tab.evaluate(() => ({ ...sessionStorage }))).toMatchObject({
        restored: 'true',
        drawn: '',
      });
      expect(await tab.text('#private')).toBe('Signed out');
      await expectSignedOut(app, tab);
      if (where === 'another') await expect.poll(() => events(tab)).toEqual(EARLIER);
    },
  );
});

test('Back shows nothing private that the browser has kept of what a server wrote', async ({
  app,
  context,
}) => {
  const cookies = { url: app.url, name: 'sid', httpOnly: true };
  await context.setCookies([{ ...cookies, value: 'ada' }]);
  // Not into the bfcache, where the page itself is dealt with.
  await context.beforeEveryPage(() => addEventListener('unload', () => {}), null);
  const tab = await app.open(context, `${mode}.stay`, '/account');
  expect(await tab.text('h1')).toBe('Account of Ada');
  await tab.goto(`${app.url}/second?${mode}.stay`);
  await isReady(tab);
  await context.setCookies([{ ...cookies, value: '' }]);
  await logOutLocally(tab);

  await tab.back();
  await tab.waitFor(
    () => performance.getEntriesByType('navigation')[0]?.toJSON().type === 'reload',
  );

  expect(await tab.text('h1')).toBe('Log in first');
});

describe('a tab that could not hear', () => {
  const ways: Record<string, () => void> = {
    'it gets the focus': () => window.dispatchEvent(new Event('focus')),
    'it is shown': () => document.dispatchEvent(new Event('visibilitychange', { bubbles: true })),
    'it asks for a token': () => void window.app.client.getTokenSilently().catch(() => null),
  };

  test.for(Object.entries(ways))('finds out when %s', async ([, wake], { app, context }) => {
    await deaf(context);
    const [tab, other] = await openTwo(app, context, mode, `${mode}.stay`);
    await logOutLocally(tab);
    await wordHasArrived(other);
    expect(await events(other)).toEqual([]);

    await other.evaluate(wake);
    await other.waitFor(() => window.app.events.length);

    expect(await events(other)).toEqual(EARLIER);
    await expectSignedOut(app, other);
  });

  test('finds out also where a frame in it is called "hidden"', async ({ app, context }) => {
    await deaf(context);
    const [tab, other] = await openTwo(app, context, mode, `${mode}.stay`);
    // It stands for what the document has by that name (HTML, "named access").
    await other.evaluate(() =>
      document.body.insertAdjacentHTML('beforeend', '<iframe name=hidden>'),
    );
    await logOutLocally(tab);
    await wordHasArrived(other);

    await other.evaluate(() => void window.dispatchEvent(new Event('focus')));
    await other.waitFor(() => window.app.events.length);

    expect(await events(other)).toEqual(EARLIER);
  });

  test('leaves alone whoever has logged in since', async ({ app, context }) => {
    await deaf(context);
    await context.beforeEveryPage(() => {
      window.moreConfig = { onWarning: (text) => sessionStorage.setItem('warned', text) };
    }, null);
    const [tab, other] = await openTwo(app, context, mode, `${mode}.stay`);
    await logsItsClientOut(other);
    await logOutLocally(tab);
    await tab.evaluate(() => window.app.client.loginWithPopup());
    await other.waitFor(() => Object.values(localStorage).some((text) => text.includes('"done"')));

    await other.evaluate(() => {
      document.body.dataset['ready'] = 'old';
      window.dispatchEvent(new Event('focus'));
    });
    await isReady(other, 'in');
    expect(await other.evaluate(() => sessionStorage.getItem('warned'))).toBeNull();

    await tab.reload();
    await isReady(tab, 'in');
  });

  test('covers its page and goes where the logout went', async ({ app, context }) => {
    await deaf(context);
    const tab = await app.open(context, mode);
    await app.logIn(tab);
    const other = await app.open(context, mode);
    await tab.evaluate(() => void window.app.session.logout());
    await tab.waitForUrl(/\/bye\?/);
    expect(await other.text('#private')).toMatch(/^Signed in as /);
    await wordHasArrived(other);

    const covered = await other.evaluate(
      () =>
        new Promise<boolean>((resolve) => {
          const look = (): void => resolve(!document.body.checkVisibility());
          window.app.session.onLogout(() => queueMicrotask(look));
          window.dispatchEvent(new Event('focus'));
        }),
    );
    expect(covered).toBe(true);
    await hasReturned(other);
  });

  test('passes nothing on to a window that it opens with a copy of its sessionStorage', async ({
    app,
    context,
  }) => {
    await deaf(context);
    const tab = await app.open(context, mode);
    await app.logIn(tab);
    const other = await app.open(context, `${mode}.stay`);
    await other.evaluate(() => {
      const [, entry] = Object.entries<string>(localStorage).find(([, value]) =>
        value.includes('"id_token"'),
      )!;
      sessionStorage.setItem('token', (JSON.parse(entry) as { id_token: string }).id_token);
    });
    expect(await app.tokensIn(other)).toContain('sessionStorage token');
    await logOutLocally(tab);
    // Storage of another tab is a moment behind.
    await expect.poll(() => app.tokensIn(other)).toEqual(['sessionStorage token']);

    const copy = await context.tabOpenedBy(() =>
      other.evaluate(() => void window.open(location.href)),
    );
    await isReady(copy, 'out');

    await expect.poll(() => events(copy)).toEqual(EARLIER);
    expect(await app.tokensIn(copy)).toEqual([]);
    await expectSignedOut(app, copy);
  });
});

describe('a page that loads after a logout', () => {
  test.for([
    ['finds what was left behind', 'nosession', 'in'],
    ['removes it before anything can use it', 'stay', 'out'],
  ] as const)('%s', async ([, words, state], { app, context }) => {
    const tab = await app.open(context, mode);
    await app.logIn(tab);
    const before = await tab.evaluate(() => ({
      stored: Object.entries<string>(localStorage),
      cookie: document.cookie,
    }));
    await logOutLocally(tab);
    // As if the tab had died right after the marker was written.
    await tab.evaluate(({ stored, cookie }) => {
      for (const pair of cookie.split('; ')) document.cookie = `${pair}; path=/`;
      for (const [key, value] of stored) if (!localStorage[key]) localStorage[key] = value;
    }, before);
    expect(await app.tokensIn(tab)).not.toEqual([]);
    await tab.close();
    await context.beforeEveryPage(() => {
      window.onClient = (client) => {
        queueMicrotask(() => (window.firstAnswer = client.getUser()));
      };
    }, null);

    const next = await app.open(context, `${mode}.${words}`);

    await isReady(next, state);
    const first = await next.evaluate(() => window.firstAnswer);
    if (state === 'in') expect(first).toMatchObject({ name: expect.any(String) });
    else {
      expect(first).toBeUndefined();
      await expect.poll(() => events(next)).toEqual(EARLIER);
      await expectNothingStored(app, next);
      await expectSignedOut(app, next);
    }
  });
});
