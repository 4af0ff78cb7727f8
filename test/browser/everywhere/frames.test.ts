import { expect } from 'vitest';
import { appTest as test, isReady, type TestApp } from '../app/test-app.js';
import type { Context, Tab } from '../driver/index.js';

/** A page with somebody signed in, and the same application in a frame of it. */
async function openFramed(
  app: TestApp,
  context: Context,
  settings: string,
  around = settings,
): Promise<Tab> {
  const tab = await app.open(context, around);
  await app.logIn(tab);
  await tab.evaluate((url) => {
    const frame = document.createElement('iframe');
    frame.src = url;
    document.body.append(frame);
  }, `${app.url}/home?${settings}`);
  await tab.waitFor(() => (frames[0] as Window | undefined)?.document.body?.dataset.ready);
  return tab;
}

test.for(['localstorage.rt', 'localstorage.rt.oidc'])(
  'a logout in a frame takes the page around it to Auth0 and back, in %s',
  async (settings, { app, context }) => {
    const tab = await openFramed(app, context, settings);

    await tab.evaluate(() => {
      const { session } = (frames[0] as Window).app;
      // Too long for an address: `/oidc/logout` gets a form.
      void session.logout(location.search.endsWith('oidc') ? { state: 's'.repeat(2000) } : {});
    });
    await tab.waitForUrl(/\/bye\?/);
    await isReady(tab, 'out');

    expect(await tab.evaluate(() => window.app.session.takeReceipt())).toMatchObject({
      verified: true,
      sessions: { auth0: 'requested' },
    });
    expect(app.tenant.control.sessions().tenant).toEqual([]);
  },
);

test('a logout in a frame leaves a page alone that has no session, as a test runner', async ({
  app,
  context,
}) => {
  const tab = await openFramed(app, context, 'localstorage.rt', 'nosession');
  const asked = tab.waitForRequest(/\/v2\/logout/);

  await tab.evaluate(() => void (frames[0] as Window).app.session.logout());
  await asked;
  await tab.waitFor(() => (frames[0] as Window).location.pathname === '/bye');

  expect(tab.url()).toContain('/home');
});
