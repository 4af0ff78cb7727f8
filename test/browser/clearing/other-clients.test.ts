import { describe, expect } from 'vitest';
import { appTest as test, isReady, type TestApp } from '../app/test-app.js';
import type { Tab } from '../driver/index.js';

const keysOf = (tab: Tab, clientId: string): Promise<string[]> =>
  tab.evaluate(
    (id) => Object.keys(localStorage).filter((key) => key.startsWith(`@@auth0spajs@@::${id}::`)),
    clientId,
  );
const entriesOf = (tab: Tab, clientId: string): Promise<string> =>
  tab.evaluate(
    (id) =>
      JSON.stringify(
        Object.entries(localStorage)
          .filter(([key]) => key.includes(`::${id}::`) && !key.startsWith('auth0-logout'))
          .map((entry) => entry.join())
          .sort(),
      ),
    clientId,
  );

/** Logs in with the two clients of this browser; the id of one begins with the other's. */
async function logInTwice(
  app: TestApp,
  context: Tab['context'],
): Promise<{ ours: Tab; theirs: Tab }> {
  const ours = await app.open(context, 'localstorage.rt.stay');
  await app.logIn(ours);
  const theirs = await app.open(context, 'localstorage.rt.second.stay');
  await theirs.evaluate(() => void window.app.client.loginWithRedirect());
  await isReady(theirs, 'in');
  return { ours, theirs };
}

test('what is to be kept stays although the client would take it along', async ({
  app,
  context,
}) => {
  const kept = '@@auth0spajs@@::demo-app::@@user@@';
  await context.beforeEveryPage((kept) => {
    window.moreConfig = { clear: { keep: [kept] } };
  }, kept);
  const tab = await app.open(context, 'localstorage.rt.stay');
  await app.logIn(tab);
  const before = await tab.evaluate((key) => localStorage.getItem(key), kept);
  expect(before).toEqual(expect.any(String));

  await tab.evaluate(() => window.app.session.logout({ localOnly: true }));

  expect(await tab.evaluate((key) => localStorage.getItem(key), kept)).toBe(before);
  expect(await keysOf(tab, 'demo-app')).toEqual([kept]);
});

describe('another client whose id begins with ours', () => {
  test('is wiped by the SDK’s own logout, which is why this is tested', async ({
    app,
    context,
  }) => {
    const { ours, theirs } = await logInTwice(app, context);

    await ours.evaluate(() => window.app.client.logout({ openUrl: false }));

    // What one process has taken away, another sees a moment later.
    await expect.poll(() => keysOf(theirs, 'demo-app-2')).toEqual([]);
  });

  test('is still logged in after ours, even when two tabs clear at once', async ({
    app,
    context,
  }) => {
    const { ours, theirs } = await logInTwice(app, context);
    const more = await Promise.all(
      ['/b', '/c'].map((path) => app.open(context, 'localstorage.rt.stay', path)),
    );
    const before = await entriesOf(theirs, 'demo-app-2');
    expect(await keysOf(theirs, 'demo-app-2')).not.toEqual([]);
    expect(await keysOf(ours, 'demo-app')).not.toEqual([]);

    await ours.evaluate(() => window.app.session.logout({ localOnly: true }));
    for (const tab of more) await tab.waitFor(() => window.app.events.length > 0);

    expect(await entriesOf(theirs, 'demo-app-2')).toBe(before);
    expect(await theirs.evaluate(() => window.app.events)).toEqual([]);
    expect(await keysOf(ours, 'demo-app')).toEqual([]);
    expect(await theirs.evaluate(() => document.cookie)).toContain(
      'auth0.demo-app-2.is.authenticated',
    );
    expect(await theirs.evaluate(() => document.cookie)).not.toContain(
      'auth0.demo-app.is.authenticated',
    );
    await theirs.reload();
    await isReady(theirs, 'in');
    const token = await theirs.evaluate(() => window.app.client.getTokenSilently());
    expect(token).not.toBe('');
  });

  test('logs out, and ours is still logged in', async ({ app, context }) => {
    const { ours, theirs } = await logInTwice(app, context);
    const before = await entriesOf(ours, 'demo-app');

    await theirs.evaluate(() => window.app.session.logout({ localOnly: true }));

    expect(await entriesOf(ours, 'demo-app')).toBe(before);
    expect(await keysOf(theirs, 'demo-app-2')).toEqual([]);
    expect(await ours.evaluate(() => window.app.client.isAuthenticated())).toBe(true);
    expect(await ours.evaluate(() => window.app.events)).toEqual([]);
  });
});

describe('what the SDK’s own logout leaves behind', () => {
  test('goes too', async ({ app, context }) => {
    const tab = await app.open(context, 'localstorage.rt');
    await app.logIn(tab);
    await tab.evaluate(() => {
      sessionStorage.setItem('a0.spajs.txs.demo-app', '{"nonce":"n"}');
      sessionStorage.setItem('a0.spajs.txs.demo-app-2', '{"nonce":"n"}');
      document.cookie = 'auth0.is.authenticated=true;path=/';
    });

    await tab.evaluate(() => window.app.session.logout({ localOnly: true }));

    expect(
      await tab.evaluate(() => [
        Object.keys(sessionStorage).filter((key) => key.startsWith('a0.')),
        document.cookie,
      ]),
    ).toEqual([['a0.spajs.txs.demo-app-2'], '']);
  });
});

describe('a clearer for what the application holds in memory', () => {
  test('runs in every tab, the one that logged out and the others', async ({ app, context }) => {
    const tabs = [
      await app.open(context, 'plain.stay'),
      await app.open(context, 'plain.stay', '/b'),
    ];
    for (const tab of tabs) {
      await tab.evaluate(() => {
        Object.assign(window, { held: 'a token' });
        window.app.session.holdCredentials(async () => {
          await Promise.resolve();
          Object.assign(window, { held: null });
        });
      });
    }

    await tabs[0]!.evaluate(() => window.app.session.logout({ localOnly: true }));

    for (const tab of tabs) {
      await tab.waitFor(() => window.app.events.length > 0);
      expect(await tab.evaluate(() => (window as unknown as { held: unknown }).held)).toBeNull();
    }
  });
});
