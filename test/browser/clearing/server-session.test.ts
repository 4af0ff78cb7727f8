import { readFile } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import type { LogoutConfig } from '../../../src/logout-types.js';
import { appTest as test, hasReturned, isReady, type TestApp } from '../app/test-app.js';
import type { Context, InterceptedRequest, Tab } from '../driver/index.js';

const openWith = async (
  app: TestApp,
  context: Context,
  config: Partial<LogoutConfig>,
): Promise<Tab> => {
  await context.beforeEveryPage((config) => void (window.moreConfig = config), config);
  return app.open(context, 'localstorage.rt');
};
const serverLogoutUrl = '/session/logout?from=app';

const logOutHere = (tab: Tab) =>
  tab.evaluate(async () => {
    const { steps, sessions, status } = await window.app.session.logout({ openUrl: () => {} });
    return { server: steps.find(({ name }) => name === 'server')!, sessions, status };
  });

/** Logs in as somebody whom the server knows by a cookie that no script can see. */
const logIn = async (app: TestApp, context: Context, stepTimeoutMs = 5000): Promise<Tab> => {
  const tab = await openWith(app, context, { serverLogoutUrl, stepTimeoutMs });
  await app.logIn(tab);
  const url = tab.url();
  await context.setCookies([{ name: 'appSession', value: 'secret', url, httpOnly: true }]);
  return tab;
};
const cookieNames = async (context: Context): Promise<string[]> =>
  (await context.cookies()).map(({ name }) => name);

describe('the application’s own server', () => {
  test('is told by POST, with its cookie, before the page leaves', async ({ app, context }) => {
    const tab = await logIn(app, context);
    const sent: string[] = [];
    context.onRequest(({ method, url, body }) => {
      if (/logout(\?|$)/.test(url)) sent.push(`${method} ${new URL(url).pathname} ${body}`);
    });

    await tab.evaluate(() => void window.app.session.logout());
    await tab.waitForUrl(/\/bye\?/);
    await isReady(tab);

    expect(sent).toEqual(['POST /session/logout null', 'GET /v2/logout null']);
    expect(await cookieNames(context)).not.toContain('appSession');
    expect(await tab.evaluate(() => window.app.session.takeReceipt())).toMatchObject({
      sessions: { application: 'ended', auth0: 'requested' },
    });
  });

  test('may answer with a redirect, which is not followed', async ({ app, context }) => {
    const paths: string[] = [];
    context.onRequest(({ url }) => paths.push(new URL(url).pathname));
    await context.route('**/session/logout?*', ({ answer }) =>
      answer({ status: 303, headers: { location: '/login-page' } }),
    );
    const tab = await openWith(app, context, { serverLogoutUrl });

    const { server, sessions } = await logOutHere(tab);

    expect(server.status).toBe('done');
    expect(sessions.application).toBe('ended');
    expect(paths).not.toContain('/login-page');
  });

  const hung: InterceptedRequest[] = [];

  test.for<[what: string, answer: (request: InterceptedRequest) => unknown, step: object]>([
    [
      'refuses',
      ({ answer }) => answer({ status: 500, body: 'a stack trace' }),
      { status: 'failed', error: 'the server refused' },
    ],
    ['cannot be reached', ({ fail }) => fail(), { status: 'failed', error: 'TypeError' }],
    ['hangs', (request) => hung.push(request), { status: 'timed-out', error: 'timed out' }],
  ])(
    'that %s leaves that session open, and logout goes on',
    async ([, answer, step], { app, context }) => {
      await context.route('**/session/logout?*', async (request) => void (await answer(request)));
      const tab = await openWith(app, context, { serverLogoutUrl, stepTimeoutMs: 500 });
      await app.logIn(tab);

      const { server, sessions, status } = await logOutHere(tab);

      expect(server).toMatchObject(step);
      expect(server.ms).toBeLessThan(2000);
      expect(status).toBe('left');
      expect(sessions).toMatchObject({ application: 'incomplete', auth0: 'requested' });
      expect(await app.tokensIn(tab)).toEqual([]);
      // Chromium does not close while a request that outlives its page has no answer.
      for (const request of hung.splice(0)) await request.fail();
    },
  );
});

