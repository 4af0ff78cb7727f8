import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { decideUnsavedWork } from '../../../src/unsaved-work/decide.js';
import type { UnsavedWork } from '../../../src/outcomes.js';
import type { UnsavedWorkDesk } from '../../../src/unsaved-work/unsaved-work.js';
import { browserOfTabs } from './browser-of-tabs.js';

const piece = (label: string, more: Partial<UnsavedWork> = {}): UnsavedWork => ({
  label,
  page: 'Tab',
  thisTab: true,
  canSave: true,
  state: 'dirty',
  ...more,
});

/** A desk with this much unsaved, and what is left after each save. */
function deskWith(unsaved: UnsavedWork[], ...left: UnsavedWork[][]) {
  /** In which tabs there are no prompts. */
  let quiet = 'none';
  const log: string[] = [];
  return {
    log,
    quiet: async (on: boolean, scope?: string) =>
      void (quiet = on ? (scope ?? 'everywhere') : 'none'),
    quietIn: () => quiet,
    ask: async (ms: number) => (log.push(`ask ${ms} ${quiet}`), unsaved),
    save: async (ms: number) => (
      log.push(`save ${ms} ${quiet}`),
      (unsaved = left.shift() ?? unsaved)
    ),
    /** Work goes on while a question is open. */
    becomes: (work: UnsavedWork[]) => void (unsaved = work),
  };
}

const A = piece('A');
const B = piece('B');
const C = piece('C');
const B_FAILED = piece('B', { error: 'saving failed' });
const question = { reason: 'user', ms: 70 } as const;

afterEach(() => void vi.useRealTimers());

