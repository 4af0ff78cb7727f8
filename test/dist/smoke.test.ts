import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, inject, it } from 'vitest';
import * as source from '../../src/index.js';

type Api = typeof source;

const require = createRequire(join(inject('consumer'), 'package.json'));
const built = (path: string): string =>
  join(inject('consumer'), 'node_modules/auth0-logout/dist', path);

/** The same questions to the sources, to the ES module and to the minified script. */
const BUILDS: readonly (readonly [string, Api])[] = [
  ['the sources', source],
  ['the ES module', (await import(pathToFileURL(built('index.mjs')).href)) as Api],
  ['the minified script', require(built('auth0-logout.umd.js')) as Api],
];

const CONFIG = { domain: 'tenant.eu.auth0.com', clientId: 'abc' };

describe.each(BUILDS)('%s', (_name, api) => {
  it.each([
    [{}, {}, 'https://tenant.eu.auth0.com/v2/logout?client_id=abc'],
    [{ clientId: null }, {}, 'https://tenant.eu.auth0.com/v2/logout'],
    [
      { returnTo: 'https://app.example/bye?a=b%20c' },
      { federated: true },
      'https://tenant.eu.auth0.com/v2/logout?client_id=abc&returnTo=https%3A%2F%2Fapp.example%2Fbye%3Fa%3Db%2520c&federated',
    ],
  ])('builds a URL from %j and %j', (config, options, expected) => {
    const parts = (url: URL): string[] => [
      url.origin + url.pathname,
      ...url.search.slice(1).split('&').sort(),
    ];
    const url = api.buildLogoutUrl({ ...CONFIG, ...config }, options);
    expect(parts(url)).toEqual(parts(new URL(expected)));
  });

  it.each([
    ['https://app.example/bye', 'allowed'],
    ['https://other.example/bye', 'refused'],
  ])('checks %s against a list', (returnTo, verdict) => {
    expect(api.checkReturnTo(returnTo, ['https://app.example/bye']).verdict).toBe(verdict);
  });

  it('knows an identity provider by the subject', () => {
    expect(api.identityProviderOf('google-oauth2|123')?.strategy).toBe('google-oauth2');
    expect(api.identityProviderOf('')).toBeNull();
  });

  it('throws an error with a code that survives minifying', () => {
    const wrong = (): URL => api.buildLogoutUrl({ ...CONFIG, domain: 'https://' });
    expect(wrong).toThrow(expect.objectContaining({ name: 'LogoutError', code: 'invalid_domain' }));
  });

  it('knows the errors of another copy of itself', () => {
    for (const [, other] of BUILDS) {
      expect(api.isLogoutError(new other.LogoutError('not_configured', 'no session'))).toBe(true);
    }
    expect(api.isLogoutError(new Error('not ours'))).toBe(false);
  });
});
