import { describe, expect } from 'vitest';
import type { LogoutConfig } from '../../../src/logout-types.js';
import { appTest as test, hasLoadedAll, isReady, type TestApp } from '../app/test-app.js';
import type { Context, Tab } from '../driver/index.js';

type Clear = LogoutConfig['clear'];

/** Opens the application with databases and caches in it, and a session that clears this. */
async function openWith(
  app: TestApp,
  context: Context,
  clear: Clear,
  settings = 'plain',
): Promise<Tab> {
  await context.beforeEveryPage(
    (clear) => void (window.moreConfig = { clear: clear!, stepTimeoutMs: 400 }),
    clear,
  );
  const tab = await app.open(context, settings);
  await tab.evaluate(async () => {
    for (const name of ['app-db', 'app-db-2', 'other']) {
      const request = indexedDB.open(name);
      await new Promise((resolve) => (request.onsuccess = resolve));
      request.result.close();
    }
    for (const name of ['api-v1', 'api-v2', 'shell']) await caches.open(name);
  });
  return tab;
}

const left = (tab: Tab): Promise<{ databases: string[]; caches: string[] }> =>
  tab.evaluate(async () => ({
    databases: (await indexedDB.databases())
      .map(({ name }) => name!)
      // What says that there was a logout is no credential.
      .filter((name) => !name.startsWith('auth0-logout::'))
      .sort(),
    caches: (await caches.keys()).sort(),
  }));

const logOutHere = (tab: Tab) =>
  tab.evaluate(async () => {
    const { steps, sessions, status } = await window.app.session.logout({ openUrl: () => {} });
    return { clear: steps.find(({ name }) => name === 'clear')!, sessions, status };
  });

describe('IndexedDB and Cache Storage', () => {
  test.for<[what: string, clear: Clear, databases: string[], caches: string[]]>([
    ['are left alone', {}, ['app-db', 'app-db-2', 'other'], ['api-v1', 'api-v2', 'shell']],
    [
      'lose what is named, and what is not there is no failure',
      { indexedDB: ['app-db', 'never-there'], caches: ['api-v1', 'never-there'] },
      ['app-db-2', 'other'],
      ['api-v2', 'shell'],
    ],
    ['lose everything with "all"', { indexedDB: 'all', caches: 'all' }, [], []],
    [
      'keep what is to be kept',
      { indexedDB: 'all', caches: 'all', keep: ['app-db', 'app-db-2', 'shell'] },
      ['app-db', 'app-db-2'],
      ['shell'],
    ],
  ])('%s', async ([, clear, databases, caches], { app, context }) => {
    const tab = await openWith(app, context, clear);

    const { clear: step, sessions } = await logOutHere(tab);

    expect(step).toMatchObject({ status: 'done' });
    expect(sessions.application).toBe('ended');
    expect(await left(tab)).toEqual({ databases, caches });
  });

  test('a database that another tab holds open is a step that timed out, and goes once it is let go', async ({
    app,
    context,
  }) => {
    const tab = await openWith(app, context, { indexedDB: ['app-db', 'other'] });
    const holder = await app.open(context, 'nosession', '/holder');
    await holder.evaluate(async () => {
      const request = indexedDB.open('app-db');
      await new Promise((resolve) => (request.onsuccess = resolve));
      Object.assign(window, { held: request.result });
    });

    const { clear: step, sessions, status } = await logOutHere(tab);

    expect(step).toMatchObject({
      status: 'timed-out',
      error: 'elsewhere: indexedDB: app-db: timed out',
    });
    expect(status).toBe('left');
    expect(sessions).toMatchObject({ application: 'incomplete', auth0: 'requested' });
    expect((await left(tab)).databases).toEqual(['app-db', 'app-db-2']);

    await holder.evaluate(() => (window as unknown as { held: IDBDatabase }).held.close());
    await tab.waitFor(async () => (await indexedDB.databases()).length === 1);
    expect((await left(tab)).databases).toEqual(['app-db-2']);
  });

  test('go without a network too', async ({ app, context }) => {
    const tab = await openWith(app, context, { indexedDB: 'all', caches: 'all' });
    await hasLoadedAll(tab);
    await context.setOffline(true);

    const { clear: step, status } = await logOutHere(tab);

    expect(step).toMatchObject({ status: 'done' });
    expect(status).toBe('stayed');
    expect(await left(tab)).toEqual({ databases: [], caches: [] });
  });

  test('that cannot be listed are a failed step with a way out', async ({ app, context }) => {
    const tab = await openWith(app, context, { indexedDB: 'all' });
    await tab.evaluate(() => void (indexedDB.databases = undefined as never));

    const { clear: step } = await logOutHere(tab);

    expect(step).toMatchObject({
      status: 'failed',
      error: 'elsewhere: indexedDB: this browser cannot list them; name them instead of "all"',
    });
  });
});

