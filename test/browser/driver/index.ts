import { inject, test as base } from 'vitest';
import type { BrowserDriver, Context, Tab } from './browser-driver.js';
import { launchChromium } from './chromium.js';

export type * from './browser-driver.js';
export { escapeToPlaywrightPage, processIds } from './chromium.js';

/**
 * A vitest test with a browser: `browser` is one for the whole file, `context` a fresh profile for
 * each test, `tab` an empty tab in it.
 *
 * @example
 * browserTest('shows the address', async ({ tab }) => {
 *   await tab.goto('http://localhost:4400/');
 *   expect(tab.url()).toBe('http://localhost:4400/');
 * });
 */
export const browserTest = base.extend<{ browser: BrowserDriver; context: Context; tab: Tab }>({
  browser: [
    async ({}, use) => {
      const browser = await launchChromium(inject('chromiumPath'));
      await use(browser);
      await browser.close();
    },
    { scope: 'file' },
  ],
  context: async ({ browser }, use) => {
    const context = await browser.newContext();
    await use(context);
    await context.close();
  },
  tab: async ({ context }, use) => {
    await use(await context.newTab());
  },
});
