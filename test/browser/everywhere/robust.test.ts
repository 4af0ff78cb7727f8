import { describe, expect } from 'vitest';
import { appTest as test, hasReturned, isReady, logOut, type TestApp } from '../app/test-app.js';
import type { Tab } from '../driver/index.js';
import { expectNothingStored } from './signed-out.js';

const mode = 'localstorage.rt';

/** What is broken, and which steps of the logout are to say so. */
const troubles: Record<
  string,
  { steps: string[]; inPage?: () => void; atTenant?: (app: TestApp) => void }
> = {
  'a client whose logout never settles': {
    steps: ['clear timed-out'],
    inPage: () => {
      window.onClient = (client) => {
        client.logout = () => new Promise(() => {});
      };
    },
  },
  'a client whose logout throws': {
    steps: ['clear failed'],
    inPage: () => {
      window.onClient = (client) => {
        client.logout = () => {
          throw new Error('of the client');
        };
      };
    },
  },
  'a clearer of the application that never settles': {
    steps: ['clear timed-out'],
    inPage: () => {
      window.onSession = (session) => session.holdCredentials(() => new Promise(() => {}));
    },
  },
  'a revocation that never ends': {
    steps: ['revoke timed-out'],
    atTenant: ({ tenant }) => tenant.control.behave('/oauth/revoke', { hang: true }),
  },
  'a serverLogoutUrl that never answers': {
    steps: ['server timed-out'],
    inPage: () => {
      window.moreConfig = { ...window.moreConfig, serverLogoutUrl: '/session/logout' };
    },
  },
  'a localStorage that is full': {
    // The client itself needs to write, to revoke what it holds.
    steps: ['mark failed', 'revoke failed'],
    inPage: () => {
      const { setItem } = Storage.prototype;
      Storage.prototype.setItem = function (key, value) {
        if (window.full && this === localStorage)
          throw new DOMException('full', 'QuotaExceededError');
        setItem.call(this, key, value);
      };
    },
  },
};

declare global {
  interface Window {
    full?: boolean;
  }
}

const beginLogout = (tab: Tab): Promise<void> =>
  tab.evaluate(() => {
    window.full = true;
    void window.app.session.logout().then(({ status, sessions, steps }) => {
      console.info('result', JSON.stringify({ status, sessions, steps }));
    });
  });

interface Told {
  status: string;
  sessions: { application: string };
  steps: { name: string; status: string; ms: number }[];
}

test.afterEach(({ app }) => app.tenant.control.reset());

describe('a logout goes through', () => {
  test.for(Object.entries(troubles))(
    'with %s',
    async ([, { steps, inPage, atTenant }], { app, context }) => {
      await context.beforeEveryPage(() => {
        window.moreConfig = { stepTimeoutMs: 200 };
      }, null);
      if (inPage) await context.beforeEveryPage(inPage, undefined);
      await context.route(`${app.url}/session/logout`, () => {});
      const tab = await app.open(context, mode);
      await app.logIn(tab);
      const told = new Promise<Told>((resolve) => {
        tab.onConsole(
          ({ text }) => text.startsWith('result') && resolve(JSON.parse(text.slice(7)) as Told),
        );
      });
      atTenant?.(app);
      // The page is there until it has told.
      const release = app.tenant.control.behave('/v2/logout', { hang: true });

      await beginLogout(tab);
      const result = await told;
      release();
      await hasReturned(tab);

      expect(result.status).toBe('left');
      const failed = result.steps.filter(({ status }) => !/^(done|skipped)$/.test(status));
      expect(failed.map(({ name, status }) => `${name} ${status}`)).toEqual(steps);
      // 200 ms at the longest, and a slow machine.
      for (const { ms } of failed) expect(ms).toBeLessThan(2000);
      expect(result.sessions.application).toBe(
        /mark|revoke/.test(steps[0]!) ? 'ended' : 'incomplete',
      );
      await expectNothingStored(app, tab);
    },
  );

  test('with Web Locks that never answer, and asks what nobody could list', async ({
    app,
    context,
  }) => {
    await context.beforeEveryPage(() => {
      window.moreConfig = {
        stepTimeoutMs: 200,
        confirmUnsavedWork: (work) => {
          console.info('asked', work.map(({ label }) => label).join());
          return Promise.resolve('discard');
        },
      };
      window.onSession = (session) => {
        const silent = (): Promise<never> => new Promise(() => {});
        Object.assign(navigator.locks, { request: silent, query: silent });
        if (location.search.endsWith('.stay')) {
          session.guardUnsavedWork({ label: 'Invoice 17', isDirty: () => true });
        }
      };
    }, null);
    const tab = await app.open(context, mode);
    await app.logIn(tab);
    const other = await app.open(context, `${mode}.stay`);
    await isReady(other, 'in');
    const asked: string[] = [];
    tab.onConsole(({ text }) => text.startsWith('asked') && asked.push(text));

    await beginLogout(tab);
    await hasReturned(tab);

    expect(asked).toEqual(['asked Invoice 17']);
    await expectNothingStored(app, tab);
  });

  test('once its steps can be loaded, and nothing has changed before', async ({ app, context }) => {
    await app.logIn(await app.open(context, mode));
    const undo = await context.route('**/dist/shared/steps.mjs', ({ fail }) => fail());
    const tab = await app.open(context, mode);
    await isReady(tab, 'in');
    const before = await app.tokensIn(tab);

    const failed = tab.evaluate(() =>
      window.app.session.logout().then(
        ({ status }) => status as string,
        ({ name }: Error) => name,
      ),
    );
    expect(await failed).toBe('TypeError');
    expect(await app.tokensIn(tab)).toEqual(before);
    expect(await tab.evaluate(() => window.app.whoIsThere())).toMatchObject({ token: 'a token' });

    await undo();
    await beginLogout(tab);
    await hasReturned(tab);
    await expectNothingStored(app, tab);
  });

  test('where storage cannot be reached at all', async ({ app, context }) => {
    await context.beforeEveryPage(() => {
      // The client cannot be made without them, but logs in without them by popup.
      window.onClient = () => {
        for (const area of ['localStorage', 'sessionStorage']) {
          Object.defineProperty(window, area, {
            get() {
              throw new DOMException('denied', 'SecurityError');
            },
          });
        }
      };
    }, null);
    // A login in this page alone: without storage none survives a redirect.
    const tab = await app.open(context, 'memory.rt');
    const popup = await context.tabOpenedBy(() =>
      tab.evaluate(() => void window.app.client.loginWithPopup()),
    );
    await popup.click('button[name=user][value=ada]');
    await tab.waitFor(() => window.app.client.isAuthenticated());
    const heard = await context.newTab(`${app.url}/home?memory.rt.stay`);
    await isReady(heard);

    await logOut(tab);

    expect(await tab.evaluate(() => document.cookie)).toBe('');
    expect([...tab.uncaught(), ...heard.uncaught()]).toEqual([]);
  });
});
