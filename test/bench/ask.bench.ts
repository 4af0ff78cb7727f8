import { describe, expect } from 'vitest';
import { manyTabsTest as test, openTabs, TABS } from './many-tabs.js';
import { rest } from './paired.js';

describe(`asking ${TABS} tabs that have nothing to save`, () => {
  test.for([
    ['which guard nothing', 0],
    ['which guard one piece each', 1],
  ] as const)('%s', async ([name, guards], { app, context }) => {
    const tabs = await openTabs(app, context, 'memory.iframe.stay', (tab) =>
      tab.evaluate((guards) => {
        for (let i = 0; i < guards; i++) {
          window.app.session.guardUnsavedWork({ label: 'Draft', isDirty: () => false });
        }
      }, guards),
    );
    const [first] = tabs;
    const took: number[] = [];
    for (let round = 0; round < 7; round++) {
      const { steps } = await first.evaluate(() => window.app.session.logout({ localOnly: true }));
      took.push(steps[0]!.ms);
      // The next one begins when nobody is busy with this one any more.
      for (const tab of tabs) await tab.waitFor((n) => window.app.events.length > n, round);
      await first.evaluate(rest);
    }
    console.log(`asking ${TABS} tabs ${name}: ${took.join(', ')} ms (limit 50)`);
    expect(took[0]).toBeLessThan(1000);
  });
});