describe('a logout by the user', () => {
  test('goes on without a question when nothing is unsaved', async () => {
    const desk = deskWith([]);
    const confirm = vi.fn();
    expect(await decideUnsavedWork(desk, { ...question, ways: [confirm] })).toEqual({
      go: true,
      unsaved: [],
    });
    expect(confirm).not.toHaveBeenCalled();
    expect(desk.log).toEqual(['ask 70 here']);
    expect(desk.quietIn()).toBe('here');
  });

  test.each([
    ['cancel', { go: false, unsaved: [A, B] }],
    [undefined, { go: false, unsaved: [A, B] }],
    [true, { go: false, unsaved: [A, B] }],
  ])('asks, and %s means what it says', async (answer, decision) => {
    const desk = deskWith([A, B]);
    const confirm = vi.fn(async () => answer);
    expect(await decideUnsavedWork(desk, { ...question, ways: [confirm] })).toEqual(decision);
    expect(confirm.mock.calls).toEqual([[[A, B]]]);
    expect(desk.log).toEqual(['ask 70 here']);
    expect(desk.quietIn()).toBe('none');
  });

  test('goes on without what is not to be saved, and calls none of it unsaved', async () => {
    const desk = deskWith([A, B]);
    const confirm = vi.fn(() => 'discard');
    expect(await decideUnsavedWork(desk, { ...question, ways: [confirm] })).toEqual({
      go: true,
      unsaved: [],
    });
    expect(confirm.mock.calls).toEqual([[[A, B]]]);
    expect(desk.log).toEqual(['ask 70 here', 'ask 70 everywhere']);
    expect(desk.quietIn()).toBe('everywhere');
  });

  test('looks once more before work is lost, but not for as long', async () => {
    const desk = deskWith([A]);
    await decideUnsavedWork(desk, { ...question, ms: 2000, ways: [() => 'discard'] });
    expect(desk.log).toEqual(['ask 2000 here', 'ask 500 everywhere']);
  });

  test.each([
    ['in another tab', piece('A', { page: 'Other' })],
    ['under another name', C],
    ['under the same names', piece('A')],
    ['in a tab that no longer answers', piece('?', { page: '', state: 'unknown' })],
  ])('asks again when work has begun %s since the question', async (_, more) => {
    const desk = deskWith([A, B]);
    const confirm = vi.fn(() => (desk.becomes([piece('A'), more]), 'discard'));
    expect(await decideUnsavedWork(desk, { ...question, ways: [confirm] })).toEqual({
      go: true,
      unsaved: [],
    });
    expect(confirm.mock.calls).toEqual([[[A, B]], [[A, more]]]);
  });

  test('can still be cancelled for work that has begun since the question', async () => {
    const desk = deskWith([A]);
    const confirm = vi.fn().mockImplementationOnce(() => (desk.becomes([A, C]), 'discard'));
    expect(await decideUnsavedWork(desk, { ...question, ways: [confirm] })).toEqual({
      go: false,
      unsaved: [A, C],
    });
    expect(desk.quietIn()).toBe('none');
  });

  test('believes nobody who takes pieces out of the list that is shown', async () => {
    const desk = deskWith([A, B]);
    const confirm = vi.fn((work: readonly UnsavedWork[]) => {
      (work as UnsavedWork[]).length = 0;
      return 'discard';
    });
    await decideUnsavedWork(desk, { ...question, ways: [confirm] });
    expect(confirm).toHaveBeenCalledOnce();
  });

  test('does not ask for ever about work that begins each time', async () => {
    const desk = deskWith([A]);
    let asked = 0;
    const confirm = () => (desk.becomes([piece(`Draft ${asked++}`)]), 'discard');
    expect(await decideUnsavedWork(desk, { ...question, ways: [confirm] })).toEqual({
      go: true,
      unsaved: [],
    });
    expect(asked).toBe(11);
  });

  test('saves and goes on', async () => {
    const desk = deskWith([A, B], []);
    expect(await decideUnsavedWork(desk, { ...question, ways: [() => 'save'] })).toEqual({
      go: true,
      unsaved: [],
    });
    expect(desk.log).toEqual(['ask 70 here', 'save 70 everywhere']);
    expect(desk.quietIn()).toBe('everywhere');
  });

  test('asks again with what could not be saved', async () => {
    const desk = deskWith([A, B], [B_FAILED], []);
    const confirm = vi.fn(() => 'save');
    expect(await decideUnsavedWork(desk, { ...question, ways: [confirm] })).toEqual({
      go: true,
      unsaved: [],
    });
    expect(confirm.mock.calls).toEqual([[[A, B]], [[B_FAILED]]]);
  });

  test('says why a save failed also when it asks again about work that has begun since', async () => {
    const desk = deskWith([A, B], [B_FAILED]);
    const confirm = vi
      .fn(() => 'discard')
      .mockReturnValueOnce('save')
      .mockImplementationOnce(() => (desk.becomes([B, C]), 'discard'));
    expect(await decideUnsavedWork(desk, { ...question, ways: [confirm] })).toEqual({
      go: true,
      unsaved: [B_FAILED, C],
    });
    expect(confirm.mock.calls).toEqual([[[A, B]], [[B_FAILED]], [[B_FAILED, C]]]);
  });

  test('can still be cancelled after a save that failed', async () => {
    const desk = deskWith([A, B], [B_FAILED]);
    const confirm = vi.fn().mockReturnValueOnce('save').mockReturnValueOnce('cancel');
    expect(await decideUnsavedWork(desk, { ...question, ways: [confirm] })).toEqual({
      go: false,
      unsaved: [B_FAILED],
    });
    expect(desk.quietIn()).toBe('none');
  });

  test('does not save for ever what cannot be saved', async () => {
    const desk = deskWith([A]);
    expect(await decideUnsavedWork(desk, { ...question, ways: [() => 'save'] })).toEqual({
      go: false,
      unsaved: [A],
    });
    expect(desk.log).toHaveLength(11);
  });

  test.each([
    ['throws', () => fail()],
    ['rejects', async () => fail()],
  ])('asks in another way when the question %s', async (_, confirm) => {
    const fallback = vi.fn(() => 'discard');
    const desk = deskWith([A]);
    expect(await decideUnsavedWork(desk, { ...question, ways: [confirm, fallback] })).toEqual({
      go: true,
      unsaved: [],
    });
    expect(fallback.mock.calls).toEqual([[[A]]]);
  });

  test('is cancelled when nobody can be asked', async () => {
    const desk = deskWith([A]);
    const none = { ...question, ways: [fail] };
    const cancelled = { go: false, unsaved: [A] };
    expect(await decideUnsavedWork(desk, { ...none, ways: [fail, fail] })).toEqual(cancelled);
    expect(await decideUnsavedWork(desk, none)).toEqual(cancelled);
    expect(desk.quietIn()).toBe('none');
  });

  test('shows progress', async () => {
    const onProgress = vi.fn();
    const save: UnsavedWorkDesk['save'] = async (ms, onProgress) => {
      expect(ms).toBe(70);
      onProgress?.([A]);
      onProgress?.([]);
      return [];
    };
    await decideUnsavedWork(
      { ...deskWith([A]), save },
      { ...question, ways: [() => 'save'], onProgress },
    );
    expect(onProgress.mock.calls).toEqual([[[A]], [[]]]);
  });

  describe('knows a piece again whose label and title change', () => {
    /** A tab whose title counts, and a guard whose label does. */
    function counting() {
      const { open } = browserOfTabs();
      const [tab, other] = [open('Here'), open('0 new')];
      let count = 0;
      const document = Object.getPrototypeOf(other.env.document) as { title: string };
      const change = (): void => void (document.title = `${++count} new`);
      other.desk.guard({ label: () => `Letter ${count}`, isDirty: () => true, save: change });
      return { tab, change };
    }

    test('when the person does not want to save', async () => {
      const { tab, change } = counting();
      const way = vi.fn(() => (change(), 'discard'));
      const { go } = await decideUnsavedWork(tab.desk, { ...question, ways: [way] });
      expect([go, way.mock.calls.length]).toEqual([true, 1]);
    });

    test('while it is being saved', async () => {
      const { tab } = counting();
      const names: string[] = [];
      await decideUnsavedWork(tab.desk, {
        ...question,
        ways: [vi.fn(() => 'cancel').mockImplementationOnce(() => 'save')],
        onProgress: (unsaved) => names.push(...unsaved.map(({ label }) => label)),
      });
      expect(names.length).toBeGreaterThan(1);
      expect(new Set(names)).toEqual(new Set(['Letter 0']));
    });
  });
});

