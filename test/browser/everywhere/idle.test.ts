import { describe, expect } from 'vitest';
import { appTest as test, isReady } from '../app/test-app.js';
import { isCovered } from './tabs.js';

declare global {
  interface Window {
    /** Where each timer comes from that has not fired yet. */
    timers: Map<number, string>;
    restored?: boolean;
  }
}

describe('a page that has created a session and does nothing', () => {
  test('holds no timer', async ({ app, context }) => {
    await context.beforeEveryPage(() => {
      const timers = (window.timers = new Map<number, string>());
      const { setTimeout, setInterval, clearTimeout } = window;
      window.setTimeout = ((run: () => void, ms?: number) => {
        const id = setTimeout(() => {
          timers.delete(id);
          run();
        }, ms) as unknown as number;
        timers.set(id, new Error().stack!);
        return id;
      }) as never;
      window.setInterval = ((run: () => void, ms?: number) => {
        const id = setInterval(run, ms) as unknown as number;
        timers.set(id, new Error().stack!);
        return id;
      }) as never;
      window.clearTimeout = window.clearInterval = ((id: number) => {
        timers.delete(id);
        clearTimeout(id);
      }) as never;
    }, null);
    const tab = await app.open(context, 'localstorage.rt');
    await app.logIn(tab);
    const ours = (): Promise<number> =>
      tab.evaluate(
        () => [...window.timers.values()].filter((stack) => stack.includes('/dist/')).length,
      );

    expect(await ours()).toBe(0);
    // And one that does something is seen to hold one.
    await tab.evaluate(() => {
      void window.app.session.logout({ openUrl: () => new Promise(() => {}) });
    });
    await expect.poll(ours).toBeGreaterThan(0);
  });

  test('comes back from the bfcache as it was', async ({ app, context }) => {
    const tab = await app.open(context, 'localstorage.rt');
    await app.logIn(tab);
    await tab.evaluate(() => {
      addEventListener('pageshow', ({ persisted }) => (window.restored = persisted));
    });

    await tab.goto(`${app.url}/config.json`);
    await tab.back();

    await tab.waitFor(() => window.restored);
    await isReady(tab, 'in');
    expect(await isCovered(tab)).toBe(false);
    expect(await tab.evaluate(() => window.app.whoIsThere())).toMatchObject({ token: 'a token' });
  });
});
