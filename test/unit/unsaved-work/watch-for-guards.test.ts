import { afterEach, describe, expect, test, vi } from 'vitest';
import { watchForGuards } from '../../../src/unsaved-work/watch-for-guards.js';
import { browserOfTabs, type FakeTab } from './browser-of-tabs.js';

afterEach(() => localStorage.clear());

/** Watches in a tab, and counts how often its browser is asked; it answers nothing once it is `slow`. */
function watchIn({ env }: FakeTab) {
  const { locks } = env.navigator;
  const browser = { asked: 0, slow: false, fails: false };
  const query = (): Promise<LockManagerSnapshot> => {
    browser.asked++;
    if (browser.fails) return Promise.reject(new Error('InvalidStateError'));
    return browser.slow ? new Promise(() => {}) : locks!.query();
  };
  const watched = { ...env, navigator: { ...env.navigator, locks: { query } as LockManager } };
  return { ...watchForGuards(watched, 'app'), browser };
}

/** Two tabs, the first of which watches. */
function watchTwo(options?: Parameters<typeof browserOfTabs>[0]) {
  const { open, ...all } = browserOfTabs(options);
  const [one, two] = [open(), open()];
  return { ...all, ...watchIn(one), one, two };
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
    const { tabs, two } = watchTwo();
    expect(await tabs()).toEqual([]);
    two.desk.guard(work);
    expect(await tabs()).toEqual([two.me]);
  });

  test('also when it had one before', async () => {
    const { tabs, two } = watchTwo();
    const undo = two.desk.guard(work);
    expect(await tabs()).toEqual([two.me]);
    undo();
    await vi.waitFor(async () => expect(await tabs()).toEqual([]));
    two.desk.guard(work);
    expect(await tabs()).toEqual([two.me]);
  });

  test('also when it comes out of the bfcache', async () => {
    const { tabs, two } = watchTwo();
    two.desk.guard(work);
    two.fire('pagehide');
    await vi.waitFor(async () => expect(await tabs()).toEqual([]));
    two.fire('pageshow');
    expect(await tabs()).toEqual([two.me]);
  });

  test('also while the browser is being asked', async () => {
    const { tabs, two } = watchTwo();
    const asked = tabs();
    two.desk.guard(work);
    await asked;
    expect(await tabs()).toEqual([two.me]);
  });

  test('also while this one is in the bfcache, where it hears nothing', async () => {
    const { openLines, one, two, tabs } = watchTwo();
    expect(await tabs()).toEqual([]);
    one.fire('pagehide');
    expect(openLines()).toEqual([]);
    two.desk.guard(work);
    one.fire('pageshow');
    expect(await tabs()).toEqual([two.me]);
  });
});

test('where there is no line to other tabs, the browser is asked each time', async () => {
  const { tabs, two } = watchTwo({ channel: false });
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

test('a browser that did not answer once is asked again', async () => {
  const { tabs, browser, two } = watchTwo();
  browser.fails = true;
  two.desk.guard(work);
  expect(await tabs()).toEqual([]);
  browser.fails = false;
  expect(await tabs()).toEqual([two.me]);
});

test('a tab that was prerendered is known once it is shown', async () => {
  const { tabs, browser, two } = watchTwo();
  const { BroadcastChannel } = two.env;
  const { locks } = two.env.navigator;
  // Chromium grants it its locks when it is shown, and drops what it says on a line that is closed
  // by then.
  let show = (): void => {};
  const shown = new Promise<void>((resolve) => (show = resolve));
  Object.assign(two.env, {
    BroadcastChannel: class {
      postMessage(): void {}
      close(): void {}
    },
  });
  const request = async (name: string, run: () => unknown): Promise<unknown> => {
    await shown;
    return locks!.request(name, run);
  };
  Object.assign(two.env.navigator, { locks: { request } });
  two.desk.guard(work);
  expect(await tabs()).toEqual([]);

  Object.assign(two.env, { BroadcastChannel });
  show();
  await vi.waitFor(async () => expect((await locks!.query()).held).toHaveLength(1));
  browser.slow = true;

  const found = tabs();
  expect(await Promise.race([found, new Promise((resolve) => setImmediate(resolve, 'asks'))])).toBe(
    'asks',
  );
});