describe('what a logout by the user loses after Save', () => {
  /** A person saves in the tab of a clean guard, and then no longer wants to. */
  async function saveThenDiscard(
    guard: { label: string; save?: (undo: () => void) => unknown },
    whileAsked = async () => {},
  ) {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { open } = browserOfTabs();
    const [tab, other] = [open('Here'), open('Other')];
    tab.desk.guard({ label: 'Clean', isDirty: () => false });
    const { label, save } = guard;
    const undo = other.desk.guard({
      label,
      isDirty: () => true,
      ...(save && { save: () => save(undo) }),
    });
    const ways = [
      vi.fn(async () => (await whileAsked(), 'discard')).mockImplementationOnce(async () => 'save'),
    ];
    const decision = decideUnsavedWork(tab.desk, { ...question, ms: 2000, ways });
    await vi.advanceTimersByTimeAsync(2000);
    const { go, unsaved } = await decision;
    expect([go, ways[0]!.mock.calls.length]).toEqual([true, 2]);
    return unsaved.map(({ label, page }) => [label, page]);
  }

  test('is not what was saved late, while the question was back', async () => {
    const save = async (undo: () => void): Promise<void> => {
      await new Promise((resolve) => setTimeout(resolve, 3000));
      undo();
    };
    const late = (): Promise<unknown> => vi.advanceTimersByTimeAsync(1000);
    expect(await saveThenDiscard({ label: 'Slow', save }, async () => void (await late()))).toEqual(
      [],
    );
  });

  test.each<[what: string, guard: { label: string; save?: () => unknown }]>([
    ['cannot be saved', { label: 'Letter' }],
    ['could not be saved', { label: 'Letter', save: fail }],
    ['is being saved', { label: 'Letter', save: () => new Promise(() => {}) }],
  ])('is what %s', async (_, guard) => {
    expect(await saveThenDiscard(guard)).toEqual([['Letter', 'Other']]);
  });
});

