import { describe, expect } from 'vitest';
import { appTest as test, hasReturned, isReady } from '../app/test-app.js';
import { escapeToPlaywrightPage, type Context } from '../driver/index.js';
import { expectNothingStored, expectSignedOut, logInAgain, NOBODY } from './signed-out.js';
import { isCovered, openFrame, openTwo, visitsIn } from './tabs.js';

declare global {
  interface Window {
    /** What lay in localStorage when the application was told. */
    heldWhenTold?: string[];
    /** What onOtherTabLogout was called with. */
    reactions?: unknown[];
  }
}

test.afterEach(({ app }) => app.tenant.control.reset());

describe('the other tabs', () => {
  test('are covered and follow also where a frame in them has heard of it first', async ({
    app,
    context,
  }) => {
    const { control } = app.tenant;
    const [tab, other] = await openTwo(app, context, 'localstorage.rt');
    await openFrame(other, `${app.url}/home?localstorage.rt`);
    const release = control.behave('/v2/logout', { hang: true });
    const asked = control.waitFor('/v2/logout');
    await tab.evaluate(() => void window.app.session.logout());
    await asked;

    await other.waitFor(() => window.app.events.length);
    expect(await other.evaluate(() => window.app.events[0]!.from)).toBe('other-tab');
    expect(await isCovered(other)).toBe(true);
    release();
    await Promise.all([tab, other].map((each) => each.waitForUrl(/\/bye\?/)));
  });

  test('lose what they hold, are covered, and follow once the first is back', async ({
    app,
    context,
  }) => {
    const { control } = app.tenant;
    const tab = await app.open(context, 'memory.rt');
    await app.logIn(tab);
    const others = [await app.open(context, 'memory.rt'), await app.open(context, 'memory.rt')];
    for (const other of others) await logInAgain(other);
    await tab.bringToFront();
    const visits = visitsIn(context);
    const release = control.behave('/v2/logout', { hang: true });
    const left = control.waitFor('/v2/logout');

    await tab.evaluate(() => void window.app.session.logout({ reason: 'forced' }));
    await left;
    for (const other of others) {
      await other.waitFor(() => window.app.events.length);
      expect(await other.evaluate(() => window.app.events)).toEqual([
        { reason: 'forced', from: 'other-tab' },
      ]);
      expect(await isCovered(other)).toBe(true);
      await expectSignedOut(app, other);
      expect(other.url()).toContain('/home');
    }
    release();
    for (const each of [tab, ...others]) {
      await hasReturned(each);
      expect(await isCovered(each)).toBe(false);
    }

    expect(visits.filter((path) => path === '/v2/logout')).toHaveLength(1);
    expect(visits.filter((path) => path === '/authorize')).toEqual([]);
    const receipt = await tab.evaluate(() => window.app.session.takeReceipt());
    expect(receipt).toMatchObject({ reason: 'forced', tabs: 3, verified: true });
  });

  test('begin no login when they hear of it, before Auth0 has ended its session', async ({
    app,
    context,
  }) => {
    const { control } = app.tenant;
    const [tab, other] = await openTwo(app, context, 'localstorage.rt');
    await other.evaluate(() => {
      window.onLogoutEvent = () => {
        window.outcome = window.app.client.loginWithRedirect().then(
          () => 'resolved',
          ({ error }: { error: string }) => error,
        );
      };
    });
    const visits = visitsIn(context);
    const release = control.behave('/v2/logout', { hang: true });

    await tab.evaluate(() => void window.app.session.logout());
    await other.waitFor(() => window.outcome);
    expect(await other.evaluate(() => window.outcome)).toBe('login_required');
    release();

    for (const each of [tab, other]) await hasReturned(each);
    expect(visits).not.toContain('/authorize');
  });

  test('hear of it as soon as there is room where localStorage was full', async ({
    app,
    context,
  }) => {
    await context.beforeEveryPage(() => {
      window.moreConfig = { clear: { localStorage: ['ballast'] } };
    }, null);
    const tab = await app.open(context, 'localstorage.rt.stay');
    await app.logIn(tab);
    const other = await app.open(context, 'localstorage.rt.stay');
    await tab.evaluate(() => {
      let ballast = '';
      for (let more = 1 << 20; more >= 1; more >>= 1) {
        try {
          for (;;) localStorage.setItem('ballast', (ballast += 'x'.repeat(more)));
        } catch {
          ballast = localStorage.getItem('ballast') ?? '';
        }
      }
    });

    const { steps } = await tab.evaluate(() => window.app.session.logout({ localOnly: true }));
    expect(steps).toContainEqual(expect.objectContaining({ name: 'mark', status: 'failed' }));
    await other.waitFor(() => window.app.events.length);
    await expectSignedOut(app, other);
  });

  test('are told when nothing is left in storage', async ({ app, context }) => {
    const tab = await app.open(context, 'localstorage.rt.stay');
    await app.logIn(tab);
    const other = await app.open(context, 'localstorage.rt.stay');
    await other.evaluate(() => {
      window.app.session.onLogout(() => (window.heldWhenTold = Object.keys(localStorage)));
    });

    await tab.evaluate(() => window.app.session.logout({ localOnly: true }));

    const held = await other.waitFor(() => window.heldWhenTold);
    // The word of the logout, and nothing else.
    expect(held).toContainEqual(expect.stringMatching(/^auth0-logout::.+::demo-app$/));
    expect(held!.filter((key) => !key.startsWith('auth0-logout::'))).toEqual([]);
  });

  test('go without the first after ten seconds, when that is closed at Auth0', async ({
    app,
    context,
  }) => {
    const tab = await app.open(context, 'localstorage.rt');
    await app.logIn(tab);
    const other = await context.newTab();
    const { clock } = escapeToPlaywrightPage(other);
    await clock.install();
    await other.goto(`${app.url}/home?localstorage.rt`);
    await isReady(other, 'in');
    const visits = visitsIn(context);
    app.tenant.control.behave('/v2/logout', { hang: true });
    const left = app.tenant.control.waitFor('/v2/logout');
    await tab.evaluate(() => void window.app.session.logout());
    await left;
    await tab.close();
    await other.waitFor(() => window.app.events.length);
    expect(await isCovered(other)).toBe(true);

    await clock.runFor(9_000);
    expect(visits).toEqual(['/v2/logout']);
    await clock.runFor(1_100);
    await hasReturned(other);
    expect(visits.slice(0, 2)).toEqual(['/v2/logout', '/bye']);
  });

  test('go where a router sends them that has its routes in the fragment', async ({
    app,
    context,
  }) => {
    await context.beforeEveryPage(() => {
      window.moreConfig = {
        returnTo: '/home?localstorage.rt#/bye',
        allowedLogoutUrls: undefined as never,
      };
    }, null);
    // The tenant allows no such address.
    await context.route(/\/v2\/logout\?/, ({ answer, url }) =>
      answer({ status: 302, headers: { location: new URL(url).searchParams.get('returnTo')! } }),
    );
    const [tab, other] = await openTwo(app, context, 'localstorage.rt');
    await other.evaluate(() => void (location.hash = '#/account/7'));

    await tab.evaluate(() => void window.app.session.logout());

    for (const each of [tab, other]) {
      await isReady(each, 'out');
      expect(new URL(each.url()).hash).toBe('#/bye');
      expect(await isCovered(each)).toBe(false);
    }
  });

  test('are loaded anew by a router that takes every address for a view of its own', async ({
    app,
    context,
  }) => {
    const [tab, other] = await openTwo(app, context, 'localstorage.rt');
    await other.evaluate(() => {
      window.navigation!.addEventListener('navigate', (event) => {
        if (event.canIntercept && event.navigationType !== 'reload') event.intercept();
      });
    });

    await tab.evaluate(() => void window.app.session.logout());

    for (const each of [tab, other]) {
      await hasReturned(each);
      expect(await isCovered(each)).toBe(false);
    }
  });

  test('are loaded once where they are at that address already, and post no form again', async ({
    app,
    context,
  }) => {
    const [tab, other] = await openTwo(app, context, 'localstorage.rt');
    await other.evaluate(() => {
      const form = document.createElement('form');
      form.method = 'post';
      form.action = '/bye?localstorage.rt';
      document.body.append(form);
      form.submit();
    });
    await other.waitForUrl(/\/bye\?/);
    await isReady(other, 'in');
    // Another change of view, which is still under way, changes nothing.
    await other.evaluate(() => {
      const forever = (event: NavigateEvent): void =>
        event.intercept({ handler: () => new Promise(() => {}) });
      window.navigation!.addEventListener('navigate', forever, { once: true });
      location.replace(location.href);
      window.navigation!.addEventListener('navigate', () => console.info('goes'));
    });
    const loads: string[] = [];
    other.onConsole(({ text }) => text === 'goes' && loads.push(text));
    context.onRequest(({ url, method }) => url.includes('/bye?') && loads.push(method));

    await tab.evaluate(() => void window.app.session.logout());

    for (const each of [tab, other]) await isReady(each, 'out');
    // Of the one that has logged out, and of the other.
    expect(loads.sort()).toEqual(['GET', 'GET', 'goes']);
  });

  test('are loaded anew by a router that keeps to itself where a fragment leads', async ({
    app,
    context,
  }) => {
    await context.beforeEveryPage(() => {
      window.moreConfig = { returnTo: '/bye?localstorage.rt#view', allowedLogoutUrls: undefined };
    }, null);
    const [tab, other] = await openTwo(app, context, 'localstorage.rt');
    await other.evaluate(() => {
      history.replaceState(null, '', '/bye?localstorage.rt');
      window.navigation!.addEventListener('navigate', (event) => {
        if (event.navigationType !== 'reload') event.preventDefault();
      });
    });

    await tab.evaluate(() => void window.app.session.logout());

    await isReady(other, 'out');
    expect(await isCovered(other)).toBe(false);
  });

  test('leave no refresh token of their own alive', async ({ app, context }) => {
    const { control } = app.tenant;
    const tab = await app.open(context, 'memory.rt');
    await app.logIn(tab);
    const other = await app.open(context, 'memory.rt');
    await logInAgain(other);
    const tokens = control.issuedTokens().filter(({ kind }) => kind === 'refresh');
    const alive = (): unknown[] =>
      tokens.slice(-2).filter(({ value }) => control.isRefreshTokenAlive(value));
    expect(alive()).toHaveLength(2);

    await tab.evaluate(() => void window.app.session.logout());
    for (const each of [tab, other]) await each.waitForUrl(/\/bye\?/);

    await expect.poll(alive).toEqual([]);
  });

  test('do what onOtherTabLogout says instead', async ({ app, context }) => {
    await context.beforeEveryPage(() => {
      window.reactions = [];
      window.moreConfig = {
        onOtherTabLogout: (event) => void window.reactions!.push({ ...event }),
      };
    }, null);
    const [tab, other] = await openTwo(app, context, 'localstorage.rt');

    await tab.evaluate(() => void window.app.session.logout({ reason: 'idle' }));
    await tab.waitForUrl(/\/bye\?/);
    await other.waitFor(() => window.reactions!.length);

    expect(await other.evaluate(() => window.reactions)).toEqual([
      { reason: 'idle', from: 'other-tab' },
    ]);
    expect(await isCovered(other)).toBe(false);
    expect(other.url()).toContain('/home');
    await expectSignedOut(app, other);
  });
});

