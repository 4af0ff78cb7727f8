import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject } from 'vitest';
import type * as api from '../../src/index.js';
import { browserTest } from '../browser/driver/index.js';

const SCRIPT = readFileSync(
  join(inject('consumer'), 'node_modules/auth0-logout/dist/auth0-logout.umd.js'),
  'utf8',
);
const ORIGIN = 'http://app.localhost';

describe('the installed script, by script tag', () => {
  browserTest.beforeEach(async ({ context }) => {
    await context.route(`${ORIGIN}/**`, ({ url, answer }) =>
      url.endsWith('.js')
        ? answer({ contentType: 'text/javascript', body: SCRIPT })
        : answer({
            body: '<!doctype html><script src="/auth0-logout.umd.js"></script><h1>Hello</h1>',
          }),
    );
  });

  browserTest('makes one global that has the core', async ({ context, tab }) => {
    await context.beforeEveryPage(() => {
      Object.assign(window, { namesBefore: Object.keys(window) });
    }, undefined);
    await tab.goto(`${ORIGIN}/`);
    const { added, names } = await tab.evaluate(() => {
      const page = window as unknown as { namesBefore: string[]; auth0Logout: object };
      const known = [...page.namesBefore, 'namesBefore'];
      return {
        added: Object.keys(window).filter((name) => !known.includes(name)),
        names: Object.keys(page.auth0Logout),
      };
    });
    expect(added).toEqual(['auth0Logout']);
    expect(names).toEqual(
      expect.arrayContaining([
        'LogoutError',
        'buildLogoutUrl',
        'configure',
        'createLogout',
        'logout',
      ]),
    );
    expect(tab.uncaught()).toEqual([]);
  });

  browserTest('does nothing by itself without data-domain', async ({ context, tab }) => {
    const asked: string[] = [];
    const said: string[] = [];
    context.onRequest(({ url }) => asked.push(url));
    tab.onConsole(({ text }) => said.push(text));
    await context.beforeEveryPage(() => localStorage.setItem('cart', '3 apples'), undefined);
    await tab.goto(`${ORIGIN}/`);
    const page = await tab.evaluate(() => ({
      body: document.body.innerHTML,
      cookie: document.cookie,
      local: { ...localStorage },
      session: { ...sessionStorage },
    }));
    expect(page).toEqual({
      body: '<h1>Hello</h1>',
      cookie: '',
      local: { cart: '3 apples' },
      session: {},
    });
    expect(asked.filter((url) => !url.endsWith('/favicon.ico'))).toEqual([
      `${ORIGIN}/`,
      `${ORIGIN}/auth0-logout.umd.js`,
    ]);
    expect(said).toEqual([]);
  });

  browserTest('logs out, to the address it builds', async ({ context, tab }) => {
    await context.route('https://tenant.eu.auth0.com/**', ({ answer }) => answer({ body: 'OK' }));
    await tab.goto(`${ORIGIN}/`);
    const left = tab.waitForRequest('https://tenant.eu.auth0.com/**');
    await tab.evaluate(() => {
      const { auth0Logout } = window as unknown as {
        auth0Logout: typeof api;
      };
      const session = auth0Logout.createLogout({
        domain: 'tenant.eu.auth0.com',
        clientId: 'abc',
        returnTo: 'http://app.localhost/bye',
      });
      void session.logout();
    });
    const url = new URL((await left).url);
    expect(url.pathname).toBe('/v2/logout');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: 'abc',
      returnTo: 'http://app.localhost/bye',
    });
  });
});
