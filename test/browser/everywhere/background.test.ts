import { describe, expect } from 'vitest';
import { appTest, hasReturned, isReady, type TestApp } from '../app/test-app.js';
import { freeze, inTheBackground, type Context, type Tab } from '../driver/index.js';
import { expectNothingStored, expectSignedOut } from './signed-out.js';
import { deaf, isCovered, visitsIn } from './tabs.js';

declare global {
  interface Window {
    /** What the page has been through since a test began to listen. */
    happened: string[];
  }
}

const test = appTest.extend(inTheBackground);

const MODE = 'localstorage.rt';

/** Opens a tab that is signed in, and then another in front of it. */
async function openBehind(app: TestApp, context: Context, settings: string): Promise<[Tab, Tab]> {
  const behind = await app.open(context, settings);
  await app.logIn(behind);
  const front = await app.open(context, settings);
  await isReady(front, 'in');
  await behind.evaluate(() => {
    window.happened = [];
    for (const type of ['visibilitychange', 'freeze', 'resume']) {
      document.addEventListener(type, () => window.happened.push(type));
    }
    window.app.session.onLogout(({ from }) => void window.happened.push(`logout ${from}`));
  });
  expect(await behind.evaluate(() => document.visibilityState)).toBe('hidden');
  return [front, behind];
}

describe('a tab in the background', () => {
  test('has nothing left, is covered, and follows, without being shown', async ({
    app,
    context,
  }) => {
    const [front, behind] = await openBehind(app, context, MODE);
    const visits = visitsIn(context);
    const release = app.tenant.control.behave('/v2/logout', { hang: true });
    const left = app.tenant.control.waitFor('/v2/logout');

    await front.evaluate(() => void window.app.session.logout());
    await left;
    await behind.waitFor(() => window.happened.length);
    expect(await behind.evaluate(() => window.happened)).toEqual(['logout other-tab']);
    expect(await isCovered(behind)).toBe(true);
    await expectSignedOut(app, behind);
    release();
    await hasReturned(behind);

    expect(await behind.evaluate(() => document.visibilityState)).toBe('hidden');
    expect(visits.filter((path) => path === '/v2/logout')).toHaveLength(1);
  });

  test('that is frozen has nothing left when it thaws', async ({ app, context }) => {
    const [front, behind] = await openBehind(app, context, `${MODE}.stay`);
    const thaw = await freeze(behind);

    await front.evaluate(() => window.app.session.logout({ localOnly: true }));
    await thaw();
    await behind.waitFor(() => window.happened.length === 3);

    // A message gets through to a frozen tab in Chromium, a storage event does not.
    const happened = await behind.evaluate(() => window.happened);
    expect(happened.toSorted()).toEqual(['freeze', 'logout other-tab', 'resume']);
    await expectSignedOut(app, behind);
  });

  test('that is frozen and deaf has nothing left when it is shown', async ({ app, context }) => {
    await deaf(context);
    const [front, behind] = await openBehind(app, context, `${MODE}.stay`);
    const thaw = await freeze(behind);

    await front.evaluate(() => window.app.session.logout({ localOnly: true }));
    await thaw();
    await behind.waitFor(() => window.happened.length === 2);
    expect(await behind.evaluate(() => window.happened)).toEqual(['freeze', 'resume']);
    await behind.bringToFront();
    await behind.waitFor(() => window.happened.length === 4);

    expect(await behind.evaluate(() => window.happened)).toContain('logout earlier');
    await expectNothingStored(app, behind);
    await expectSignedOut(app, behind);
  });
});
