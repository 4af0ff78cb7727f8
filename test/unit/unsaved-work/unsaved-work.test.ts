import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { tabsWithGuards } from '../../../src/unsaved-work/tabs-with-guards.js';
import { browserOfTabs, liveTimers } from './browser-of-tabs.js';

const dirty = (label: string, save?: () => unknown) => ({
  label,
  isDirty: () => true,
  ...(save && { save }),
});

/** Work that is clean once it has been saved. */
const savable = (label: string) => {
  let isDirty = true;
  return { label, isDirty: () => isDirty, save: () => void (isDirty = false) };
};

const item = (label: string, page: string, more: object = {}) => ({
  label,
  page,
  thisTab: false,
  canSave: false,
  state: 'dirty',
  ...more,
});

const unknown = (ms: number) =>
  item('A tab that does not answer', '', { state: 'unknown', error: `no answer within ${ms} ms` });

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  localStorage.clear();
});
afterEach(async () => {
  await vi.advanceTimersByTimeAsync(0);
  expect([...liveTimers]).toEqual([]);
  vi.useRealTimers();
});

describe.each([{ locks: true }, { locks: false }])('with Web Locks: $locks', (browser) => {
  test('one tab alone is asked without waiting', async () => {
    const tab = browserOfTabs(browser).open('Invoices');
    expect(await tab.desk.ask(1000)).toEqual([]);
    tab.desk.guard(dirty('Invoice 17'));
    tab.desk.guard({ label: () => 'Clean', isDirty: () => false });
    tab.desk.guard({ label: () => 'Letter', isDirty: () => true, save() {} });
    expect(await tab.desk.ask(1000)).toEqual([
      item('Invoice 17', 'Invoices', { thisTab: true }),
      item('Letter', 'Invoices', { thisTab: true, canSave: true }),
    ]);
  });

  test('every tab is asked, the asking one first', async () => {
    const { open } = browserOfTabs(browser);
    const [one, two, three] = [open('One'), open('Two'), open('Three')];
    two.desk.guard(dirty('Two’s letter'));
    one.desk.guard(dirty('One’s letter'));
    three.desk.guard({ label: 'Clean', isDirty: () => false });
    expect(await one.desk.ask(1000)).toEqual([
      item('One’s letter', 'One', { thisTab: true }),
      item('Two’s letter', 'Two'),
    ]);
    expect(await three.desk.ask(1000)).toEqual([
      item('One’s letter', 'One'),
      item('Two’s letter', 'Two'),
    ]);
  });

  test('somebody is known to have guards from the first to the last one', async () => {
    const { open, present } = browserOfTabs(browser);
    const [one, two] = [open(), open()];
    const known = () => tabsWithGuards(two.env, 'app');
    expect(await known()).toEqual([]);
    const undo = [one.desk.guard(dirty('A')), one.desk.guard(dirty('A'))];
    await vi.waitFor(async () => expect(await known()).toHaveLength(1));
    expect(await tabsWithGuards(two.env, 'ap')).toEqual([]);
    undo[0]!();
    undo[0]!();
    expect(await known()).toHaveLength(1);
    expect(await one.desk.ask(1000)).toHaveLength(1);
    undo[1]!();
    await vi.waitFor(async () => expect(await known()).toEqual([]));
    expect(present()).toEqual([]);
  });

  test('a tab that does not answer is unknown, not clean', async () => {
    const { open } = browserOfTabs(browser);
    const [one, two] = [open('One'), open('Two')];
    one.desk.guard(dirty('Letter'));
    two.desk.guard({ label: 'Clean', isDirty: () => false });
    await vi.advanceTimersByTimeAsync(0);
    two.freeze();
    const ms = browser.locks ? 2000 : 500;
    const answer = one.desk.ask(2000);
    await vi.advanceTimersByTimeAsync(ms - 1);
    expect(await Promise.race([answer, Promise.resolve('still waiting')])).toBe('still waiting');
    await vi.advanceTimersByTimeAsync(1);
    expect(await answer).toEqual([item('Letter', 'One', { thisTab: true }), unknown(ms)]);
    two.thaw();
    // Also where it had been taken off the list.
    expect(await one.desk.ask(2000)).toHaveLength(1);
    expect(await tabsWithGuards(one.env, 'app')).toContain(two.me);
  });

  test('a page that goes into the bfcache is not waited for, and is present again after it', async () => {
    const { open, present } = browserOfTabs(browser);
    const tab = open();
    tab.desk.guard(dirty('Letter'));
    await vi.advanceTimersByTimeAsync(0);
    expect(present()).toHaveLength(1);
    tab.fire('pagehide');
    await vi.advanceTimersByTimeAsync(0);
    expect(present()).toEqual([]);
    tab.fire('pageshow');
    await vi.advanceTimersByTimeAsync(0);
    expect(present()).toHaveLength(1);
    tab.desk.stop();
    await vi.advanceTimersByTimeAsync(0);
    expect(present()).toEqual([]);
    tab.fire('pageshow');
    await vi.advanceTimersByTimeAsync(0);
    expect(present()).toEqual([]);
  });

  test('save runs in every tab, and what is saved is gone', async () => {
    const { open } = browserOfTabs(browser);
    const [one, two] = [open('One'), open('Two')];
    one.desk.guard(savable('A'));
    two.desk.guard(savable('B'));
    two.desk.guard(dirty('C'));
    expect(await one.desk.save(1000)).toEqual([item('C', 'Two')]);
    expect(await one.desk.ask(1000)).toEqual([item('C', 'Two')]);
  });

  test('a prompt guards a dirty tab, and only that', () => {
    const tab = browserOfTabs(browser).open();
    let isDirty = false;
    expect(tab.fire('beforeunload')).toBe(false);
    const undo = tab.desk.guard({ label: 'A', isDirty: () => isDirty });
    expect(tab.fire('beforeunload')).toBe(false);
    isDirty = true;
    expect(tab.fire('beforeunload')).toBe(true);
    undo();
    expect(tab.fire('beforeunload')).toBe(false);
    tab.desk.stop();
  });

  test('quiet holds in every tab until it is taken back', async () => {
    const { open } = browserOfTabs(browser);
    const [one, two] = [open(), open()];
    one.desk.guard(dirty('A'));
    two.desk.guard(dirty('B'));
    const prompts = () => [one.fire('beforeunload'), two.fire('beforeunload')];
    void one.desk.quiet(true);
    await vi.advanceTimersByTimeAsync(0);
    expect(prompts()).toEqual([false, false]);
    void two.desk.quiet(true);
    void one.desk.quiet(false);
    await vi.advanceTimersByTimeAsync(0);
    expect(prompts()).toEqual([false, false]);
    void two.desk.quiet(false);
    await vi.advanceTimersByTimeAsync(0);
    expect(prompts()).toEqual([true, true]);
    void two.desk.quiet(true, 'here');
    await vi.advanceTimersByTimeAsync(0);
    expect(prompts()).toEqual([true, false]);
    one.desk.stop();
    two.desk.stop();
  });
});