describe('the application’s own server that has not been told', () => {
  const mode = 'localstorage.rt';

  /** Collects what is asked of the server and of Auth0 from now on. */
  const logoutsIn = (context: Context): string[] => {
    const sent: string[] = [];
    context.onRequest(({ method, url }) => {
      if (/logout(\?|$)/.test(url)) sent.push(`${method} ${new URL(url).pathname}`);
    });
    return sent;
  };

  /** Begins a logout that gets no further than to its own server, which is never told. */
  const logOutThisFar = async (tab: Tab): Promise<void> => {
    const isThere = tab.evaluate(
      () =>
        new Promise<void>((resolve) => {
          // Not by the driver: a request that outlives its page is sent once the page is gone.
          window.fetch = () => {
            resolve();
            return new Promise(() => {});
          };
        }),
    );
    await tab.evaluate(() => void window.app.session.logout());
    await isThere;
  };

  test('is told by the next page where this one was gone before', async ({ app, context }) => {
    const tab = await logIn(app, context);
    await logOutThisFar(tab);
    await tab.close();
    expect(await cookieNames(context)).toContain('appSession');
    const sent = logoutsIn(context);

    const next = await context.newTab(`${app.url}/home?${mode}`);
    await hasReturned(next);

    expect(sent).toEqual(['POST /session/logout', 'GET /v2/logout']);
    expect(await cookieNames(context)).not.toContain('appSession');
  });

  test('is told, and Auth0 asked, by a page that was there before this one was gone', async ({
    app,
    context,
  }) => {
    // Both pages have time for what happens here.
    const tab = await logIn(app, context, 20_000);
    await logOutThisFar(tab);
    const sent = logoutsIn(context);

    const next = await app.open(context, mode);
    await expect.poll(() => sent).toEqual(['POST /session/logout']);
    await tab.close();
    await hasReturned(next);

    expect(sent).toEqual(['POST /session/logout', 'GET /v2/logout']);
    expect(await cookieNames(context)).not.toContain('appSession');
  });

  test('is told when the network is back', async ({ app, context }) => {
    const tab = await logIn(app, context);
    await context.setOffline(true);
    const { sessions } = await tab.evaluate(() => window.app.session.logout());
    expect(sessions.application).toBe('incomplete');
    expect(await cookieNames(context)).toContain('appSession');
    const sent = logoutsIn(context);

    await context.setOffline(false);
    await hasReturned(tab);

    expect(sent).toEqual(['POST /session/logout', 'GET /v2/logout']);
    expect(await cookieNames(context)).not.toContain('appSession');
  });

  test('is asked until it could be reached', async ({ app, context }) => {
    const undo = await context.route('**/session/logout?*', ({ fail }) => fail());
    const tab = await logIn(app, context);
    const sent = logoutsIn(context);
    await tab.evaluate(() => window.app.session.logout({ localOnly: true }));
    await app.open(context, mode);
    await expect.poll(() => sent).toHaveLength(2);
    await undo();

    await app.open(context, mode);

    await expect.poll(() => cookieNames(context)).not.toContain('appSession');
  });

  test('is asked once more, and not by every page, where it refuses', async ({ app, context }) => {
    await context.route('**/session/logout?*', ({ answer }) => answer({ status: 500 }));
    const tab = await logIn(app, context);
    const sent = logoutsIn(context);
    const logOut = (tab: Tab) => tab.evaluate(() => window.app.session.logout({ localOnly: true }));
    await logOut(tab);

    for (let i = 0; i < 3; i++) await app.open(context, mode);
    await expect.poll(() => sent).toHaveLength(2);
    // Whatever that page had to ask was asked before this.
    await logOut(await app.open(context, mode));

    expect(sent).toEqual(Array.from({ length: 3 }, () => 'POST /session/logout'));
  });
});