test('a tab that alone guards something goes at once when it is not to be saved', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const { desk } = browserOfTabs().open();
  desk.guard({ label: 'Letter', isDirty: () => true });
  // No clock runs here: whatever waited for one would never end.
  expect(await decideUnsavedWork(desk, { ...question, ways: [() => 'discard'] })).toEqual({
    go: true,
    unsaved: [],
  });
});

test.each(['idle', 'expired', 'forced'] as const)(
  'a logout because %s asks nobody, saves, and names what it loses',
  async (reason) => {
    const desk = deskWith([A, B], [B_FAILED]);
    const confirm = vi.fn();
    expect(await decideUnsavedWork(desk, { reason, ms: 70, ways: [confirm] })).toEqual({
      go: true,
      unsaved: [B_FAILED],
    });
    expect(confirm).not.toHaveBeenCalled();
    expect(desk.log).toEqual(['save 70 everywhere']);
    expect(desk.quietIn()).toBe('everywhere');
  },
);

describe('where the browser takes its time over a lock', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));

  /** Two tabs, of which one is to ask and gets its next lock only when `grant` is called. */
  function slowTabs() {
    const { open } = browserOfTabs();
    const [one, two] = [open(), open()];
    const locks = one.env.navigator.locks!;
    const { request } = locks as { request: (...args: unknown[]) => Promise<unknown> };
    let grant!: () => void;
    const isTime = new Promise<void>((resolve) => (grant = resolve));
    const slow = vi.fn(async (...args: unknown[]) => isTime.then(() => request(...args)));
    Object.assign(locks, { request: slow });
    /** Lets everything happen that needs neither that lock nor time: now it is wanted. */
    const isWanted = async (): Promise<void> => {
      await vi.advanceTimersByTimeAsync(0);
      expect(slow).toHaveBeenCalled();
    };
    return { one, two, grant, isWanted };
  }

  test('nobody is asked before the other tabs show no prompt', async () => {
    const { one, two, grant, isWanted } = slowTabs();
    two.desk.guard({ label: 'Letter', isDirty: () => true });
    const prompts: boolean[] = [];
    const way = (): string => {
      prompts.push(two.fire('beforeunload'));
      return 'discard';
    };

    const decided = decideUnsavedWork(one.desk, { ...question, ms: 400, ways: [way] });
    await isWanted();
    expect(prompts).toEqual([]);
    grant();

    expect((await decided).go).toBe(true);
    expect(prompts).toEqual([false]);
  });

  test('a logout by force has nothing saved before that', async () => {
    const { one, two, grant, isWanted } = slowTabs();
    const prompts: boolean[] = [];
    const save = (): unknown => prompts.push(two.fire('beforeunload'));
    two.desk.guard({ label: 'Letter', isDirty: () => !prompts.length, save });

    const decided = decideUnsavedWork(one.desk, { reason: 'forced', ms: 400, ways: [] });
    await isWanted();
    expect(prompts).toEqual([]);
    grant();

    expect(await decided).toEqual({ go: true, unsaved: [] });
    expect(prompts).toEqual([false]);
  });

  test('and never grants it, the question is asked all the same', async () => {
    const { one } = slowTabs();
    one.desk.guard({ label: 'Letter', isDirty: () => true });
    const way = vi.fn(() => 'cancel');

    const decided = decideUnsavedWork(one.desk, { ...question, ways: [way] });
    await vi.runAllTimersAsync();

    expect((await decided).go).toBe(false);
    expect(way).toHaveBeenCalledOnce();
  });
});

test('prompts are back when something goes wrong on the way', async () => {
  const desk = deskWith([]);
  const broken = { ...desk, ask: async () => fail() };
  await expect(decideUnsavedWork(broken, { ...question, ways: [fail] })).rejects.toThrow('broken');
  expect(desk.quietIn()).toBe('none');
});

function fail(): never {
  throw new Error('broken');
}