/** Breaks one of the two ways in every page. */
const broken = {
  'BroadcastChannel missing': () => {
    // @ts-expect-error -- as in an old browser
    delete window.BroadcastChannel;
  },
  'BroadcastChannel throwing': () => {
    window.BroadcastChannel = class {
      constructor() {
        throw new DOMException('denied', 'SecurityError');
      }
    } as never;
  },
  'posting failing': () => {
    BroadcastChannel.prototype.postMessage = () => {
      throw new DOMException('closed', 'InvalidStateError');
    };
  },
  'the storage event missing': () => {
    addEventListener('storage', (event) => event.stopImmediatePropagation(), true);
  },
};

describe('a tab hears of a logout', () => {
  test.for(Object.entries(broken))('with %s', async ([, breakIt], { app, context }) => {
    await context.beforeEveryPage(breakIt, undefined);
    const [tab, other] = await openTwo(app, context, 'localstorage.rt');

    await tab.evaluate(() => window.app.session.logout({ localOnly: true }));
    await hasReturned(other);

    expect([...tab.uncaught(), ...other.uncaught()]).toEqual([]);
    await expectNothingStored(app, other);
  });

  test('where localStorage is blocked, and no word of it can last', async ({ app, context }) => {
    await context.beforeEveryPage(() => {
      // Not the getter itself: auth0-spa-js makes no client where that throws.
      for (const method of ['getItem', 'setItem', 'removeItem'] as const) {
        const original = Storage.prototype[method] as (...args: string[]) => never;
        Storage.prototype[method] = function (...args: string[]) {
          if (this === localStorage) throw new DOMException('blocked', 'SecurityError');
          return original.apply(this, args);
        };
      }
    }, null);
    const [tab, other] = await openTwo(app, context, 'memory.iframe', 'memory.iframe.stay');

    await tab.evaluate(() => void window.app.session.logout());
    await other.waitFor(() => window.app.events.length > 0);

    expect(await other.evaluate(() => window.app.events)).toMatchObject([{ from: 'other-tab' }]);
    expect(await other.evaluate(() => window.app.whoIsThere())).toEqual(NOBODY);
    await tab.waitForUrl(/\/bye\?/);
    expect(await other.evaluate(() => window.app.whoIsThere())).toEqual(NOBODY);
    await app.logIn(other);
    expect([...tab.uncaught(), ...other.uncaught()]).toEqual([]);
  });
});

