import { readFileSync } from 'node:fs';
import { describe, expect } from 'vitest';
import { appTest as test, cacheModes, isReady } from '../app/test-app.js';
import type { Tab } from '../driver/index.js';
import { startCall, watchClients, type Call } from './in-flight.js';
import { expectNothingStored, logInAgain } from './signed-out.js';

const pageHtml = readFileSync(new URL('../app/page.html', import.meta.url), 'utf8');

// What auth0-spa-js's own logout() leaves open, once with it and once with ours, so that each test
// of ours is known to test something.

/** Logs out with the session where the page has one, and as its documentation says otherwise. */
function logOut(tab: Tab, openUrl?: false): Promise<unknown> {
  return tab.evaluate((openUrl) => {
    const { client, session, settings } = window.app;
    const returnTo = `${location.origin}/bye?${settings}`;
    if (session) return session.logout(openUrl === false ? { localOnly: true } : {});
    return client.logout({ logoutParams: { returnTo }, openUrl }).then(() => undefined);
  }, openUrl);
}

/** Begins to log out, and answers when Auth0 is asked, or before that for as long as it takes. */
function beginLogOut(tab: Tab): Promise<void> {
  return tab.evaluate(() => {
    const { client, session, settings } = window.app;
    const returnTo = `${location.origin}/bye?${settings}`;
    void (session ? session.logout() : client.logout({ logoutParams: { returnTo } })).catch(
      (error: unknown) => console.info('logout rejected', String(error)),
    );
  });
}

const isSignedIn = (tab: Tab): Promise<boolean> =>
  tab.evaluate(() => window.app.client.isAuthenticated());

const both = [
  { who: 'a plain client', words: 'nosession', breaks: true },
  { who: 'this module', words: 'stay', breaks: false },
] as const;

test.afterEach(({ app }) => app.tenant.control.reset());

// The counterpart with this module is nothing-comes-back.test.ts.
describe('a plain client', () => {
  const calls: readonly Call[] = ['getTokenSilently', 'handleRedirectCallback'];
  const inFlight = cacheModes.map((mode, i) => ({ mode, call: calls[i % 2]! }));

  test.for(inFlight)('with $call in flight, $mode', async ({ mode, call }, { app, context }) => {
    await watchClients(context);
    const tab = await app.open(context, `${mode}.nosession`);
    await app.logIn(tab);
    const flight = await startCall(app, tab, call);

    await logOut(tab, false);
    await flight.land();

    expect(await isSignedIn(tab)).toBe(true);
  });
});

