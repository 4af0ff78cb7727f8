import { describe, expect } from 'vitest';
import { appTest as test, isReady } from '../app/test-app.js';
import type { Tab } from '../driver/index.js';

const receipt = (tab: Tab) => tab.evaluate(() => window.app.session.takeReceipt());
const nextLogin = (tab: Tab) => tab.evaluate(() => window.app.session.nextLogin());

describe('the page that Auth0 returns to', () => {
  test('has a receipt, once, that counts the tabs, and no other page has one', async ({
    app,
    context,
  }) => {
    const tab = await app.open(context, 'memory.rt.stay');
    await app.logIn(tab);
    const other = await app.open(context, 'memory.rt.stay', '/other');
    expect(await receipt(tab)).toBeNull();
    const release = app.tenant.control.behave('/v2/logout', { hang: true });

    await tab.evaluate(() => void window.app.session.logout({ federated: true, reason: 'idle' }));
    await other.waitFor(() => window.app.events.length);
    release();
    await tab.waitForUrl(/\/bye\?/);
    await isReady(tab);

    expect(await receipt(other)).toBeNull();
    expect(await receipt(tab)).toMatchObject({
      reason: 'idle',
      sessions: { application: 'ended', auth0: 'requested', identityProvider: 'requested' },
      tabs: 2,
      verified: true,
    });
    expect(await receipt(tab)).toBeNull();
    await tab.reload();
    await isReady(tab);
    expect(await receipt(tab)).toBeNull();
  });

  test('has one that is not verified at another address', async ({ app, context }) => {
    const tab = await app.open(context, 'memory.rt');
    await app.logIn(tab);
    const leaving = tab.waitForRequest(/\/v2\/logout/);
    await context.route(/\/v2\/logout/, ({ answer }) =>
      answer({ status: 302, headers: { location: `${app.url}/elsewhere?memory.rt` } }),
    );

    await tab.evaluate(() => void window.app.session.logout());
    await leaving;
    await tab.waitForUrl(/\/elsewhere\?/);
    await isReady(tab);

    expect(await receipt(tab)).toMatchObject({ verified: false });
  });
});

describe('after a logout of the application alone', () => {
  test('the next login asks for credentials in every tab, until one has completed', async ({
    app,
    context,
  }) => {
    const tab = await app.open(context, 'memory.rt.stay');
    await app.logIn(tab);
    const other = await app.open(context, 'memory.rt.stay', '/other');
    expect([await nextLogin(tab), await nextLogin(other)]).toEqual([{}, {}]);

    await tab.evaluate(() => window.app.session.logout({ localOnly: true }));
    await other.waitFor(() => window.app.events.length > 0);

    const late = await app.open(context, 'memory.rt.stay', '/late');
    for (const one of [tab, other, late]) expect(await nextLogin(one)).toEqual({ prompt: 'login' });

    await tab.evaluate(() => {
      const authorizationParams = window.app.session.nextLogin();
      void window.app.client.loginWithRedirect({ authorizationParams });
    });
    await tab.click('button[name=user][value=ada]');
    await isReady(tab, 'in');

    expect(await nextLogin(tab)).toEqual({});
    expect(await nextLogin(await app.open(context, 'memory.rt.stay', '/new'))).toEqual({});
  });
});
