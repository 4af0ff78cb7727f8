import { describe, expect } from 'vitest';
import { appTest as test, cacheModes, isReady } from './app/test-app.js';
import type { Tab } from './driver/index.js';
import { logInAgain } from './everywhere/signed-out.js';

/** What a getTokenSilently answers: a token, or the error's code. */
const token = (tab: Tab): Promise<string> =>
  tab.evaluate(() =>
    window.app.client.getTokenSilently({ cacheMode: 'off' }).then(
      () => 'a token',
      (error: { error: string }) => error.error,
    ),
  );

describe.each(cacheModes)('a renewal in flight at logout with %s', (mode) => {
  test('is rejected, and brings nobody back', async ({ app, context }) => {
    const tab = await app.open(context, mode);
    await app.logIn(tab);
    const { control } = app.tenant;
    const renewing = control.waitFor('/oauth/token');
    control.behave('/oauth/token', { delayMs: 700, hold: 'response', times: 1 });

    try {
      const answer = token(tab);
      await renewing;
      const result = await tab.evaluate(() => window.app.session.logout({ localOnly: true }));
      expect(await answer).toBe('login_required');
      expect(result.status).toBe('stayed');
      expect(await token(tab)).toBe('login_required');
      expect(await tab.evaluate(() => window.app.client.isAuthenticated())).toBe(false);
      expect(await app.tokensIn(tab)).toEqual([]);
    } finally {
      control.reset();
    }
  });
});

describe('another tab', () => {
  test('drops its credentials, never goes to Auth0, and returns with the first', async ({
    app,
    context,
  }) => {
    const first = await app.open(context, 'localstorage.rt');
    await app.logIn(first);
    const other = await app.open(context, 'localstorage.rt', '/other');
    await isReady(other, 'in');
    const visits: string[] = [];
    context.onRequest(
      ({ url, isNavigation }) => isNavigation && visits.push(new URL(url).pathname),
    );

    await first.evaluate(() => void window.app.session.logout());
    await other.waitForUrl(/\/bye\?/);
    await isReady(other, 'out');

    expect(await other.text('#private')).toBe('Signed out');
    expect(visits.filter((path) => path === '/v2/logout')).toHaveLength(1);
    await expect.poll(() => app.tokensIn(other)).toEqual([]);
  });

  test('hears why, and of another client not at all', async ({ app, context }) => {
    const first = await app.open(context, 'memory.rt');
    await app.logIn(first);
    const other = await app.open(context, 'memory.rt.stay', '/other');
    const second = await app.open(context, 'memory.rt.second.stay', '/second');

    await first.evaluate(() => window.app.session.logout({ localOnly: true, reason: 'forced' }));
    await other.waitFor(() => window.app.events.length > 0);

    expect(await other.evaluate(() => window.app.events)).toEqual([
      { reason: 'forced', from: 'other-tab' },
    ]);
    expect(await token(other)).toBe('login_required');
    expect(await second.evaluate(() => window.app.events)).toEqual([]);
  });
});

describe('an explicit login afterwards', () => {
  test('works at once and survives a reload', async ({ app, context }) => {
    const tab = await app.open(context, 'localstorage.rt');
    await app.logIn(tab);
    await tab.evaluate(() => window.app.session.logout({ localOnly: true }));
    expect(await tab.evaluate(() => window.app.session.nextLogin())).toEqual({ prompt: 'login' });

    await logInAgain(tab);
    await tab.reload();
    await isReady(tab, 'in');

    expect(await tab.evaluate(() => window.app.session.nextLogin())).toEqual({});
    expect(await token(tab)).toBe('a token');
  });
});
