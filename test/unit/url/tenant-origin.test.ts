import { describe, expect, test } from 'vitest';
import { tenantOrigin } from '../../../src/url/tenant-origin.js';

describe('a tenant origin', () => {
  test.each([
    ['tenant.eu.auth0.com', 'https://tenant.eu.auth0.com'],
    ['Tenant.EU.Auth0.com', 'https://tenant.eu.auth0.com'],
    ['login.app.example', 'https://login.app.example'],
    ['login.app.example:8443', 'https://login.app.example:8443'],
    ['login.app.example:443', 'https://login.app.example'],
    ['tenant.eu.auth0.com/', 'https://tenant.eu.auth0.com'],
    ['https://tenant.eu.auth0.com', 'https://tenant.eu.auth0.com'],
    ['https://tenant.eu.auth0.com/', 'https://tenant.eu.auth0.com'],
    ['HTTPS://tenant.eu.auth0.com', 'https://tenant.eu.auth0.com'],
    ['xn--mnchen-3ya.example', 'https://xn--mnchen-3ya.example'],
    ['localhost', 'https://localhost'],
    ['http://localhost:4401', 'http://localhost:4401'],
    ['http://localhost:4401/', 'http://localhost:4401'],
    ['http://tenant.localhost:4401', 'http://tenant.localhost:4401'],
    ['http://a.b.localhost', 'http://a.b.localhost'],
    ['http://LOCALHOST', 'http://localhost'],
    ['http://127.0.0.1:4401', 'http://127.0.0.1:4401'],
    ['http://127.255.0.7', 'http://127.255.0.7'],
    ['http://[::1]', 'http://[::1]'],
    ['http://[::1]:4401', 'http://[::1]:4401'],
  ])('of %j is %j', (domain, origin) => {
    expect(tenantOrigin(domain)).toBe(origin);
  });

  test.each([
    '',
    ' ',
    ' tenant.eu.auth0.com',
    'tenant.eu.auth0.com ',
    'tenant.eu.auth0.com\n',
    'tenant .eu.auth0.com',
    'tenant\u0000.auth0.com',
    'tenant\t.auth0.com',
    'tenant.eu.auth0.com/path',
    'https://tenant.eu.auth0.com/path',
    'https://tenant.eu.auth0.com//',
    'tenant.eu.auth0.com?x',
    'https://tenant.eu.auth0.com/?x=1',
    'tenant.eu.auth0.com#x',
    'user@tenant.eu.auth0.com',
    'https://user:password@tenant.eu.auth0.com',
    'https://@tenant.eu.auth0.com',
    'tenant.eu.auth0.com\\@evil.example',
    'https:\\\\tenant.eu.auth0.com',
    '//tenant.eu.auth0.com',
    'https:tenant.eu.auth0.com',
    'https:///tenant.eu.auth0.com',
    'https://',
    'https://https://tenant.eu.auth0.com',
    'ftp://tenant.eu.auth0.com',
    'javascript:alert(1)',
    'javascript://localhost',
    'data:text/html,x',
    'http://tenant.eu.auth0.com',
    'http://localhost.evil.example',
    'http://evillocalhost',
    'http://127.0.0.1.evil.example',
    'http://126.0.0.1',
    'http://128.0.0.1',
    'http://[::2]',
    'tenant%2eeu.auth0.com',
    'tenant.eu.auth0.com:',
    'tenant.eu.auth0.com:99999',
    'tenant..auth0.com',
    '.auth0.com',
    'tenant.auth0.com.',
    '..',
    '*.auth0.com',
    'münchen.example',
  ])('is refused for %j', (domain) => {
    expect(() => tenantOrigin(domain)).toThrow(
      expect.objectContaining({ name: 'LogoutError', code: 'invalid_domain' }),
    );
  });

  test.each([undefined, null, 5, {}, ['tenant.eu.auth0.com'], new URL('https://a.example')])(
    'is refused for %s, which is no string',
    (domain) => {
      expect(() => tenantOrigin(domain as unknown as string)).toThrow(
        expect.objectContaining({ code: 'invalid_domain' }),
      );
    },
  );

  test('is refused with a message that says what to do, and keeps secrets', () => {
    expect(() =>
      tenantOrigin('https://me:secret@tenant.auth0.com/login?token=hidden#hidden'),
    ).toThrow(/^domain must be like tenant\.eu\.auth0\.com, http:\/\/ on localhost only\.$/);
  });
});
