import { cp, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, inject, onTestFinished } from 'vitest';
import {
  appTest as test,
  hasLoadedAll,
  hasReturned,
  isReady,
  type TestApp,
} from '../app/test-app.js';
import { escapeToPlaywrightPage, launchChromiumIn, processIds, type Tab } from '../driver/index.js';
import type { KillableContext } from '../driver/chromium.js';
import { expectNothingStored, expectSignedOut } from './signed-out.js';
import { visitsIn } from './tabs.js';

const mode = 'localstorage.rt';

/** Kills the processes that run pages: no event is fired, and nothing more is run. */
async function crash(tab: Tab): Promise<void> {
  const page = escapeToPlaywrightPage(tab);
  const renderers = (): Promise<number[]> => processIds(page.context().browser()!, 'renderer');
  const killed = await renderers();
  const crashed = page.waitForEvent('crash');
  for (const id of killed) process.kill(id, 'SIGKILL');
  await crashed;
  await tab.close();
  // Until the browser has noticed it, it may give the next tab a process that is dead.
  await expect
    .poll(async () => (await renderers()).filter((id) => killed.includes(id)))
    .toEqual([]);
}

/** Closes a tab as a person does. */
async function close(tab: Tab): Promise<void> {
  const closed = escapeToPlaywrightPage(tab).waitForEvent('close');
  await tab.close({ beforeunload: true });
  await closed;
}

/** Waits for the page to say that it has come this far. */
const reaches = (tab: Tab): Promise<void> =>
  new Promise((resolve) => {
    const stop = tab.onConsole(({ text }) => {
      if (text !== 'this far') return;
      stop();
      resolve();
    });
  });

type Stop = (app: TestApp, tab: Tab) => Promise<() => Promise<unknown>>;

/** Lets a logout come to a point and no further; what it answers says when it is there. */
const stopAt: Record<string, Stop> = {
  async mark(_, tab) {
    const reached = reaches(tab);
    await tab.evaluate(() => {
      const { prototype } = BroadcastChannel;
      const { postMessage } = prototype;
      prototype.postMessage = function (message: unknown) {
        postMessage.call(this, message);
        if (!Array.isArray(message) || message[0] !== 'logout') return;
        console.info('this far');
        for (;;);
      };
    });
    return () => reached;
  },
  async server({ url }, tab) {
    const reached = tab.waitForRequest(`${url}/session/logout`);
    // The next page tells the server, and gets an answer.
    let asked = 0;
    await tab.context.route(`${url}/session/logout`, async ({ pass }) => {
      if (asked++) await pass();
    });
    return () => reached;
  },
  async revoke({ tenant: { control } }) {
    control.behave('/oauth/revoke', { hang: true });
    const reached = control.waitFor('/oauth/revoke');
    return () => reached;
  },
  async clear(_, tab) {
    const reached = reaches(tab);
    await tab.evaluate(() => {
      Storage.prototype.removeItem = () => {
        console.info('this far');
        for (;;);
      };
    });
    return () => reached;
  },
  async 'clear-again'(app, tab) {
    const { control } = app.tenant;
    control.behave('/oauth/token', { hang: true, hold: 'response' });
    const asked = control.waitFor('/oauth/token');
    await tab.evaluate(() => {
      window.app.client.getTokenSilently({ cacheMode: 'off' }).catch(() => undefined);
    });
    await asked;
    return async () => {
      await expect.poll(() => app.tokensIn(tab)).toEqual([]);
    };
  },
  async receipt(_, tab) {
    const reached = reaches(tab);
    await tab.evaluate(() => {
      const { setItem } = Storage.prototype;
      Storage.prototype.setItem = function (key, value) {
        setItem.call(this, key, value);
        if (!value.includes('"receipt":{')) return;
        console.info('this far');
        for (;;);
      };
    });
    return () => reached;
  },
  async leave({ tenant: { control } }) {
    control.behave('/v2/logout', { hang: true });
    const reached = control.waitFor('/v2/logout');
    return () => reached;
  },
};

const crashes = Object.keys(stopAt).map((step) => ({ step, end: 'crashes' }));

test.afterEach(({ app }) => app.tenant.control.reset());

