import { describe, expect, test, vi } from 'vitest';
import type { ClearOptions } from '../../../src/credentials/clear-options.js';
import {
  accessToken,
  idToken,
  logOutHere,
  otherToken,
  ownKey,
  startSession,
  stepOf,
  stored,
} from './page-session.js';

/** Entries of every kind; what is not named in `gone` has to be as it was. */
const ENTRIES: Readonly<Record<string, string>> = {
  token: accessToken,
  'other-client': otherToken,
  state: JSON.stringify({ id_token: idToken, refresh_token: 'opaque', cart: [1] }),
  access_token: 'opaque',
  cart: '[1]',
  'user:1': 'Ada',
  'user:2': 'Grace',
  theme: 'dark',
  empty: '',
  key: 'named like a method',
  length: 'named like a property',
};
const STATE_WITHOUT_TOKENS = '{"cart":[1]}';

describe.each(['localStorage', 'sessionStorage'] as const)('of %s', (area) => {
  const table: ReadonlyArray<
    readonly [what: string, clear: ClearOptions, gone: readonly string[], state: string | undefined]
  > = [
    ['its tokens go by default, and nothing else', {}, ['token'], STATE_WITHOUT_TOKENS],
    ['its tokens stay with "none"', { tokens: 'none' }, [], ENTRIES['state']],
    [
      'with "any", tokens of others go too, and what is named like one',
      { tokens: 'any' },
      ['token', 'other-client', 'access_token'],
      STATE_WITHOUT_TOKENS,
    ],
    [
      'a key goes by its whole name',
      { [area]: ['cart', 'user'] },
      ['token', 'cart'],
      STATE_WITHOUT_TOKENS,
    ],
    [
      'keys go by pattern',
      { [area]: [/^user:/] },
      ['token', 'user:1', 'user:2'],
      STATE_WITHOUT_TOKENS,
    ],
    [
      'keys go by a pattern that counts its matches',
      { [area]: [/user/g] },
      ['token', 'user:1', 'user:2'],
      STATE_WITHOUT_TOKENS,
    ],
    [
      'keys go by a sticky pattern',
      { [area]: [/user/y] },
      ['token', 'user:1', 'user:2'],
      STATE_WITHOUT_TOKENS,
    ],
    [
      'keys named like methods go like any other',
      { [area]: ['key', 'length', 'empty'] },
      ['token', 'key', 'length', 'empty'],
      STATE_WITHOUT_TOKENS,
    ],
    ['everything goes with "all"', { [area]: 'all' }, Object.keys(ENTRIES), undefined],
    [
      'what is to be kept stays, even with "all" and "any"',
      { [area]: 'all', tokens: 'any', keep: ['theme', 'token', /^user:/g] },
      Object.keys(ENTRIES).filter((key) => !/^(theme|token|user:.)$/.test(key)),
      undefined,
    ],
    [
      'a listed key goes with "none"',
      { tokens: 'none', [area]: ['token'] },
      ['token'],
      ENTRIES['state'],
    ],
    ['keeping wins over the token', { keep: ['state', 'token'] }, [], ENTRIES['state']],
  ];

  test.each(table)('%s', async (_what, clear, gone, state) => {
    const expected = { ...ENTRIES, state };
    for (const key of gone) delete (expected as Record<string, unknown>)[key];
    if (state === undefined) delete expected.state;
    for (const [key, value] of Object.entries(ENTRIES)) window[area].setItem(key, value);

    const result = await logOutHere({ clear });

    expect(stored(window[area])).toEqual(expected);
    expect(result.sessions.application).toBe('ended');
  });

  test.each<[tokens: ClearOptions['tokens'], gone: readonly string[]]>([
    ['issued', [accessToken]],
    ['any', [accessToken, otherToken]],
    ['none', []],
  ])('a token that is a key goes too, with "%s"', async (tokens, gone) => {
    const keys = [accessToken, otherToken];
    for (const key of keys) window[area].setItem(key, 'what was looked up with it');

    await logOutHere({ clear: { tokens } });

    expect(Object.keys(stored(window[area]))).toEqual(keys.filter((key) => !gone.includes(key)));
  });

  test('other storage is not touched by its list', async () => {
    const other = area === 'localStorage' ? 'sessionStorage' : 'localStorage';
    window[other].setItem('cart', '[1]');

    await logOutHere({ clear: { [area]: 'all' } });

    expect(stored(window[other])).toEqual({ cart: '[1]' });
  });

  test('one entry that cannot be removed saves no other, and is reported without its name', async () => {
    window[area].setItem('a', accessToken);
    window[area].setItem('b:ada@example.com', accessToken);
    window[area].setItem('c', accessToken);
    const { removeItem } = Storage.prototype;
    vi.spyOn(Storage.prototype, 'removeItem').mockImplementation(function (this: Storage, key) {
      if (key.startsWith('b:')) throw new Error(`cannot remove ${key}`);
      removeItem.call(this, key);
    });

    const result = await logOutHere();

    expect(Object.keys(stored(window[area]))).toEqual(['b:ada@example.com']);
    expect(stepOf(result, 'clear')).toMatchObject({
      status: 'failed',
      error: `${area}: 1 entries left`,
    });
    expect(result.sessions.application).toBe('incomplete');
  });
});

test('the word that a logout was stays, whatever is cleared', async () => {
  await logOutHere({ clear: { localStorage: 'all', sessionStorage: 'all', tokens: 'any' } });

  expect(localStorage.getItem(ownKey)).not.toBeNull();
  expect(sessionStorage.getItem(ownKey)).not.toBeNull();
});

test.each([
  ['began a minute ago may write them yet', 1, true],
  ['never ended, because its page died, does not keep them', 11, false],
])('what a page finds on load: a login that %s', async (_what, minutes, stays) => {
  const login = Date.now() - minutes * 60_000;
  const marker = { id: '1', reason: 'user', at: 1, auth0: 'kept', cleared: true, login };
  localStorage.setItem(ownKey, JSON.stringify(marker));
  localStorage.setItem('token', accessToken);

  const session = startSession({ auth0Client: { logout() {}, isAuthenticated: () => false } });
  await session.logout({ signal: AbortSignal.abort() });

  expect(stored(localStorage)).toEqual(stays ? { token: accessToken } : {});
});

test('the options are as they were, patterns and their state included', async () => {
  const pattern = /user/g;
  const clear = { localStorage: [pattern], keep: [/theme/g] };
  const before = structuredClone(clear);
  localStorage.setItem('user:1', 'Ada');

  await logOutHere({ clear });

  expect(clear).toEqual(before);
  expect(pattern.lastIndex).toBe(0);
});

test('a storage that the browser blocks is a failed step, and the other one is cleared', async () => {
  localStorage.setItem('token', accessToken);
  const session = startSession();
  vi.spyOn(window, 'sessionStorage', 'get').mockImplementation(() => {
    throw new DOMException('denied', 'SecurityError');
  });

  const result = await session.logout({ localOnly: true });

  expect(stored(localStorage)).toEqual({});
  expect(stepOf(result, 'clear')).toMatchObject({
    status: 'failed',
    error: 'sessionStorage: Error',
  });
  vi.restoreAllMocks();
});
