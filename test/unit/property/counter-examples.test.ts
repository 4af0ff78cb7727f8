// @vitest-environment node
import { expect, it } from 'vitest';
import { logsInAgain, logsInAtOnce, type Run, staysLoggedOut } from './invariant.js';
import { createWorld, type WorldOptions } from './world.js';

/** What the random runs have found, once and for all. */
const options: WorldOptions = {
  cache: 'localstorage',
  renewal: 'rt',
  channel: true,
  locks: true,
  late: false,
  logout: 'ours',
};

const loggedOut: Readonly<Record<string, Partial<Run>>> = {
  'a redirect to the login that was under way when its own tab logged out': {
    before: [['redirect', 0, 0, 0]],
    last: ['logout', 0, 0, 0],
  },
  'the same, when a token exchange of the tab has succeeded meanwhile': {
    before: [
      ['exchange', 0, 0, 5],
      ['arrives', 0, 0, 0],
      ['redirect', 0, 0, 0],
      ['arrives', 0, 0, 12],
    ],
    last: ['logout', 0, 0, 0],
  },
  "another tab's late answer, read by a page that loads before it is cleared,": {
    options: { ...options, channel: false, locks: false },
    before: [
      ['opens', 0, 0, 0],
      ['redirect', 0, 0, 0],
      ['arrives', 0, 0, 0],
      ['popup', 0, 0, 0],
      ['exchange', 1, 0, 0],
    ],
    last: ['logout', 0, 0, 0],
    after: [['arrives', 0, 2, 0]],
  },
  'a popup login that still waited for its page to be cleared when another tab logged out': {
    options: { ...options, cache: 'memory', channel: false, locks: false },
    before: [
      ['logout', 0, 0, 0],
      ['copies', 0, 0, 0],
      ['reloads', 0, 0, 0],
      ['popup', 3, 0, 0],
    ],
    last: ['logout', 0, 0, 12],
  },
  'a popup login that another tab logged out in the very moment in which it had waited enough': {
    options: { ...options, cache: 'memory', channel: false, locks: false },
    before: [
      ['opens', 0, 0, 0],
      ['logout', 0, 0, 3],
      ['popup', 1, 0, 0],
      ['closes', 3, 0, 0],
    ],
    last: ['logout', 0, 0, 0],
  },
};

it.each(Object.entries(loggedOut))('%s signs nobody in', async (_, run) => {
  const { wrong, log, counts } = await staysLoggedOut(complete(run));

  expect(counts, log.join('\n')).toBe(true);
  expect(wrong, log.join('\n')).toEqual([]);
});

const loggedIn: Readonly<Record<string, Partial<Run>>> = {
  'a login that was given up before another tab logged out': {
    signedIn: false,
    before: [
      ['opens', 0, 0, 12],
      ['redirect', 0, 0, 12],
      ['arrives', 0, 0, 12],
      ['arrives', 0, 0, 12],
      ['back', 0, 0, 12],
      ['opens', 0, 0, 0],
      ['settles', 0, 0, 0],
    ],
    last: ['localLogout', 1, 0, 0],
  },
  'a popup login whose tab died': {
    options: { ...options, late: true },
    signedIn: false,
    last: ['localLogout', 0, 0, 12],
    after: [
      ['settles', 0, 0, 0],
      ['popup', 0, 0, 12],
      ['restores', 0, 0, 12],
    ],
  },
};

it.each(Object.entries(loggedIn))('%s does not stand in the way of a login', async (_, run) => {
  const how = run.options?.late ? 'redirect' : 'popup';
  const { wrong, log } = await logsInAgain(complete(run), how, 0);

  expect(wrong, log.join('\n')).toEqual([]);
});

it('a redirect to the login is not cut off by another tab that finishes an older logout', async () => {
  const { wrong, log, counts } = await logsInAtOnce(
    complete({
      options: { ...options, cache: 'memory', renewal: 'iframe', channel: false },
      before: [
        ['renews', 0, 0, 0],
        ['redirect', 0, 0, 0],
        ['logout', 0, 0, 0],
        ['arrives', 0, 0, 0],
      ],
      after: [['reloads', 0, 0, 0]],
    }),
    'redirect',
  );

  expect(counts, log.join('\n')).toBe(true);
  expect(wrong, log.join('\n')).toEqual([]);
});

it('a logout without a network or Web Locks is finished by the next page that has a network', async () => {
  const { browser, application, settle, log } = createWorld({ ...options, locks: false });
  const [tab, other] = [browser.open(), browser.open()];
  await settle();
  const network = tab.page!.env.navigator as { onLine: boolean };
  network.onLine = false;
  await application(tab)!.logOut(false);
  browser.close(tab);
  expect(log.filter((line) => /v2.logout/.test(line))).toEqual([]);

  browser.reload(other);
  await settle();

  expect(log.filter((line) => /v2.logout/.test(line))).toHaveLength(1);
});

function complete(run: Partial<Run>): Run {
  return {
    options,
    signedIn: true,
    before: [],
    last: ['logout', 0, 0, 0],
    after: [],
    ...run,
  };
}