describe('quiet ends with the tab that wanted it', () => {
  test('at once, where there are Web Locks', async () => {
    const { open } = browserOfTabs();
    const [one, two] = [open(), open()];
    two.desk.guard(dirty('A'));
    void one.desk.quiet(true);
    await vi.advanceTimersByTimeAsync(0);
    two.fire('keydown');
    expect(two.fire('beforeunload')).toBe(false);
    one.crash();
    await vi.advanceTimersByTimeAsync(0);
    expect(two.fire('beforeunload')).toBe(true);
  });

  test.each(['keydown', 'pointerdown'])('at the next %s, where there are none', async (type) => {
    const { open } = browserOfTabs({ locks: false });
    const [one, two] = [open(), open()];
    two.desk.guard(dirty('A'));
    void one.desk.quiet(true);
    await vi.advanceTimersByTimeAsync(0);
    one.crash();
    expect(two.fire('beforeunload')).toBe(false);
    two.fire(type);
    expect(two.fire('beforeunload')).toBe(true);
    two.desk.stop();
  });

  test('which is said and taken back in one go', async () => {
    const { open } = browserOfTabs();
    const [one, two] = [open(), open()];
    two.desk.guard(dirty('A'));
    void one.desk.quiet(true);
    void one.desk.quiet(false);
    await vi.advanceTimersByTimeAsync(0);
    expect(two.fire('beforeunload')).toBe(true);
  });
});

test('a tab that closes while it is waited for is not unknown', async () => {
  const { open } = browserOfTabs();
  const [one, two] = [open(), open()];
  two.desk.guard(dirty('A'));
  await vi.advanceTimersByTimeAsync(0);
  two.freeze();
  const answer = one.desk.ask(1000);
  two.crash();
  await vi.advanceTimersByTimeAsync(1000);
  expect(await answer).toEqual([]);
});

