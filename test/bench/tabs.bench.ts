import { describe, expect } from 'vitest';
import { appTest as test } from '../browser/app/test-app.js';
import type { Tab } from '../browser/driver/index.js';
import { comparePaired, report } from './paired.js';

declare global {
  interface Window {
    cleanAt: number;
    raw: BroadcastChannel;
  }
}

const TABS = 40;

/** Notes when this page is clean: told by us, or by a BroadcastChannel and a `removeItem`. */
function noteWhenClean(): void {
  const note = (): void => void (window.cleanAt = performance.timeOrigin + performance.now());
  window.app.session.onLogout(note);
  window.raw = new BroadcastChannel('raw');
  window.raw.onmessage = () => {
    sessionStorage.removeItem('token');
    note();
  };
}

describe(`${TABS} tabs`, () => {
  test('until the last one is clean, against a raw BroadcastChannel', async ({ app, context }) => {
    const tabs: Tab[] = [];
    for (let i = 0; i < TABS; i++) tabs.push(await app.open(context, 'memory.iframe.stay'));
    for (const tab of tabs) await tab.evaluate(noteWhenClean);
    const [first, ...others] = tabs as [Tab, ...Tab[]];

    const lastClean = async (begin: () => number): Promise<number> => {
      for (const tab of others) await tab.evaluate(() => void (window.cleanAt = 0));
      const begun = await first.evaluate(begin);
      const clean: number[] = [];
      for (const tab of others) clean.push(await tab.waitFor(() => window.cleanAt));
      return Math.max(...clean) - begun;
    };
    const ours = (): number => {
      const begun = performance.timeOrigin + performance.now();
      void window.app.session.logout({ localOnly: true });
      return begun;
    };
    const raw = (): number => {
      const begun = performance.timeOrigin + performance.now();
      window.raw.postMessage('logout');
      return begun;
    };

    const result = await comparePaired(
      () => lastClean(ours),
      () => lastClean(raw),
      7,
    );

    report(`${TABS} tabs, raw BroadcastChannel (limit 20 to 18)`, result);
    expect(result.ours).toBeLessThan(1000);
  });
});