describe('a logout that is cut short', () => {
  test.for([...crashes, { step: 'leave', end: 'is closed' }])(
    'at "$step", where the page $end, is finished by the next page',
    async ({ step, end }, { app, context }) => {
      const { control } = app.tenant;
      control.endSessions('tenant');
      await context.beforeEveryPage((step) => {
        window.moreConfig = {
          stepTimeoutMs: 20_000,
          ...(step === 'server' && { serverLogoutUrl: '/session/logout' }),
        };
        window.onLogoutEvent = ({ from }) => console.info('told', from);
      }, step);
      const tab = await app.open(context, mode);
      await app.logIn(tab);
      const reached = await stopAt[step]!(app, tab);
      // In a task of its own: one that hangs would not answer the test.
      await tab.evaluate(() => void setTimeout(() => void window.app.session.logout()));
      await reached();
      await (end === 'crashes' ? crash(tab) : close(tab));
      control.reset();
      const visits = visitsIn(context);
      const release = control.behave('/v2/logout', { hang: true });

      const next = await context.newTab();
      const told: string[] = [];
      next.onConsole(({ text }) => text.startsWith('told') && told.push(text));
      await next.goto(`${app.url}/home?${mode}`);
      await expect.poll(() => told).toEqual(['told earlier']);
      release();
      await hasReturned(next);

      expect(visits).toEqual(['/home', '/v2/logout', '/bye']);
      expect(told).toHaveLength(1);
      expect(control.sessions().tenant).toEqual([]);
      await expectNothingStored(app, next);
      await expectSignedOut(app, next);
    },
  );

  // It starts three browsers.
  const startsThree = { timeout: 60_000 };
  test(
    'is found again by a browser that was killed before it had written localStorage to disk',
    startsThree,
    async ({ app }) => {
      const { control } = app.tenant;
      const profile = await mkdtemp(join(tmpdir(), 'auth0-logout-profile-'));
      onTestFinished(() => rm(profile, { recursive: true }));
      const start = (): Promise<KillableContext> =>
        launchChromiumIn(profile, inject('chromiumPath'));
      const before = await start();
      const first = await app.open(before, mode);
      await hasLoadedAll(first);
      await app.logIn(first);
      await before.close();
      const onDisk = join(profile, 'Default', 'Local Storage');
      const written = join(profile, 'written');
      await cp(onDisk, written, { recursive: true });

      const killed = await start();
      const tab = await app.open(killed, mode);
      await isReady(tab, 'in');
      control.behave('/v2/logout', { hang: true });
      const asked = control.waitFor('/v2/logout');
      await tab.evaluate(() => void window.app.session.logout());
      await asked;
      await killed.kill();
      control.reset();
      // Mostly Chromium has not written since, but it may have.
      await rm(onDisk, { recursive: true });
      await rename(written, onDisk);

      const after = await start();
      onTestFinished(() => after.close());
      const visits = visitsIn(after);
      const next = await after.newTab(`${app.url}/home?${mode}`);
      await hasReturned(next);
      expect(visits).toEqual(['/home', '/home', '/v2/logout', '/bye']);
      await expectSignedOut(app, next);
      await next.goto(`${app.url}/home?${mode}`);
      await isReady(next, 'out');
      await expectSignedOut(app, next);
    },
  );

  test('by an Auth0 that cannot be reached, is known to who goes back, to have left the session there', async ({
    app,
    context,
  }) => {
    const tab = await app.open(context, 'memory.rt');
    await app.logIn(tab);
    await tab.evaluate(() => history.pushState(null, '', '/home?memory.rt&more'));
    const allow = await context.route(/\/v2\/logout/, ({ fail }) => fail());
    await tab.evaluate(() => void window.app.session.logout());
    // The browser's own page says so.
    await expect.poll(() => tab.url()).toMatch(/^chrome-error:/);

    await tab.back();
    await isReady(tab, 'out');

    await expect
      .poll(() => tab.evaluate(() => window.app.session.nextLogin()))
      .toEqual({ prompt: 'login' });
    await tab.reload();
    await isReady(tab, 'out');
    expect(
      await tab.evaluate(() => [window.app.session.nextLogin(), window.app.session.takeReceipt()]),
    ).toEqual([{ prompt: 'login' }, null]);

    await allow();
    await tab.evaluate(
      () =>
        void window.app.client.loginWithRedirect({
          authorizationParams: window.app.session.nextLogin(),
        }),
    );
    await tab.waitForElement('button[name=user][value=ada]');
  });

  test('is tried three times, and then left to the next logout', async ({ app, context }) => {
    const { control } = app.tenant;
    const tab = await app.open(context, mode);
    await app.logIn(tab);
    await context.setOffline(true);
    await tab.evaluate(() => window.app.session.logout());
    await tab.close();
    await context.setOffline(false);
    for (let i = 0; i < 3; i++) {
      control.behave('/v2/logout', { hang: true });
      const asked = control.waitFor('/v2/logout');
      const next = await context.newTab(`${app.url}/home?${mode}`);
      await asked;
      await close(next);
      control.reset();
    }
    const visits = visitsIn(context);

    const last = await app.open(context, mode);
    await isReady(last, 'out');
    await expectSignedOut(app, last);
    expect(visits).toEqual(['/home']);
    expect(await last.evaluate(() => window.app.session.nextLogin())).toEqual({ prompt: 'login' });

    await last.evaluate(() => void window.app.session.logout());
    await last.waitForUrl(/\/bye\?/);
    expect(visits).toEqual(['/home', '/v2/logout', '/bye']);
  });
});
