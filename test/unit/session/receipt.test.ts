import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { LogoutConfig } from '../../../src/logout-types.js';
import type { StoredReceipt } from '../../../src/receipt/receipt.js';
import { ownKey, startSession, type PageSession } from './page-session.js';

const AT = Date.UTC(2026, 0, 2);
const BYE = 'https://app.example/bye';

/** Comes back from Auth0 to this address, as a tab does that has left with this receipt. */
function comeBack(
  address: string,
  receipt: Partial<StoredReceipt> = {},
  config: Partial<LogoutConfig> = {},
): PageSession {
  const marker = { id: '1', reason: 'user', at: AT, auth0: 'pending' };
  const stored: StoredReceipt = {
    reason: 'user',
    at: AT,
    sessions: { application: 'ended', auth0: 'requested', identityProvider: 'kept' },
    unsaved: [{ label: 'Draft', page: 'Notes' }],
    strategy: 'google-oauth2',
    returnTo: BYE,
    ...receipt,
  };
  localStorage.setItem(ownKey, JSON.stringify(marker));
  sessionStorage.setItem(ownKey, JSON.stringify({ seen: '1', left: AT, tabs: 3, receipt: stored }));
  history.replaceState(null, '', address);
  vi.spyOn(Date, 'now').mockReturnValue(AT + 5000);
  return startSession(config);
}

describe('the receipt', () => {
  test('says once what became of the logout', () => {
    const session = comeBack('/bye');

    expect(session.takeReceipt()).toEqual({
      reason: 'user',
      at: AT,
      sessions: { application: 'ended', auth0: 'requested', identityProvider: 'kept' },
      unsaved: [{ label: 'Draft', page: 'Notes' }],
      strategy: 'google-oauth2',
      tabs: 3,
      verified: true,
    });
    expect(session.takeReceipt()).toBeNull();
    expect(startSession().takeReceipt()).toBeNull();
  });

  test.each<[what: string, address: string, receipt: Partial<StoredReceipt>, verified: boolean]>([
    ['with a query and a fragment that were added', '/bye?lang=de#top', {}, true],
    ['with a slash', '/bye/', {}, true],
    ['with more of a query', '/bye?a=1&lang=de', { returnTo: `${BYE}?lang=de` }, true],
    ['with a word of the query twice', '/bye?a=1&a=2', { returnTo: `${BYE}?a=1&a=2` }, true],
    ['with the same fragment', '/bye#/de', { returnTo: `${BYE}#/de` }, true],
    ['with our state', '/bye?state=s', { state: 's' }, true],
    ['anywhere, when no address was asked for', '/other', { returnTo: null }, true],
    ['at another address', '/other', {}, false],
    ['at one that only begins alike', '/bye2', {}, false],
    ['at one below it', '/bye/now', {}, false],
    ['of another host', '/bye', { returnTo: 'https://app.example.evil.example/bye' }, false],
    ['at another query', '/bye?lang=fr', { returnTo: `${BYE}?lang=de` }, false],
    ['without the query', '/bye', { returnTo: `${BYE}?lang=de` }, false],
    ['at another fragment', '/bye#/fr', { returnTo: `${BYE}#/de` }, false],
    ['at one that only begins alike', '/bye#/de2', { returnTo: `${BYE}#/de` }, false],
    ['without our state', '/bye', { state: 's' }, false],
    ['with a wrong state', '/bye?state=x', { state: 's' }, false],
    ['with our state in the fragment only', '/bye#state=s', { state: 's' }, false],
  ])('of a return %s', (_what, address, receipt, verified) => {
    expect(comeBack(address, receipt).takeReceipt()).toMatchObject({ verified });
  });

  test('is of the page that came back, also where a router has moved on since', () => {
    const session = comeBack('/bye');
    history.replaceState(null, '', '/signed-out');

    expect(session.takeReceipt()).toMatchObject({ verified: true });
  });

  test.each([
    ['more than an hour old', AT - 3_600_000],
    ['from a clock that was put back', AT + 86_400_000],
  ])('%s is none', (_what, at) => {
    const session = comeBack('/bye', { at });

    expect(session.takeReceipt()).toBeNull();
  });

  test('is none for a return that nobody began', () => {
    history.replaceState(null, '', '/bye?state=s');

    expect(startSession().takeReceipt()).toBeNull();
  });

  test('is none for another tab, and for another client', () => {
    comeBack('/bye');
    expect(startSession({ clientId: 'cid2' }).takeReceipt()).toBeNull();
    sessionStorage.clear();
    expect(startSession().takeReceipt()).toBeNull();
  });

  test('is none for somebody who has logged in since', () => {
    const session = comeBack('/bye');

    session.loggedIn();

    expect(session.takeReceipt()).toBeNull();
    expect(startSession().takeReceipt()).toBeNull();
  });

  test('is none when another logout came in between', () => {
    comeBack('/bye');
    localStorage.setItem(
      ownKey,
      JSON.stringify({ id: '2', reason: 'idle', at: AT + 2000, auth0: 'left' }),
    );

    expect(startSession().takeReceipt()).toBeNull();
  });

  // Each of them left the way to Auth0 to the one that was first, without having seen it.
  test.each([-20, 20])('is for all that logged out in the same moment (%d ms)', (ms) => {
    comeBack('/bye');
    const another = { id: '2', reason: 'idle', at: AT + ms, auth0: 'pending' };
    localStorage.setItem(ownKey, JSON.stringify(another));

    expect(startSession().takeReceipt()).toMatchObject({ verified: true });
    expect(JSON.parse(localStorage.getItem(ownKey)!)).toMatchObject({ id: '2', auth0: 'left' });
  });

  test.each([
    '{',
    '[]',
    'null',
    '"text"',
    '{"left":"1","receipt":7}',
    `{"left":${AT},"receipt":7}`,
    `{"left":${AT},"receipt":{"returnTo":"http://"}}`,
  ])('is none, and breaks no page, when somebody stored %s', (text) => {
    localStorage.setItem(ownKey, JSON.stringify({ id: '1', reason: 'user', at: AT }));
    sessionStorage.setItem(ownKey, text);

    expect(startSession().takeReceipt()).toBeNull();
  });

  test('is for the page that comes back, not for the one that leaves', async () => {
    const leaving = startSession();
    await leaving.logout();

    expect(leaving.takeReceipt()).toBeNull();
    history.replaceState(null, '', '/bye');
    expect(startSession().takeReceipt()).toMatchObject({ reason: 'user' });
  });

  test('keeps no page from finishing a logout that began at the other endpoint', async () => {
    vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
    const before = startSession({ endpoint: 'oidc' });
    await before.logout();
    before.dispose();
    const { at } = JSON.parse(localStorage.getItem(ownKey)!) as { at: number };
    vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(true);

    startSession({ endpoint: 'v2' });

    await vi.waitFor(() =>
      expect(JSON.parse(sessionStorage.getItem(ownKey)!)).toMatchObject({ left: at }),
    );
  });

  test('is none after openUrl: this page has gone nowhere', async () => {
    const session = startSession();
    await session.logout({ openUrl: () => undefined });

    expect(session.takeReceipt()).toBeNull();
  });
});

