import { describe, expect } from 'vitest';
import { appTest } from '../browser/app/test-app.js';
import { inTheBackground, type Tab } from '../browser/driver/index.js';

const TABS = 40;

// As a person has them: all but one behind the one that is looked at.
const test = appTest.extend(inTheBackground);

describe(`asking ${TABS} tabs that have nothing to save`, () => {
  test.for([
    ['which guard nothing', 0],
    ['which guard one piece each', 1],
  ] as const)('%s', async ([name, guards], { app, context }) => {
    const tabs: Tab[] = [];
    for (let i = 0; i < TABS; i++) {
      const tab = await app.open(context, 'memory.iframe.stay');
      await tab.evaluate((guards) => {
        for (let i = 0; i < guards; i++) {
          window.app.session.guardUnsavedWork({ label: 'Draft', isDirty: () => false });
        }
      }, guards);
      tabs.push(tab);
    }
    const [first] = tabs as [Tab];
    await first.bringToFront();
    const took: number[] = [];
    for (let round = 0; round < 7; round++) {
      const { steps } = await first.evaluate(() => window.app.session.logout({ localOnly: true }));
      took.push(steps[0]!.ms);
      // The next one begins when nobody is busy with this one any more.
      for (const tab of tabs) await tab.waitFor((n) => window.app.events.length > n, round);
      await first.evaluate(async () => {
        for (let i = 0; i < 20; i++) await new Promise((resolve) => requestIdleCallback(resolve));
      });
    }
    console.log(`asking ${TABS} tabs ${name}: ${took.join(', ')} ms (limit 50)`);
    expect(took[0]).toBeLessThan(1000);
  });
});
