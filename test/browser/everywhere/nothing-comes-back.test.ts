import { describe, expect } from 'vitest';
import { appTest as test, isReady } from '../app/test-app.js';
import { askUnfenced, lastWordsOf, startCall, watchClients } from './in-flight.js';
import { expectNothingStored, expectSignedOut, logInAgain } from './signed-out.js';

/** Every call and every mode in this tab and in another, and a renewal in all modes. */
const rows = [
  ['getTokenSilently', 'memory.iframe', 'this'],
  ['getTokenSilently', 'memory.rt', 'this'],
  ['getTokenSilently', 'localstorage.iframe', 'this'],
  ['getTokenSilently', 'localstorage.rt', 'this'],
  ['getTokenSilently', 'localstorage.iframe', 'another'],
  ['getTokenSilently', 'localstorage.rt', 'another'],
  ['handleRedirectCallback', 'memory.rt', 'this'],
  ['handleRedirectCallback', 'localstorage.iframe', 'another'],
  ['loginWithPopup', 'localstorage.iframe', 'this'],
  ['loginWithPopup', 'memory.rt', 'another'],
  ['loginWithCustomTokenExchange', 'localstorage.rt', 'this'],
  ['loginWithCustomTokenExchange', 'memory.iframe', 'another'],
] as const;

test.afterEach(({ app }) => app.tenant.control.reset());

test.for(['memory.iframe', 'memory.iframe.wrapped'])(
  'a fetcher gets no token either, %s',
  async (settings, { app, context }) => {
    const tab = await app.open(context, `${settings}.stay`);
    await app.logIn(tab);
    /** What becomes of a request to an API, and of what it carries. */
    const request = (): Promise<unknown> =>
      tab.evaluate(async () => {
        const sent: (string | null)[] = [];
        const fetcher = window.app.handedOut.createFetcher({
          fetch: async ({ headers }) => {
            sent.push(headers.get('authorization'));
            return new Response();
          },
        });
        const outcome = await fetcher.fetchWithAuth('https://api.example/me').then(
          ({ status }) => status,
          ({ error }: { error: string }) => error,
        );
        return { outcome, sent };
      });
    const carried = expect.stringMatching(/^Bearer \S{10}/) as string;
    expect(await request()).toEqual({ outcome: 200, sent: [carried] });

    await tab.evaluate(() => window.app.session.logout({ localOnly: true }));
    expect(await request()).toEqual({ outcome: 'login_required', sent: [] });

    await logInAgain(tab);
    expect(await request()).toEqual({ outcome: 200, sent: [carried] });
  },
);

test.for(['this', 'another'])(
  'a renewal in flight that turns out to need a second factor opens no login, logout in %s tab',
  async (where, { app, context }) => {
    await context.beforeEveryPage(() => {
      window.moreClientOptions = { interactiveErrorHandler: 'popup' };
    }, null);
    await watchClients(context);
    const tab = await app.open(context, 'localstorage.rt.stay');
    await app.logIn(tab);
    const caller = where === 'this' ? tab : await app.open(context, 'localstorage.rt.stay');
    let release = (): void => {};
    const asked = new Promise<void>((resolve) => {
      void context.route('**/oauth/token', async ({ answer, body, pass }) => {
        if (!body?.includes('refresh_token')) return pass();
        resolve();
        await new Promise<void>((resolve) => (release = resolve));
        const headers = { 'access-control-allow-origin': '*' };
        const error = { error: 'mfa_required', error_description: '', mfa_token: 'of-nobody' };
        const contentType = 'application/json';
        await answer({ status: 403, headers, contentType, body: JSON.stringify(error) });
      });
    });
    await caller.evaluate(() => {
      window.underway = [];
      window.outcome = window.app.client.getTokenSilently({ cacheMode: 'off' }).then(
        () => 'resolved',
        ({ error }: { error: string }) => error,
      );
    });
    await asked;

    await tab.evaluate(() => window.app.session.logout({ localOnly: true }));
    expect(await caller.evaluate(() => window.outcome)).toBe('login_required');
    const logins: string[] = [];
    context.onRequest(({ url }) => url.includes('/authorize?') && logins.push(url));
    release();
    await caller.evaluate(async () => void (await Promise.all(window.underway!)));

    expect(logins).toEqual([]);
    for (const each of [tab, caller]) await expectSignedOut(app, each);
  },
);

describe('a call in flight at a logout signs nobody back in', () => {
  test.for(rows)('%s with %s, logout in %s tab', async (row, { app, context }) => {
    const [call, mode, where] = row;
    const { control } = app.tenant;
    await watchClients(context);
    const tab = await app.open(context, `${mode}.stay`);
    await app.logIn(tab);
    const caller = where === 'this' ? tab : await app.open(context, `${mode}.stay`);
    // Memory and a refresh token in it are one tab's own.
    if (mode === 'memory.rt' && caller !== tab) await logInAgain(caller);

    // Locally only: the answer comes while the logout waits for it, or in the other tab after it.
    const first = await startCall(app, caller, call);
    const logout = tab.evaluate(() => window.app.session.logout({ localOnly: true }));
    expect(await first.outcome()).toBe('login_required');
    await first.land();
    const { sessions } = await logout;
    expect(sessions).toMatchObject({ application: 'ended', auth0: 'kept' });
    for (const each of new Set([tab, caller])) await expectSignedOut(app, each);

    // An explicit login works at once, everywhere, though it is the same Auth0 session.
    await logInAgain(caller);
    if (mode === 'memory.rt') await logInAgain(tab);
    else {
      await tab.reload();
      await isReady(tab, 'in');
      await caller.reload();
      await isReady(caller, 'in');
    }

    // At Auth0, which is slow: the answer comes while the page is still there.
    const second = await startCall(app, caller, call);
    const expectLastWords = caller === tab ? await lastWordsOf(tab) : undefined;
    const release = control.behave('/v2/logout', { hang: true });
    const left = control.waitFor('/v2/logout');
    await tab.evaluate(() => void window.app.session.logout());
    await left;
    if (expectLastWords) {
      second.release();
      await expectLastWords();
      await expectNothingStored(app, await context.newTab(`${app.url}/config.json`));
    } else {
      expect(await second.outcome()).toBe('login_required');
      await second.land();
      await expectSignedOut(app, caller);
      if (mode === 'memory.rt') expect(await askUnfenced(caller)).toBe('missing_refresh_token');
    }

    release();
    await tab.waitForUrl(/\/bye\?/);
    await isReady(tab);
    expect(await tab.text('#private')).toBe('Signed out');
    await expectSignedOut(app, tab);
  });
});