describe('the next login', () => {
  test('asks for credentials after a logout of the application alone, in any tab', async () => {
    const session = startSession();
    expect(session.nextLogin()).toEqual({});

    await session.logout({ localOnly: true });

    expect(session.nextLogin()).toEqual({ prompt: 'login' });
    expect(startSession().nextLogin()).toEqual({ prompt: 'login' });
    expect(startSession({ clientId: 'cid2' }).nextLogin()).toEqual({});
  });

  test('asks for credentials after a logout offline, which Auth0 knows nothing of', async () => {
    vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
    const session = startSession();

    const result = await session.logout();

    expect(result).toMatchObject({
      status: 'stayed',
      sessions: { application: 'ended', auth0: 'kept', identityProvider: 'kept' },
    });
    expect(result.warnings).toEqual([expect.stringContaining('Offline')]);
    expect(session.nextLogin()).toEqual({ prompt: 'login' });
  });

  test('asks for nothing more after Auth0 was asked', async () => {
    const session = startSession();
    await session.logout({ openUrl: () => undefined });

    expect(session.nextLogin()).toEqual({});
  });

  test.each([
    ['/?code=SUMMER', { prompt: 'login' }],
    ['/?reset_token=1', { prompt: 'login' }],
    ['/#csrf_token=1', { prompt: 'login' }],
    ['/?code=1&state=2', {}],
    ['/?state=2&code=1', {}],
    ['/#access_token=1&expires_in=60&state=2', {}],
  ])('where logins cannot be seen, a page at %s asks for %j', async (address, next) => {
    await startSession().logout({ localOnly: true });
    sessionStorage.clear();
    history.replaceState(null, '', address);

    expect(startSession().nextLogin()).toEqual(next);
  });

  // A link can lead here with anything behind the `#`, which no server gets to see.
  test.each(['/#', '/#state=', '/#state=&_'])(
    'where logins cannot be seen, %s with much behind it holds no page up',
    async (begin) => {
      await startSession().logout({ localOnly: true });
      sessionStorage.clear();
      history.replaceState(null, '', begin + '&_'.repeat(200_000));

      // What takes more than one pass takes longer than a test may.
      expect(startSession().nextLogin()).toEqual({ prompt: 'login' });
    },
  );

  test('asks for nothing once a login has completed, after a reload too', async () => {
    const session = startSession();
    await session.logout({ localOnly: true });

    session.loggedIn();

    expect(session.nextLogin()).toEqual({});
    expect(startSession().nextLogin()).toEqual({});
  });
});

// Its first loading may take longer here than a step of these tests may.
beforeAll(() => import('../../../src/ask.js'));

test.each([
  [['save', 'discard'], [{ label: 'Letter', page: 'Notes' }]],
  [['discard'], []],
] as const)(
  'after the answers %j the receipt calls what has no save unsaved: %j',
  async (answers, unsaved) => {
    document.title = 'Notes';
    const left = [...answers];
    const session = startSession({ confirmUnsavedWork: () => left.shift() ?? 'cancel' });
    session.guardUnsavedWork({ label: 'Letter', isDirty: () => true });

    expect((await session.logout()).status).toBe('left');
    history.replaceState(null, '', '/bye');

    expect(startSession().takeReceipt()?.unsaved).toEqual(unsaved);
  },
);

test('a receipt that nobody takes is gone with the next login: it names what somebody had written', async () => {
  const session = startSession();
  session.guardUnsavedWork({ label: 'Letter to Ada', isDirty: () => true });
  expect((await session.logout({ reason: 'idle' })).warnings).toContain(
    'Not saved: Letter to Ada.',
  );
  expect(JSON.stringify({ ...sessionStorage })).toContain('Letter to Ada');

  const next = startSession();
  next.loggedIn();

  expect(JSON.stringify({ ...sessionStorage })).not.toContain('Letter to Ada');
});