describe('a message', () => {
  /** Says something on the application's own channel, from a page of the same origin. */
  const forge = async (context: Context, url: string, name: string): Promise<void> => {
    const forger = await context.newTab(url);
    await forger.evaluate((name) => {
      const channel = new BroadcastChannel(name);
      const evil = 'https://evil.example/';
      const messages: unknown[] = [
        null,
        7,
        'logout',
        evil,
        [],
        {},
        new Map([['logout', '1']]),
        ['logout'],
        ['logout', 1],
        ['logout', null],
        ['logout', {}],
        [['logout'], ['1']],
        // Well-formed, but no such logout has been.
        ['logout', ''],
        ['logout', '1'],
        ['logout', '1', { returnTo: evil, federated: true, token: 'eyJ' }],
        ['logout', evil, evil],
        ['back', ''],
        ['back', '1', evil],
        ['gone', '1'],
        ['gone', 'x'.repeat(5_000_000)],
        ['x'.repeat(5_000_000), '1'],
        ['__proto__', 'constructor', evil],
        ['login', '1'],
        { type: 'logout', returnTo: evil },
        { 0: 'logout', 1: '1', length: 2 },
        new ArrayBuffer(8),
        Array.from({ length: 1_000_000 }, () => 1),
      ];
      for (const message of messages) channel.postMessage(message);
      channel.postMessage('the last one');
      channel.close();
    }, name);
  };

  test('that is malformed or forged changes nothing', async ({ app, context }) => {
    const tab = await app.open(context, 'localstorage.rt');
    await app.logIn(tab);
    const name = `auth0-logout::${new URL(app.tenant.domain).host}::demo-app`;
    await tab.evaluate((name) => {
      window.reactions = [];
      new BroadcastChannel(name).onmessage = ({ data }) => window.reactions!.push(typeof data);
    }, name);
    const stored = (): Promise<unknown> => tab.evaluate(() => ({ ...localStorage }));
    const before = await stored();
    const visits = visitsIn(context);

    await forge(context, `${app.url}/config.json`, name);
    await tab.waitFor(() => window.reactions!.length === 28);

    expect(visits).toEqual(['/config.json']);
    expect(tab.uncaught()).toEqual([]);
    expect(await tab.evaluate(() => [window.app.events, window.app.warnings])).toEqual([[], []]);
    expect(await stored()).toEqual(before);
    expect(await isCovered(tab)).toBe(false);
    expect(await tab.evaluate(() => window.app.whoIsThere())).toMatchObject({ token: 'a token' });

    // And a real one still gets through.
    const other = await app.open(context, 'localstorage.rt');
    await other.evaluate(() => window.app.session.logout({ localOnly: true }));
    await tab.waitForUrl(/\/bye\?/);
    expect(visits).not.toContain('/v2/logout');
  });
});
