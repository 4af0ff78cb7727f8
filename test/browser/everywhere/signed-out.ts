import { expect } from 'vitest';
import { isReady, type TestApp } from '../app/test-app.js';
import type { Tab } from '../driver/index.js';

/** What a page whose client has nothing left to give says of itself. */
export const NOBODY = { user: null, claims: null, token: 'login_required' };

/**
 * Expects that nobody is signed in: nothing in storage or cookies, nothing in the client's memory,
 * and no token for whoever asks.
 */
export async function expectSignedOut(app: TestApp, tab: Tab): Promise<void> {
  await expectNothingStored(app, tab);
  expect(await tab.evaluate(() => window.app.whoIsThere())).toEqual(NOBODY);
}

/** Expects no token and no cookie. What a late answer has written is removed right after. */
export async function expectNothingStored(app: TestApp, tab: Tab): Promise<void> {
  await expect
    .poll(async () => [await app.tokensIn(tab), await tab.evaluate(() => document.cookie)])
    .toEqual([[], '']);
}

/** Logs in again where the tenant's session still lives: nobody is asked. */
export async function logInAgain(tab: Tab): Promise<void> {
  await tab.evaluate(() => {
    // The page that is left says so too, and is at the same address.
    delete document.body.dataset.ready;
    void window.app.client.loginWithRedirect();
  });
  await tab.waitForUrl(/\/home\?/);
  await isReady(tab, 'in');
}
