import { expect } from 'vitest';
import { appTest as test, isReady } from '../app/test-app.js';
import type { Tab } from '../driver/index.js';
import { expectSignedOut } from './signed-out.js';
import { visitsIn } from './tabs.js';

const mode = 'localstorage.rt';

test.afterEach(({ app }) => app.tenant.control.reset());

type Reason = 'idle' | 'user';

const logOut = (tab: Tab, reason: Reason): Promise<void> =>
  tab.evaluate((reason) => void window.app.session.logout({ reason }), reason);

const atOnce = (tabs: readonly Tab[], reason: Reason): Promise<unknown> =>
  Promise.all(tabs.map((tab) => logOut(tab, reason)));

test.for([
  // As time-outs do it that run in each tab for itself, and applications that tell their tabs.
  ['in the same moment', 'idle', atOnce],
  ['in the same moment', 'user', atOnce],
  [
    'while the first is at Auth0',
    'idle',
    async ([first, ...others]: readonly Tab[], reason: Reason, asked: Promise<unknown>) => {
      await logOut(first!, reason);
      await asked;
      await atOnce(others, reason);
    },
  ],
] as const)(
  'of three tabs that log out %s (%s), one goes to Auth0',
  async ([, reason, run], { app, context }) => {
    const { control } = app.tenant;
    // A tab that goes on by itself as soon as it has heard could not be asked any more.
    const tabs = [await app.open(context, `${mode}.stay`)];
    await app.logIn(tabs[0]!);
    for (let i = 0; i < 2; i++) tabs.push(await app.open(context, `${mode}.stay`));
    for (const tab of tabs) await isReady(tab, 'in');
    const visits = visitsIn(context);
    const release = control.behave('/v2/logout', { hang: true });

    const asked = control.waitFor('/v2/logout');
    await run(tabs, reason, asked);
    await asked;
    release();
    for (const tab of tabs) {
      await tab.waitForUrl(/\/bye\?/);
      await isReady(tab, 'out');
      await expectSignedOut(app, tab);
    }

    expect(visits.filter((path) => path === '/v2/logout')).toHaveLength(1);
    const receipts = [];
    for (const tab of tabs) {
      const receipt = await tab.evaluate(() => window.app.session.takeReceipt());
      if (receipt) receipts.push(receipt);
    }
    expect(receipts).toMatchObject([{ reason, verified: true }]);
  },
);

test('a tab that is not quick to clear counts in the receipt of one that is', async ({
  app,
  context,
}) => {
  const tab = await app.open(context, mode);
  await app.logIn(tab);
  const other = await app.open(context, mode);
  await isReady(other, 'in');
  await other.evaluate(() => window.app.session.holdCredentials(() => new Promise(() => {})));

  await tab.evaluate(() => void window.app.session.logout());
  await tab.waitForUrl(/\/bye\?/);
  await isReady(tab, 'out');

  expect(await tab.evaluate(() => window.app.session.takeReceipt())).toMatchObject({ tabs: 2 });
});
