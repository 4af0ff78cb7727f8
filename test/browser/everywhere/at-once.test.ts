import { expect } from 'vitest';
import { appTest as test, hasReturned, isReady, logOut } from '../app/test-app.js';
import type { Tab } from '../driver/index.js';
import { expectSignedOut } from './signed-out.js';
import { openTwo, visitsIn } from './tabs.js';

const mode = 'localstorage.rt';

test.afterEach(({ app }) => app.tenant.control.reset());

const beginLogout = (tab: Tab): Promise<void> =>
  tab.evaluate(() => void window.app.session.logout({ reason: 'idle' }));

test.for([
  // As idle time-outs do it that run in each tab for itself.
  ['in the same moment', (tabs: readonly Tab[]) => Promise.all(tabs.map(beginLogout))],
  [
    'while the first is at Auth0',
    async ([first, ...others]: readonly Tab[], asked: Promise<unknown>) => {
      await beginLogout(first!);
      await asked;
      await Promise.all(others.map(beginLogout));
    },
  ],
] as const)(
  'of three tabs that log out %s, one goes to Auth0',
  async ([, run], { app, context }) => {
    const { control } = app.tenant;
    // A tab that goes on by itself as soon as it has heard could not be asked any more.
    const tabs = [await app.open(context, `${mode}.stay`)];
    await app.logIn(tabs[0]!);
    for (let i = 0; i < 2; i++) tabs.push(await app.open(context, `${mode}.stay`));
    for (const tab of tabs) await isReady(tab, 'in');
    const visits = visitsIn(context);
    const release = control.behave('/v2/logout', { hang: true });

    const asked = control.waitFor('/v2/logout');
    await run(tabs, asked);
    await asked;
    release();
    for (const tab of tabs) {
      await hasReturned(tab);
      await expectSignedOut(app, tab);
    }

    expect(visits.filter((path) => path === '/v2/logout')).toHaveLength(1);
    const receipts = [];
    for (const tab of tabs) {
      const receipt = await tab.evaluate(() => window.app.session.takeReceipt());
      if (receipt) receipts.push(receipt);
    }
    expect(receipts).toMatchObject([{ reason: 'idle', verified: true }]);
  },
);

test('two sessions of one page are one tab', async ({ app, context }) => {
  const tab = await app.open(context, mode);
  await app.logIn(tab);
  await tab.evaluate(() => {
    const { auth0Logout, domain, clientId } = window.app;
    auth0Logout.createLogout({ domain, clientId, onOtherTabLogout: () => {} });
  });

  await logOut(tab);

  expect(await tab.evaluate(() => window.app.session.takeReceipt())).toMatchObject({ tabs: 1 });
});

test('a tab that is not quick to clear counts in the receipt of one that is', async ({
  app,
  context,
}) => {
  const [tab, other] = await openTwo(app, context, mode);
  await other.evaluate(() => window.app.session.holdCredentials(() => new Promise(() => {})));

  await logOut(tab);

  expect(await tab.evaluate(() => window.app.session.takeReceipt())).toMatchObject({ tabs: 2 });
});