describe('a service worker that answers for a server that is not there', () => {
  /** Answers what the network does not, as the worker of an application does that works offline. */
  const standIn = (answer: string): string => `
    addEventListener('install', (event) =>
      event.waitUntil(caches.open('shell').then((shell) => shell.add('/'))));
    addEventListener('activate', (event) => event.waitUntil(clients.claim()));
    addEventListener('fetch', (event) => {
      if (event.request.url.includes('/session/'))
        event.respondWith(fetch(event.request).catch(() => ${answer}));
    });`;

  test.for([
    ['with the page it has kept', `caches.match('/')`, false],
    ['with words of its own, offline', `new Response('You are offline')`, true],
  ] as const)('ends no session there, %s', async ([, answer, offline], { app, context }) => {
    await context.route('**/sw.js', (request) =>
      request.answer({ contentType: 'text/javascript', body: standIn(answer) }),
    );
    const undo = await context.route('**/session/logout?*', ({ fail }) => fail());
    const tab = await logIn(app, context);
    await tab.evaluate(async () => {
      const { serviceWorker } = navigator;
      const isInCharge = new Promise((resolve) => (serviceWorker.oncontrollerchange = resolve));
      await serviceWorker.register('/sw.js');
      await isInCharge;
    });
    await context.setOffline(offline);

    const { server, sessions } = await logOutHere(tab);

    expect(await cookieNames(context)).toContain('appSession');
    expect(server.status).toBe('failed');
    expect(sessions.application).toBe('incomplete');

    // And is told as soon as it can be.
    await undo();
    await context.setOffline(false);
    await app.open(context, 'localstorage.rt');
    await expect.poll(() => cookieNames(context)).not.toContain('appSession');
  });
});

describe('an address of more than 2000 characters', () => {
  const long = 'x'.repeat(2500);

  test('goes to /oidc/logout as a form, with everything in it', async ({ app, context }) => {
    const tab = await app.open(context, 'memory.rt.oidc');
    await app.logIn(tab);
    app.tenant.control.forget();
    const leaving = tab.waitForRequest('**/oidc/logout');

    await tab.evaluate(
      (state) =>
        void window.app.session.logout({ state, federated: true, uiLocales: ['de', 'en'] }),
      long,
    );

    const { method, url, body } = await leaving;
    expect([method, url]).toEqual(['POST', `${app.tenant.tenantUrl}/oidc/logout`]);
    const { logout_hint, ...fields } = Object.fromEntries(new URLSearchParams(body!));
    expect(logout_hint).not.toBe('');
    expect(fields).toEqual({
      client_id: 'demo-app',
      post_logout_redirect_uri: `${app.url}/bye?memory.rt.oidc`,
      state: long,
      ui_locales: 'de en',
      federated: 'true',
    });
    await tab.waitForUrl(/\/bye\?/);
    await isReady(tab);
    expect(await tab.evaluate(() => window.app.session.takeReceipt())).toMatchObject({
      verified: true,
    });
  });

  test('carries every letter, whatever the page is encoded in', async ({ app, context }) => {
    const body = await readFile('test/browser/app/page.html', 'utf8');
    await context.route(/\/home/, ({ answer }) =>
      answer({ contentType: 'text/html; charset=windows-1252', body }),
    );
    const tab = await app.open(context, 'memory.rt.oidc');
    const leaving = tab.waitForRequest('**/oidc/logout');

    await tab.evaluate((state) => void window.app.session.logout({ state }), `ü${long}`);

    expect(new URLSearchParams((await leaving).body!).get('state')).toBe(`ü${long}`);
  });

  test('takes this very tab, whatever the target of the page’s links', async ({ app, context }) => {
    const tab = await app.open(context, 'memory.rt.oidc');
    await app.logIn(tab);

    await tab.evaluate((state) => {
      const base = document.createElement('base');
      base.target = '_blank';
      document.head.append(base);
      void window.app.session.logout({ state });
    }, long);

    await tab.waitForUrl(/\/bye\?/);
    expect(context.tabs()).toHaveLength(1);
  });

  test('goes to /v2/logout as an address, because it takes no form', async ({ app, context }) => {
    await context.beforeEveryPage(
      (long) =>
        void (window.moreConfig = {
          returnTo: `/bye?${long}`,
          allowedLogoutUrls: undefined as never,
        }),
      long,
    );
    const tab = await app.open(context, 'plain');
    const leaving = tab.waitForRequest(/\/v2\/logout/);

    await tab.evaluate(() => void window.app.session.logout());

    const { method, url } = await leaving;
    expect(method).toBe('GET');
    expect(new URL(url).searchParams.get('returnTo')).toContain(long);
    await tab.waitForUrl(/\/bye\?x+$/);
  });
});
