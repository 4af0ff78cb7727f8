import { expect } from 'vitest';
import { appTest as test, isReady } from '../app/test-app.js';
import { logInAgain } from './signed-out.js';
import { openTwo, visitsIn } from './tabs.js';

const mode = 'localstorage.rt';

test.afterEach(({ app }) => app.tenant.control.reset());

test('an openUrl that takes this very page along is a logout as any other', async ({
  app,
  context,
}) => {
  const { control } = app.tenant;
  const [tab, other] = await openTwo(app, context, mode);
  const visits = visitsIn(context);
  const release = control.behave('/v2/logout', { hang: true });
  const asked = control.waitFor('/v2/logout');

  const result = await tab.evaluate(() =>
    window.app.session.logout({ openUrl: (url) => location.assign(url) }),
  );
  await asked;
  expect(result).toMatchObject({ status: 'left', sessions: { auth0: 'requested' } });
  // Whoever came back before Auth0 has answered could be logged in again by a session that lives on.
  expect(visits).toEqual(['/v2/logout']);
  release();
  await Promise.all([tab.waitForUrl(/\/bye\?/), other.waitForUrl(/\/bye\?/)]);
  for (const each of [tab, other]) await isReady(each, 'out');

  expect(visits.toSorted()).toEqual(['/bye', '/bye', '/v2/logout']);
  expect(await tab.evaluate(() => window.app.session.takeReceipt())).toMatchObject({
    verified: true,
    tabs: 2,
  });
});

test('one whose navigation is called off leaves a page that somebody can log in from', async ({
  app,
  context,
}) => {
  const tab = await app.open(context, mode);
  await app.logIn(tab);
  tab.onDialog(() => 'dismiss');
  // Chromium asks only for a page that somebody has touched.
  await tab.click('h1');

  const { status, sessions } = await tab.evaluate(() => {
    addEventListener('beforeunload', (event) => event.preventDefault(), { once: true });
    return window.app.session.logout({ openUrl: (url) => location.assign(url) });
  });
  await tab.evaluate(() => window.app.client.loginWithPopup());

  expect({ status, ...sessions }).toMatchObject({
    status: 'stayed',
    application: 'ended',
    auth0: 'kept',
  });
  expect(await tab.evaluate(() => window.app.whoIsThere())).toMatchObject({ token: 'a token' });
});

test('one that fails leaves the address to whoever was to open it', async ({ app, context }) => {
  const tab = await app.open(context, mode);
  await app.logIn(tab);
  const visits = visitsIn(context);

  const result = await tab.evaluate(() =>
    window.app.session.logout({
      openUrl: () => {
        throw new Error('The popup was blocked.');
      },
    }),
  );
  expect(result).toMatchObject({ status: 'stayed', sessions: { auth0: 'kept' } });
  await tab.reload();
  await isReady(tab, 'out');

  expect(visits).toEqual(['/home']);
  expect(await tab.evaluate(() => window.app.session.nextLogin())).toEqual({ prompt: 'login' });
  await logInAgain(tab);
});
