import { afterEach, describe, expect, test, vi } from 'vitest';
import { watchForGuards } from '../../../src/unsaved-work/watch-for-guards.js';
import { browserOfTabs, type FakeTab } from './browser-of-tabs.js';

afterEach(() => localStorage.clear());

/** Watches in a tab, and counts how often its browser is asked; it answers nothing once it is `slow`. */
function watchIn({ env }: FakeTab) {
  const { locks } = env.navigator;
  const browser = { asked: 0, slow: false };
  const query = (): Promise<LockManagerSnapshot> => {
    browser.asked++;
    return browser.slow ? new Promise(() => {}) : locks!.query();
  };
  const watched = { ...env, navigator: { ...env.navigator, locks: { query } as LockManager } };
  return { ...watchForGuards(watched, 'app'), browser };
}

const work = { label: 'Letter', isDirty: () => true };

test('where nobody has guards, nobody waits for what the browser says', async () => {
  const { open } = browserOfTabs();
  const { tabs, browser } = watchIn(open());
  expect(await tabs()).toEqual([]);
  browser.slow = true;
  expect(await tabs()).toEqual([]);
});

describe('a tab that gets its first guard is known from then on', () => {
  test('at once', async () => {
    const { open } = browserOfTabs();
    const [one, two] = [open(), open()];
    const { tabs } = watchIn(one);
    expect(await tabs()).toEqual([]);
    two.desk.guard(work);
    expect(await tabs()).toEqual([two.me]);
  });

  test('also when it had one before', async () => {
    const { open } = browserOfTabs();
    const [one, two] = [open(), open()];
    const { tabs } = watchIn(one);
    const undo = two.desk.guard(work);
    expect(await tabs()).toEqual([two.me]);
    undo();
    await vi.waitFor(async () => expect(await tabs()).toEqual([]));
    two.desk.guard(work);
    expect(await tabs()).toEqual([two.me]);
  });

  test('also when it comes out of the bfcache', async () => {
    const { open } = browserOfTabs();
    const [one, two] = [open(), open()];
    const { tabs } = watchIn(one);
    two.desk.guard(work);
    two.fire('pagehide');
    await vi.waitFor(async () => expect(await tabs()).toEqual([]));
    two.fire('pageshow');
    expect(await tabs()).toEqual([two.me]);
  });

  test('also while the browser is being asked', async () => {
    const { open } = browserOfTabs();
    const [one, two] = [open(), open()];
    const { tabs } = watchIn(one);
    const asked = tabs();
    two.desk.guard(work);
    await asked;
    expect(await tabs()).toEqual([two.me]);
  });

  test('also while this one is in the bfcache, where it hears nothing', async () => {
    const { open, openLines } = browserOfTabs();
    const [one, two] = [open(), open()];
    const { tabs } = watchIn(one);
    expect(await tabs()).toEqual([]);
    one.fire('pagehide');
    expect(openLines()).toEqual([]);
    two.desk.guard(work);
    one.fire('pageshow');
    expect(await tabs()).toEqual([two.me]);
  });
});

test('where there is no line to other tabs, the browser is asked each time', async () => {
  const { open } = browserOfTabs({ channel: false });
  const [one, two] = [open(), open()];
  const { tabs } = watchIn(one);
  expect(await tabs()).toEqual([]);
  two.desk.guard(work);
  await vi.waitFor(async () => expect(await tabs()).toEqual([two.me]));
});

test.each([[undefined], [null], [0], ['x'], [{ data: 1 }], [[]]])(
  'whoever says %j is not believed: at most, the browser is asked',
  async (forged) => {
    const { open, say } = browserOfTabs();
    const { tabs, browser } = watchIn(open());
    expect(await tabs()).toEqual([]);
    say('app::work::', forged);
    const { asked } = browser;
    expect(await tabs()).toEqual([]);
    expect(browser.asked).toBeLessThanOrEqual(asked + 2);
  },
);

test('is over with the session', async () => {
  const { open, openLines } = browserOfTabs();
  const tab = open();
  const { stop, browser } = watchIn(tab);
  stop();
  expect(openLines()).toEqual([]);
  tab.fire('pageshow');
  expect(openLines()).toEqual([]);
  expect(browser.asked).toBe(1);
});
