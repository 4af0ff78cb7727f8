import { describe, expect, test, vi } from 'vitest';
import { decideUnsavedWork } from '../../../src/unsaved-work/decide.js';
import type { UnsavedWork } from '../../../src/unsaved-work/unsaved-work.js';

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
    quiet: (on: boolean, scope?: string) => void (quiet = on ? (scope ?? 'everywhere') : 'none'),
    quietIn: () => quiet,
    ask: async (ms: number) => (log.push(`ask ${ms} ${quiet}`), unsaved),
    save: async (ms: number) => (log.push(`save ${ms} ${quiet}`), left.shift() ?? unsaved),
  };
}

const A = piece('A');
const B = piece('B');
const B_FAILED = piece('B', { error: 'saving failed' });
const question = { reason: 'user', ms: 70 } as const;

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
    ['discard', { go: true, unsaved: [A, B] }],
    ['cancel', { go: false, unsaved: [A, B] }],
    [undefined, { go: false, unsaved: [A, B] }],
    [true, { go: false, unsaved: [A, B] }],
  ])('asks, and %s means what it says', async (answer, decision) => {
    const desk = deskWith([A, B]);
    const confirm = vi.fn(async () => answer);
    expect(await decideUnsavedWork(desk, { ...question, ways: [confirm] })).toEqual(decision);
    expect(confirm.mock.calls).toEqual([[[A, B]]]);
    expect(desk.log).toEqual(['ask 70 here']);
    expect(desk.quietIn()).toBe(decision.go ? 'everywhere' : 'none');
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
      unsaved: [A],
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
    const desk = { ...deskWith([A]), save: vi.fn(async () => []) };
    await decideUnsavedWork(desk, { ...question, ways: [() => 'save'], onProgress });
    expect(desk.save).toHaveBeenCalledWith(70, onProgress);
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

test('prompts are back when something goes wrong on the way', async () => {
  const desk = deskWith([]);
  const broken = { ...desk, ask: async () => fail() };
  await expect(decideUnsavedWork(broken, { ...question, ways: [fail] })).rejects.toThrow('broken');
  expect(desk.quietIn()).toBe('none');
});

function fail(): never {
  throw new Error('broken');
}