describe('auth0-spa-js’s DPoP keys', () => {
  /** Keys of this client and of one whose id begins with it, as `dpop/storage.ts` writes them. */
  const fill = (tab: Tab): Promise<void> =>
    tab.evaluate(async () => {
      const request = indexedDB.open('auth0-spa-js', 1);
      request.onupgradeneeded = () => {
        for (const table of ['nonce', 'keypair']) request.result.createObjectStore(table);
      };
      await new Promise((resolve) => (request.onsuccess = resolve));
      const done = request.result.transaction(['nonce', 'keypair'], 'readwrite');
      for (const client of ['demo-app', 'demo-app-2']) {
        done.objectStore('keypair').put('a key', `${client}::main`);
        done.objectStore('nonce').put('a nonce', `${client}::auth0`);
        done.objectStore('nonce').put('a nonce', `${client}::https://api.example`);
      }
      await new Promise((resolve) => (done.oncomplete = resolve));
      request.result.close();
    });
  const keys = (tab: Tab): Promise<string[]> =>
    tab.evaluate(async () => {
      const request = indexedDB.open('auth0-spa-js');
      await new Promise((resolve) => (request.onsuccess = resolve));
      const found: string[] = [];
      for (const table of Array.from(request.result.objectStoreNames)) {
        const all = request.result.transaction(table).objectStore(table).getAllKeys();
        await new Promise((resolve) => (all.onsuccess = resolve));
        found.push(...all.result.map((key) => `${table} ${String(key)}`));
      }
      request.result.close();
      return found;
    });
  const others = [
    'keypair demo-app-2::main',
    'nonce demo-app-2::auth0',
    'nonce demo-app-2::https://api.example',
  ];

  test('go without the client, and those of other clients stay', async ({ app, context }) => {
    const tab = await openWith(app, context, {});
    await fill(tab);

    const { clear: step } = await logOutHere(tab);

    expect(step.status).toBe('done');
    expect(await keys(tab)).toEqual(others);
  });

  test('go with a client that uses them, and those of other clients stay', async ({
    app,
    context,
  }) => {
    const tab = await openWith(app, context, {}, 'memory.rt.dpop');
    await fill(tab);
    await tab.evaluate(() => void window.app.client.getDpopNonce());

    const { clear: step } = await logOutHere(tab);

    expect(step.status).toBe('done');
    expect(await keys(tab)).toEqual(others);
  });

  test('go with a client that does not use them any more', async ({ app, context }) => {
    const tab = await openWith(app, context, {}, 'memory.rt');
    await fill(tab);
    await tab.reload();
    await isReady(tab);

    await logOutHere(tab);

    expect(await keys(tab)).toEqual(others);
  });

  test.for<[how: string, indexedDB: 'all' | string[]]>([
    ['with all others', 'all'],
    ['by its name', ['auth0-spa-js', 'app-db', 'app-db-2', 'other']],
  ])('no empty database is left of theirs, deleted %s', async ([, indexedDB], { app, context }) => {
    const tab = await openWith(app, context, { indexedDB });
    await fill(tab);

    const { clear: step } = await logOutHere(tab);

    expect(step.status).toBe('done');
    expect((await left(tab)).databases).toEqual([]);
  });

  test('no database is made where there was none', async ({ app, context }) => {
    const tab = await openWith(app, context, {});

    await logOutHere(tab);

    expect((await left(tab)).databases).not.toContain('auth0-spa-js');
  });
});