test('without Web Locks, what a crashed tab left behind is waited for once', async () => {
  const { open, present } = browserOfTabs({ locks: false });
  const [one, two] = [open(), open()];
  two.desk.guard(dirty('A'));
  two.crash();
  const answer = one.desk.ask(5000);
  await vi.advanceTimersByTimeAsync(500);
  expect(await answer).toEqual([unknown(500)]);
  expect(present()).toEqual([]);
  expect(await one.desk.ask(5000)).toEqual([]);
});

test('blocked storage and locks that fail cost nothing but the certainty', async () => {
  const { open } = browserOfTabs({ locks: false });
  const tab = open('One');
  vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError');
  });
  Object.defineProperty(tab.env, 'localStorage', {
    get() {
      throw new DOMException('blocked', 'SecurityError');
    },
  });
  const undo = tab.desk.guard(dirty('A'));
  expect(await tab.desk.ask(100)).toHaveLength(1);
  expect(await tabsWithGuards(tab.env, 'app')).toEqual([]);
  undo();

  const broken = browserOfTabs().open('Two');
  const fail = () => Promise.reject(new DOMException('not active', 'InvalidStateError'));
  Object.assign(broken.env.navigator.locks!, { request: fail, query: fail });
  broken.desk.guard(dirty('B'));
  expect(await broken.desk.ask(100)).toHaveLength(1);
  void broken.desk.quiet(true);
  broken.desk.receive(['work-quiet', 'somebody', true]);
  await vi.advanceTimersByTimeAsync(0);
  void broken.desk.quiet(false);
  expect(broken.fire('beforeunload')).toBe(true);
});

