import { inject, test as base } from 'vitest';
import type { BrowserDriver, Context, Tab } from './browser-driver.js';
import { launchChromium, launchChromiumAsPeopleDo } from './chromium.js';

export type * from './browser-driver.js';
export { escapeToPlaywrightPage, freeze, launchChromiumIn, processIds } from './chromium.js';

/** Chromium, or Firefox where a run has that instead. */
async function launch(): Promise<BrowserDriver> {
  const firefox = inject('firefoxPath');
  if (!firefox) return launchChromium(inject('chromiumPath'));
  // Loaded only then: it takes its time.
  const { launchFirefox } = await import('./firefox.js');
  return launchFirefox(firefox);
}

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
      const browser = await launch();
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

/**
 * The same in a browser of the test's own in which only the tab in front is visible, as on a person's
 * screen. Pass it what `extend` takes, to make a test of such a kind.
 */
export const inTheBackground = {
  context: async ({}, use: (context: Context) => Promise<void>): Promise<void> => {
    const context = await launchChromiumAsPeopleDo(inject('chromiumPath'));
    await use(context);
    await context.close();
  },
};
