import { describe, expect } from 'vitest';
import { appTest as test } from '../browser/app/test-app.js';

const TIMES = 1000;

describe('a page in which nothing happens', () => {
  test('message handling and marker checks', async ({ app, context }) => {
    const tab = await app.open(context, 'memory.iframe.stay');
    await tab.evaluate(() => window.app.session.logout({ localOnly: true }));

    const costs = await tab.evaluate(async (times) => {
      const key = Object.keys(localStorage).find((one) => one.startsWith('auth0-logout::'))!;
      const each = (run: () => unknown): number => {
        const begun = performance.now();
        for (let i = 0; i < times; i++) run();
        return (performance.now() - begun) / times;
      };
      const other = new BroadcastChannel(key);
      const listener = new BroadcastChannel(key);
      const posted = async (message: unknown): Promise<number> => {
        const done = new Promise<number>((resolve) => {
          let seen = 0;
          const begun = performance.now();
          listener.onmessage = () => {
            if (++seen === times) resolve((performance.now() - begun) / times);
          };
        });
        for (let i = 0; i < times; i++) other.postMessage(message);
        return done;
      };
      return {
        'a marker check on focus': each(() => dispatchEvent(new Event('focus'))),
        'a storage event of the marker': each(() =>
          dispatchEvent(new StorageEvent('storage', { key })),
        ),
        'a storage event of another key': each(() =>
          dispatchEvent(new StorageEvent('storage', { key: 'theme' })),
        ),
        'a message of a known logout, posted and handled': await posted(['logout', 'x']),
        'a forged message, posted and handled': await posted({ type: 'logout', url: '//evil' }),
      };
    }, TIMES);

    for (const [what, ms] of Object.entries(costs)) {
      console.log(`${what}: ${ms.toFixed(4)} ms (limit 1)`);
      expect(ms).toBeLessThan(10);
    }
  });
});
