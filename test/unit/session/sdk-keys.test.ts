import { describe, expect, test } from 'vitest';
import { accessToken, logOutHere, otherToken, stepOf, stored } from './page-session.js';

const SPA = '@@auth0spajs@@::';
const cookies = (): string[] => document.cookie.split('; ').filter(Boolean);

/** Where auth0-spa-js and auth0-js keep things for this client. */
const OURS = [
  `${SPA}cid::default::openid profile`,
  `${SPA}cid::https://api.example::openid cid2`,
  `${SPA}cid::@@user@@`,
  `${SPA}cid`,
  'a0.spajs.txs.cid',
  'com.auth0.auth.k2d8',
  'auth0.ssodata',
];

/** What only looks like it. */
const NOT_OURS = [
  `${SPA}cid2::default::openid`,
  `${SPA}2cid::default::openid`,
  `${SPA}other::cid::openid`,
  `${SPA}other::https://cid.example::openid cid`,
  `x${SPA}cid::default::openid`,
  '@@auth0spajs@@cid::default',
  'a0.spajs.txs.cid2',
  'a0.spajs.txs.2cid',
  'a0.spajs.txs.',
  'com.auth0.authentication',
  'auth0.ssodata2',
  'cid',
];

const OUR_COOKIES = [
  'auth0.cid.is.authenticated',
  '_legacy_auth0.cid.is.authenticated',
  'auth0.cid.organization_hint',
  '_legacy_auth0.cid.organization_hint',
  'auth0.is.authenticated',
  '_legacy_auth0.is.authenticated',
  'a0.spajs.txs.cid',
  '_legacy_a0.spajs.txs.cid',
  'com.auth0.auth.k2d8',
  '_com.auth0.auth.k2d8',
  'auth0.ssodata',
];

const NOT_OUR_COOKIES = [
  'auth0.cid2.is.authenticated',
  '_legacy_auth0.cid2.is.authenticated',
  'auth0.2cid.is.authenticated',
  'auth0.cid.is.authenticated.not',
  'auth0.cid2.organization_hint',
  'a0.spajs.txs.cid2',
  'auth0',
  'appSession',
  'theme',
];

describe.each(['localStorage', 'sessionStorage'] as const)('in %s', (area) => {
  test('what the SDKs keep for this client goes, and what only looks like it stays', async () => {
    for (const key of [...OURS, ...NOT_OURS]) window[area].setItem(key, 'x');

    await logOutHere();

    expect(Object.keys(stored(window[area])).sort()).toEqual([...NOT_OURS].sort());
  });
});

test('among cookies, what the SDKs set for this client goes, and the rest stays', async () => {
  for (const name of [...OUR_COOKIES, ...NOT_OUR_COOKIES]) document.cookie = `${name}=1;path=/`;

  await logOutHere();

  expect(cookies().sort()).toEqual(NOT_OUR_COOKIES.map((name) => `${name}=1`).sort());
});

test('cookies and entries that are to be kept stay', async () => {
  document.cookie = 'auth0.cid.is.authenticated=1;path=/';
  document.cookie = 'sid=1;path=/';
  localStorage.setItem(`${SPA}cid::default::openid`, 'x');

  await logOutHere({
    clear: { keep: ['auth0.cid.is.authenticated', 'sid', /^@@/], cookies: ['sid'] },
  });

  expect(cookies().sort()).toEqual(['auth0.cid.is.authenticated=1', 'sid=1']);
  expect(Object.keys(stored(localStorage))).toEqual([`${SPA}cid::default::openid`]);
});

describe('where the SDK would take what belongs to another client along', () => {
  const other = `${SPA}cid2::default::openid`;
  const third = `${SPA}third::https://cid.example::openid`;
  const ours = `${SPA}cid::default::openid`;
  /** What auth0-spa-js does (`CacheManager.clear`): whatever has the id anywhere in its key. */
  const wipe = (id = 'cid'): void => {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(SPA) && key.includes(id)) localStorage.removeItem(key);
    }
  };
  const fill = (): void => {
    localStorage.setItem(other, `{"body":{"access_token":"${otherToken}"}}`);
    localStorage.setItem(third, '{"body":{}}');
    localStorage.setItem(ours, `{"body":{"access_token":"${accessToken}"}}`);
  };
  const late = async (): Promise<void> => {
    await Promise.resolve();
    wipe();
  };

  test.each<[what: string, logout: () => unknown]>([
    ['at once', wipe],
    ['later', late],
    [
      'and then throws',
      () => {
        wipe();
        throw new Error('no');
      },
    ],
    [
      'and then hangs',
      () => {
        wipe();
        return new Promise(() => undefined);
      },
    ],
  ])('it is put back, when the client does so %s', async (_what, logout) => {
    fill();
    const before = stored(localStorage);

    await logOutHere({ auth0Client: { logout } });

    delete before[ours];
    expect(stored(localStorage)).toEqual(before);
  });

  test('what that client has written meanwhile is not overwritten', async () => {
    fill();
    const logout = (): void => {
      wipe();
      localStorage.setItem(other, 'newer');
    };

    await logOutHere({ auth0Client: { logout } });

    expect(localStorage.getItem(other)).toBe('newer');
  });

  test.each([
    ['all of localStorage', { localStorage: 'all' } as const, []],
    ['its keys by pattern', { localStorage: [/^@@auth0spajs@@/] }, []],
    ['everything but its keys', { localStorage: 'all', keep: [other] } as const, [other]],
    ['whatever looks like a token', { tokens: 'any' } as const, [third]],
  ])('it is not put back when the application clears %s', async (_what, clear, left) => {
    fill();

    await logOutHere({ clear, auth0Client: { logout: late } });

    expect(Object.keys(stored(localStorage)).sort()).toEqual(left);
  });

  test('nothing of ours is put back when the session has no client id', async () => {
    fill();

    const result = await logOutHere({ clientId: null, auth0Client: { logout: late } });

    expect(JSON.stringify(stored(localStorage))).not.toContain(accessToken);
    expect(stepOf(result, 'clear').status).toBe('done');
  });
});
