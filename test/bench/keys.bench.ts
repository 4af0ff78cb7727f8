import { describe, expect } from 'vitest';
import { appTest as test } from '../browser/app/test-app.js';
import { comparePaired, report } from './paired.js';

const KEYS = 10_000;

describe(`${KEYS} keys in localStorage`, () => {
  test.for([
    ['without a client', 'memory.iframe.plain.stay'],
    ['with a client', 'memory.iframe.stay'],
  ] as const)(
    '%s, against a loop that looks for JWTs',
    async ([name, settings], { app, context }) => {
      const tab = await app.open(context, settings);
      await tab.evaluate((count) => {
        for (let i = 0; i < count; i++) {
          localStorage.setItem(`item:${i}`, JSON.stringify({ id: i, title: `Row number ${i}` }));
        }
      }, KEYS);

      const result = await comparePaired(
        () =>
          tab.evaluate(async () => {
            const begun = performance.now();
            await window.app.session.logout({ localOnly: true });
            return performance.now() - begun;
          }),
        () =>
          tab.evaluate(() => {
            const begun = performance.now();
            for (const key of Object.keys(localStorage)) {
              const value = localStorage.getItem(key)!;
              if (/eyJ[\w-]+\.[\w-]+\.[\w-]*/.test(value)) localStorage.removeItem(key);
            }
            return performance.now() - begun;
          }),
        15,
      );

      report(`${KEYS} keys, ${name}, a loop by hand (limit 1)`, result);
      expect(await tab.evaluate(() => localStorage.length)).toBeGreaterThanOrEqual(KEYS);
      expect(result.ours).toBeLessThan(1000);
    },
  );
});