describe('saving', () => {
  test('one that fails does not stop the others, and says why only here, and no secret', async () => {
    const { open } = browserOfTabs();
    const [one, two] = [open('One'), open('Two')];
    const secret = 'eyJhbGciOi.token';
    one.desk.guard(
      dirty('Throws', () => {
        throw new Error(`disk full ${secret} for https://app.example/x?t=${secret}`);
      }),
    );
    two.desk.guard(dirty('Rejects', () => Promise.reject(new Error(secret))));
    two.desk.guard(savable('Saves'));
    const unsaved = await one.desk.save(1000);
    expect(unsaved).toEqual([
      item('Throws', 'One', {
        thisTab: true,
        canSave: true,
        error: 'saving failed: disk full … for …',
      }),
      item('Rejects', 'Two', { canSave: true, error: 'saving failed' }),
    ]);
    expect(JSON.stringify([one.posted, two.posted])).not.toMatch(/eyJ|disk full/);
  });

  test('one that fails without a word has failed', async () => {
    const { desk } = browserOfTabs().open('One');
    const mute = Object.create(null) as Error;
    desk.guard(dirty('Rejects', () => Promise.reject(mute)));
    expect(await desk.save(1000)).toEqual([
      item('Rejects', 'One', { thisTab: true, canSave: true, error: 'saving failed' }),
    ]);
  });

  test('that never ends is given up; what was saved by then is gone', async () => {
    const { open } = browserOfTabs();
    const [one, two] = [open('One'), open('Two')];
    one.desk.guard(dirty('Hangs here', () => new Promise(() => {})));
    two.desk.guard(dirty('Hangs there', () => new Promise(() => {})));
    two.desk.guard(savable('Saves'));
    const unsaved = one.desk.save(300);
    await vi.advanceTimersByTimeAsync(300);
    const error = 'not saved within 300 ms';
    expect(await unsaved).toEqual([
      item('Hangs here', 'One', { thisTab: true, canSave: true, error }),
      item('Hangs there', 'Two', { canSave: true, error }),
    ]);
  });

  test('that is given up goes on: the next one joins it, and begins it again only once it has failed', async () => {
    const { open } = browserOfTabs();
    const [one, two] = [open('One'), open('Two')];
    const sent: string[] = [];
    for (const [tab, label] of [
      [one, 'Here'],
      [two, 'There'],
    ] as const) {
      const undo = tab.desk.guard(
        dirty(label, async () => {
          sent.push(label);
          const isFirst = sent.filter((each) => each === label).length === 1;
          await new Promise((resolve) => setTimeout(resolve, 3000));
          if (isFirst) throw new Error('no network');
          undo();
        }),
      );
    }
    const saveFor = async (ms: number) => {
      const unsaved = one.desk.save(ms);
      await vi.advanceTimersByTimeAsync(ms);
      return (await unsaved).map(({ label, error }) => `${label}: ${error}`);
    };
    const late = ['Here: not saved within 2000 ms', 'There: not saved within 2000 ms'];

    expect(await saveFor(2000)).toEqual(late);
    expect(await saveFor(1500)).toEqual([
      'Here: saving failed: no network',
      'There: saving failed',
    ]);
    expect(sent).toEqual(['Here', 'There']);

    expect(await saveFor(2000)).toEqual(late);
    expect(await saveFor(1500)).toEqual([]);
    expect(sent).toEqual(['Here', 'There', 'Here', 'There']);
  });

  test('that leaves the work dirty has not saved it', async () => {
    const tab = browserOfTabs().open('One');
    tab.desk.guard(dirty('A', async () => 'done'));
    const unsaved = tab.desk.save(1000);
    await vi.advanceTimersByTimeAsync(50);
    expect(await unsaved).toEqual([
      item('A', 'One', { thisTab: true, canSave: true, error: 'still unsaved after saving' }),
    ]);
  });

  test('may be followed by the framework a moment later', async () => {
    const tab = browserOfTabs().open('One');
    let isDirty = true;
    tab.desk.guard({
      label: 'State',
      isDirty: () => isDirty,
      save: () => void setTimeout(() => (isDirty = false), 10),
    });
    const undo = tab.desk.guard(dirty('Effect', () => void setTimeout(undo, 10)));
    const unsaved = tab.desk.save(1000);
    await vi.advanceTimersByTimeAsync(50);
    expect(await unsaved).toEqual([]);
  });

  test('leaves clean work alone', async () => {
    const tab = browserOfTabs().open();
    const save = vi.fn();
    tab.desk.guard({ label: 'A', isDirty: () => false, save });
    expect(await tab.desk.save(1000)).toEqual([]);
    expect(save).not.toHaveBeenCalled();
  });

  test('tells how far it is', async () => {
    const { open } = browserOfTabs();
    const [one, two] = [open('One'), open('Two')];
    const finish: Record<string, () => void> = {};
    for (const [tab, label] of [
      [one, 'A'],
      [two, 'B'],
      [two, 'C'],
    ] as const) {
      const undo = tab.desk.guard(
        dirty(label, () => new Promise<void>((resolve) => (finish[label] = resolve)).then(undo)),
      );
    }
    await one.desk.ask(1000);
    const seen: string[] = [];
    const unsaved = one.desk.save(1000, (left) => {
      seen.push(left.map(({ label }) => label).join(''));
      throw new Error('the view is broken');
    });
    await vi.waitFor(() => expect(Object.keys(finish)).toHaveLength(3));
    for (const label of ['B', 'A', 'C']) {
      finish[label]!();
      await vi.advanceTimersByTimeAsync(0);
    }
    expect(await unsaved).toEqual([]);
    expect([...new Set(seen)]).toEqual(['ABC', 'AC', 'C', '']);
  });
});

describe('what a guard does wrong', () => {
  test.each([
    ['isDirty', { label: 'A', isDirty: fail }, 'A'],
    ['label', { label: fail, isDirty: () => true }, 'Unsaved work'],
  ] as const)('%s that throws counts as dirty, and says so', async (_, guard, label) => {
    const { open } = browserOfTabs();
    const [one, two] = [open('One'), open('Two')];
    two.desk.guard(guard);
    const error = 'could not be checked';
    expect(await one.desk.ask(100)).toEqual([item(label, 'Two', { error })]);
    expect(two.fire('beforeunload')).toBe(true);
    two.desk.stop();
  });

  test('a guard may be an object with methods of its own', async () => {
    class Editor {
      #changed = true;
      label(): string {
        return this.#changed ? 'Editor' : '';
      }
      isDirty(): boolean {
        return this.#changed;
      }
      save() {
        this.#changed = false;
      }
    }
    const tab = browserOfTabs().open('One');
    tab.desk.guard(new Editor());
    expect(await tab.desk.ask(100)).toEqual([
      item('Editor', 'One', { thisTab: true, canSave: true }),
    ]);
    expect(await tab.desk.save(100)).toEqual([]);
  });
});

