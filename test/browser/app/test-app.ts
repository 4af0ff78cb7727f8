import { createReadStream, readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { LogoutOptions } from 'auth0-logout';
import { startTenant } from '../../../demo/tenant/start.mjs';
import { browserTest, type Context, type Tab } from '../driver/index.js';

const file = (path: string): string => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
const spa = file('node_modules/@auth0/auth0-spa-js/dist/auth0-spa-js.production.esm.js');

/** One of the words that page.mjs knows, joined by dots. */
export type Settings = string;

export const cacheModes = ['memory.iframe', 'memory.rt', 'localstorage.iframe', 'localstorage.rt'];

type Tenant = Awaited<ReturnType<typeof startTenant>>;

/** A tenant and an application in a page, and what a test does with them. */
export interface TestApp {
  readonly url: string;
  readonly tenant: Tenant;
  /** Opens a page of the application and waits until it knows whether somebody is signed in. */
  open(context: Context, settings: Settings, path?: string): Promise<Tab>;
  /** Logs in for real, as a user of the tenant's own or through the identity provider. */
  logIn(tab: Tab, via?: 'database' | 'idp'): Promise<void>;
  /** The places of this browser in which a token that the tenant ever issued lies open to a page. */
  tokensIn(tab: Tab): Promise<string[]>;
  stop(): Promise<void>;
}

async function startTestApp(options: Parameters<typeof startTenant>[0] = {}): Promise<TestApp> {
  let domain = '';
  const send = (response: ServerResponse, type: string, path: string): void => {
    response.writeHead(200, { 'content-type': type, 'cache-control': 'no-cache' });
    createReadStream(path).pipe(response);
  };
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url!, 'http://localhost');
    const script = 'text/javascript';
    if (pathname === '/config.json') response.end(JSON.stringify({ domain }));
    else if (pathname === '/session/logout') {
      // As a server does that knows its users by an HttpOnly cookie.
      const known = request.method === 'POST' && /appSession=/.test(request.headers.cookie ?? '');
      const ended = { 'set-cookie': 'appSession=; Max-Age=0; Path=/; HttpOnly' };
      response.writeHead(known ? 204 : 403, ended).end();
    } else if (pathname === '/account') {
      // As a server does that writes pages for whom it knows, which a browser keeps for a while.
      const known = request.headers.cookie?.includes('sid=ada');
      response.writeHead(200, {
        'content-type': 'text/html',
        'cache-control': 'private, max-age=600',
      });
      response.end(
        readFileSync(file('test/browser/app/page.html'), 'utf8').replace(
          /<h1>.*<\/h1>/,
          `<h1>${known ? 'Account of Ada' : 'Log in first'}</h1>`,
        ),
      );
    } else if (pathname === '/page.mjs') send(response, script, file('test/browser/app/page.mjs'));
    else if (pathname.startsWith('/spa/')) send(response, script, spa);
    else if (/^\/dist\/[\w./-]+$/.test(pathname)) send(response, script, file(pathname.slice(1)));
    else send(response, 'text/html', file('test/browser/app/page.html'));
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const url = `http://localhost:${(server.address() as AddressInfo).port}`;
  const tenant = await startTenant({
    tenantPort: 0,
    idpPort: 0,
    appOrigins: [url],
    clients: ['demo-app', 'demo-app-2'].map((clientId) => ({
      clientId,
      allowedLogoutUrls: ['', '?memory.rt.oidc', '?localstorage.rt.oidc'].map(
        (query) => `${url}/bye${query}`,
      ),
    })),
    ...options,
  });
  domain = tenant.domain;

  return {
    url,
    tenant,
    async open(context, settings, path = '/home') {
      const tab = await context.newTab(`${url}${path}?${settings}`);
      await isReady(tab);
      return tab;
    },
    async logIn(tab, via = 'database') {
      await tab.evaluate(() => void window.app.client.loginWithRedirect());
      if (via === 'database') await tab.click('button[name=user][value=ada]');
      else {
        await tab.click('button[name=connection]');
        await tab.click('button[value=grace]');
      }
      await isReady(tab, 'in');
    },
    async tokensIn(tab) {
      const seen = await tab.evaluate(everythingStored);
      const cookies = (await tab.context.cookies()).filter(({ httpOnly }) => !httpOnly);
      const places = [...seen, ...cookies.map(({ name, value }) => [`cookie ${name}`, value])];
      const tokens = tenant.control.issuedTokens().map((token) => token.value);
      return places.flatMap(([place, text]) =>
        tokens.some((token) => text!.includes(token)) ? place! : [],
      );
    },
    async stop() {
      await tenant.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Waits until the page knows whether somebody is signed in. */
export async function isReady(tab: Tab, state?: 'in' | 'out'): Promise<void> {
  await tab.waitForElement(state ? `body[data-ready=${state}]` : 'body[data-ready]', 'attached');
}

/** Waits until a tab is back from Auth0, and nobody is signed in there. */
export async function hasReturned(tab: Tab): Promise<void> {
  await tab.waitForUrl(/\/bye\?/);
  await isReady(tab, 'out');
}

/** Logs out, and waits for the page that Auth0 sends people to. */
export async function logOut(tab: Tab, options: LogoutOptions = {}): Promise<void> {
  await tab.evaluate((options) => void window.app.session.logout(options), options);
  await hasReturned(tab);
}

/** Waits until a page has loaded what its session loads after the page is there. */
export async function hasLoadedAll(tab: Tab): Promise<void> {
  await tab.waitFor(() =>
    ['/steps.mjs', '/beyond-storage.mjs'].every((file) =>
      performance
        .getEntriesByType('resource')
        .some(({ name, duration }) => name.endsWith(file) && duration > 0),
    ),
  );
}

/** Reads all that scripts of the page's origin can read, as pairs of place and text. */
async function everythingStored(): Promise<string[][]> {
  const found: string[][] = [];
  for (const area of ['localStorage', 'sessionStorage'] as const) {
    for (const [key, value] of Object.entries(window[area])) found.push([`${area} ${key}`, value]);
  }
  const settled = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error!);
    });
  for (const { name } of await indexedDB.databases()) {
    const db = await settled(indexedDB.open(name!));
    for (const store of Array.from(db.objectStoreNames)) {
      const rows = await settled(db.transaction(store).objectStore(store).getAll());
      found.push([`indexedDB ${name}`, JSON.stringify(rows)]);
    }
    db.close();
  }
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      found.push([`caches ${name}`, await (await cache.match(request))!.text()]);
    }
  }
  return found;
}

/** A browser test with one tenant and application for the whole file. */
export const appTest = browserTest.extend<{ app: TestApp }>({
  app: [
    async ({}, use) => {
      const app = await startTestApp();
      await use(app);
      await app.stop();
    },
    { scope: 'file' },
  ],
});