describe.each(both)('$who', ({ words, breaks }) => {
  test('with a slow /v2/logout and a token on its way', async ({ app, context }) => {
    const { control } = app.tenant;
    await watchClients(context);
    const tab = await app.open(context, `localstorage.rt.${words}`);
    await app.logIn(tab);
    const flight = await startCall(app, tab, 'getTokenSilently');
    const release = control.behave('/v2/logout', { hang: true });
    const asked = control.waitFor('/v2/logout');
    await beginLogOut(tab);
    await asked;

    const observer = await context.newTab(`${app.url}/config.json`);
    flight.release();
    // The client writes what it got, and the page of the return finds it.
    if (breaks) await expect.poll(() => app.tokensIn(observer)).not.toEqual([]);
    release();
    await tab.waitForUrl(/\/bye\?/);
    await isReady(tab);

    expect(await tab.text('#private')).toMatch(breaks ? /^Signed in as / : /^Signed out$/);
  });

  test("with another tab's renewal on its way", async ({ app, context }) => {
    await watchClients(context);
    const tab = await app.open(context, `localstorage.rt.${words}`);
    await app.logIn(tab);
    const other = await app.open(context, `localstorage.rt.${words}`);
    const flight = await startCall(app, other, 'getTokenSilently');
    await beginLogOut(tab);
    await tab.waitForUrl(/\/bye\?/);

    await flight.land();
    if (!breaks) await expectNothingStored(app, tab);
    await tab.reload();
    await isReady(tab);

    expect(await tab.text('#private')).toMatch(breaks ? /^Signed in as / : /^Signed out$/);
  });

  test('whose worker was blocked', async ({ app, context }) => {
    await context.route(`${app.url}/home?memory.rt.*`, ({ answer }) =>
      answer({ headers: { 'content-security-policy': "worker-src 'none'" }, body: pageHtml }),
    );
    await context.beforeEveryPage(() => {
      window.moreConfig = { stepTimeoutMs: 300 };
    }, null);
    const tab = await app.open(context, `memory.rt.${words}`);
    app.tenant.control.forget();

    await beginLogOut(tab);

    if (breaks) {
      // Nothing is to come: what a healthy client has done long before this is done.
      const twin = await app.open(context, 'localstorage.rt.nosession');
      await beginLogOut(twin);
      await twin.waitForUrl(/\/bye\?/);
      expect(
        app.tenant.control.requests().filter(({ path }) => path === '/v2/logout'),
      ).toHaveLength(1);
      expect(tab.url()).toContain('/home');
    } else {
      await tab.waitForUrl(/\/bye\?/);
      expect(app.tenant.control.requests().map(({ path }) => path)).toContain('/v2/logout');
    }
  });

  test('whose cache does not remove', async ({ app, context }) => {
    await context.beforeEveryPage(() => {
      const entries = new Map<string, unknown>();
      window.moreClientOptions = {
        cache: {
          get: (key) => entries.get(key) as never,
          set: (key, value) => void entries.set(key, value),
          remove: () => Promise.reject(new Error('read-only')),
          allKeys: () => [...entries.keys()],
        },
      };
    }, null);
    const tab = await app.open(context, `memory.rt.${words}`);
    await app.logIn(tab);
    const said: string[] = [];
    tab.onConsole(({ text }) => said.push(text));

    await beginLogOut(tab);

    if (breaks) {
      await expect.poll(() => said).toContain('logout rejected Error: read-only');
      expect(tab.url()).toContain('/home');
      expect(await tab.evaluate(() => document.cookie)).toContain('is.authenticated');
    } else {
      await tab.waitForUrl(/\/bye\?/);
      expect(await tab.evaluate(() => document.cookie)).toBe('');
    }
  });

  test('called twice', async ({ app, context }) => {
    const tab = await app.open(context, `memory.rt.${words}`);
    await app.logIn(tab);

    const opened = await tab.evaluate(async () => {
      const { client, session } = window.app;
      const urls: string[] = [];
      const options = { openUrl: (url: string) => void urls.push(url) };
      await Promise.all([1, 2].map(() => (session ?? client).logout(options)));
      return urls.map((url) => new URL(url).pathname);
    });

    expect(opened).toEqual(Array(breaks ? 2 : 1).fill('/v2/logout'));
  });

  test('and Back', async ({ app, context }) => {
    const tab = await app.open(context, `memory.rt.${words}`);
    await app.logIn(tab);
    await tab.evaluate(() => {
      addEventListener('pageshow', ({ persisted }) => {
        document.body.dataset.shown = `${persisted} ${document.documentElement.checkVisibility()}`;
      });
    });
    await beginLogOut(tab);
    await tab.waitForUrl((url) => url.pathname === '/bye');

    if (breaks) {
      await tab.back();
      await tab.waitForElement('body[data-shown="true true"]');
      expect(await tab.text('#private')).toMatch(/^Signed in as /);
    } else {
      // The page was replaced: Back leads to where the login was asked for, and nobody is there.
      await tab.back();
      expect(await tab.evaluate(() => document.body.innerText)).not.toContain('Signed in as');
    }
  });

  test.for([
    { mode: 'localstorage.rt', asked: false },
    { mode: 'localstorage.iframe', asked: true },
    { mode: 'memory.rt', asked: true },
  ])('and another tab with $mode', async ({ mode, asked }, { app, context }) => {
    const tab = await app.open(context, `${mode}.${words}`);
    await app.logIn(tab);
    const other = await app.open(context, `${mode}.${words}`);
    if (mode === 'memory.rt') await logInAgain(other);

    await logOut(tab, false);
    if (!breaks) await other.waitFor(() => window.app.events.length);
    // Storage of another tab is a moment behind.
    await expect.poll(() => app.tokensIn(other)).toEqual([]);

    // Until it asks for a token, the other tab shows who was there.
    expect((await other.text('#private')).startsWith('Signed in as')).toBe(true);
    if (mode === 'memory.rt') expect(await isSignedIn(other)).toBe(breaks);
    const token = await other.evaluate(() =>
      window.app.client.getTokenSilently().then(
        () => true,
        () => false,
      ),
    );
    expect(token).toBe(breaks && asked);
    if (breaks && mode === 'localstorage.iframe') {
      await expect.poll(() => app.tokensIn(tab)).not.toEqual([]);
    } else if (!breaks) await expectNothingStored(app, tab);
  });
});