describe('messages', () => {
  const long = 'x'.repeat(10_000);

  test('say labels and titles, cut short, and nothing else', async () => {
    const { open } = browserOfTabs();
    const [one, two] = [open('One'), open(long)];
    two.desk.guard(dirty(long, () => 'what was typed'));
    const [work] = await one.desk.ask(100);
    expect([work!.label.length, work!.page.length]).toEqual([200, 200]);
    expect(two.posted).toEqual([
      [
        expect.stringMatching(/^app\d+$/),
        expect.stringMatching(/^app::work::\d+$/),
        'x'.repeat(200),
        expect.any(Array),
        true,
      ],
    ]);
    expect(two.posted[0]![3]).toEqual([['x'.repeat(200), true, 0, 1]]);
  });

  test.each([
    [[]],
    [['work-ask', 7]],
    [['work-save', null]],
    [['work-quiet']],
    [['work-quiet', {}, true]],
    [['work-other', 'id']],
    [[Symbol.iterator, {}]],
  ])('that are malformed are ignored: %j', async (message) => {
    const tab = browserOfTabs().open();
    tab.desk.guard(dirty('A'));
    expect(() => tab.desk.receive(message)).not.toThrow();
    await vi.advanceTimersByTimeAsync(0);
    expect(tab.posted).toEqual([]);
    expect(tab.fire('beforeunload')).toBe(true);
  });

  test('that answer are read with care', async () => {
    const { open, say: sayOn, openLines } = browserOfTabs();
    const [one, two] = [open('One'), open('Two')];
    two.desk.guard(dirty('Real'));
    await vi.advanceTimersByTimeAsync(0);
    two.freeze();
    // Only who is there, and has guards, is listened to.
    let goes!: () => void;
    const isThere = new Promise<void>((resolve) => (goes = resolve));
    void two.env.navigator.locks!.request('app::work::strange', () => isThere);
    const answer = one.desk.ask(100);
    const [, id] = one.posted[0] as [string, string];
    const say = (...message: unknown[]) => sayOn(`app${id}`, message);
    sayOn(`app${id}`, 'no list');
    sayOn(`app${id}`, null);
    say();
    say(7, 'T', [['not a tab', true, 0]], true);
    say('app::work::forged', { toString: fail }, 'no list', true);
    say('app::work::strange', 'Strange', [
      null,
      'text',
      [7, true, 0],
      ['no number', true, 'length'],
      ['no such problem', 'yes', 99],
      [long, true, 2],
      ...Array.from({ length: 1000 }, (_, i) => [`piece ${i}`, false, 0]),
    ]);
    await vi.advanceTimersByTimeAsync(100);
    const work = await answer;
    expect(work.slice(0, 2)).toEqual([
      item('no such problem', 'Strange'),
      item('x'.repeat(200), 'Strange', { canSave: true, error: 'saving failed' }),
    ]);
    expect(work.filter(({ page }) => page === 'Strange')).toHaveLength(96);
    expect(work.slice(-1)).toEqual([unknown(100)]);
    // Too late, and once more.
    goes();
    await vi.advanceTimersByTimeAsync(0);
    two.thaw();
    say('app::work::late', 'Late', [['Late', true, 0]], true);
    expect(await one.desk.ask(100)).toEqual([item('Real', 'Two')]);
    expect(openLines()).toEqual([]);
  });

  test('cannot be sent without a BroadcastChannel: other tabs are unknown', async () => {
    const { open } = browserOfTabs({ channel: false });
    const [one, two] = [open('One'), open('Two')];
    one.desk.guard(dirty('Mine'));
    two.desk.guard(dirty('Theirs'));
    await vi.advanceTimersByTimeAsync(0);
    const answer = one.desk.ask(100);
    await vi.advanceTimersByTimeAsync(100);
    expect(await answer).toEqual([item('Mine', 'One', { thisTab: true }), unknown(100)]);
  });

  test('of other applications in the same browser are not waited for', async () => {
    const { open } = browserOfTabs();
    const [one, other] = [open('One', 'app'), open('Other', 'app2')];
    other.desk.guard(dirty('A'));
    await vi.advanceTimersByTimeAsync(0);
    other.freeze();
    expect(await one.desk.ask(100)).toEqual([]);
  });
});

test('a tab answers without a timer, and in the task of the question', async () => {
  const tab = browserOfTabs().open();
  tab.desk.guard(dirty('A'));
  tab.desk.receive(['work-ask', 'q']);
  expect(tab.posted.map(([line, from]) => [line, from])).toEqual([['appq', expect.any(String)]]);
  expect([...liveTimers]).toEqual([]);
});

function fail(): never {
  throw new Error('broken');
}
