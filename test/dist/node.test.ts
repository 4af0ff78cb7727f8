import { describe, expect, it } from 'vitest';
import { runNode } from './run-node.js';

/** The two ways to get the package in Node, and what is then in scope as `api`. */
const WAYS = [
  ['import', 'module', `import * as api from 'auth0-logout';`],
  ['require', 'commonjs', `const api = require('auth0-logout');`],
] as const;

const CORE = [
  'LogoutError',
  'buildLogoutUrl',
  'checkReturnTo',
  'configure',
  'createLogout',
  'identityProviderOf',
  'isLogoutError',
  'logout',
];

describe.each(WAYS)('the installed package, by %s', (_way, kind, load) => {
  it('has the whole core', async () => {
    const names = await runNode(kind, `${load} console.log(JSON.stringify(Object.keys(api)))`);
    expect(names).toEqual(expect.arrayContaining(CORE));
  });

  it('touches no page when it is loaded', async () => {
    // A getter that throws also catches a mere `typeof window`.
    const traps = `
      for (const name of ['window', 'document', 'location', 'localStorage', 'self']) {
        Object.defineProperty(globalThis, name, {
          configurable: true,
          get() { throw new Error(name + ' was touched'); },
        });
      }
      const before = Object.getOwnPropertyNames(globalThis);`;
    const after = `Object.getOwnPropertyNames(globalThis).filter((name) => !before.includes(name))`;
    const program =
      kind === 'module'
        ? `${traps} await import('auth0-logout'); console.log(JSON.stringify(${after}))`
        : `${traps} require('auth0-logout'); console.log(JSON.stringify(${after}))`;
    expect(await runNode(kind, program)).toEqual([]);
  });

  it('rejects logout() with not_configured before configure()', async () => {
    const report = `(error) => console.log(JSON.stringify([error.code, api.isLogoutError(error)]))`;
    expect(await runNode(kind, `${load} api.logout().catch(${report})`)).toEqual([
      'not_configured',
      true,
    ]);
  });

  it('can be configured on a server, and rejects logout() there with not_a_browser', async () => {
    const program = `${load}
      const config = { domain: 'tenant.eu.auth0.com', clientId: 'abc', returnTo: 'https://app.example/bye' };
      const codes = [];
      const note = (error) => codes.push(error.code);
      api.createLogout(config).logout().catch(note)
        .then(() => { api.configure(config); return api.logout().catch(note); })
        .then(() => console.log(JSON.stringify(codes)));`;
    expect(await runNode(kind, program)).toEqual(['not_a_browser', 'not_a_browser']);
  });

  it('builds logout URLs on a server', async () => {
    const program = `${load}
      const url = api.buildLogoutUrl({ domain: 'tenant.eu.auth0.com', clientId: 'abc', returnTo: 'https://app.example/bye' });
      console.log(JSON.stringify([url.origin + url.pathname, [...url.searchParams]]));`;
    expect(await runNode(kind, program)).toEqual([
      'https://tenant.eu.auth0.com/v2/logout',
      [
        ['client_id', 'abc'],
        ['returnTo', 'https://app.example/bye'],
      ],
    ]);
  });
});
