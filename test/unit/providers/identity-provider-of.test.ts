import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { federatedAdvice } from '../../../src/providers/federated-advice.js';
import { identityProviderOf } from '../../../src/providers/identity-provider-of.js';

type Row = readonly [strategy: string, name: string, kind: string];

const supported: readonly Row[] = [
  ['ad', 'Active Directory / LDAP', 'enterprise'],
  ['adfs', 'AD Federation Services', 'enterprise'],
  ['aol', 'AOL', 'social'],
  ['custom', 'Custom', 'custom'],
  ['evernote', 'Evernote', 'social'],
  ['facebook', 'Facebook', 'social'],
  ['fitbit', 'Fitbit', 'social'],
  ['github', 'GitHub', 'social'],
  ['google-apps', 'Google Workspace', 'enterprise'],
  ['google-oauth2', 'Google', 'social'],
  ['linkedin', 'LinkedIn', 'social'],
  ['oauth1', 'OAuth 1.0', 'custom'],
  ['oauth2', 'OAuth 2.0', 'custom'],
  ['office365', 'Microsoft 365', 'enterprise'],
  ['oidc', 'OpenID Connect', 'enterprise'],
  ['okta', 'Okta', 'enterprise'],
  ['salesforce', 'Salesforce', 'social'],
  ['salesforce-community', 'Salesforce Community', 'social'],
  ['salesforce-sandbox', 'Salesforce Sandbox', 'social'],
  ['samlp', 'SAML', 'enterprise'],
  ['twitter', 'X (Twitter)', 'social'],
  ['waad', 'Microsoft Entra ID', 'enterprise'],
  ['windowslive', 'Microsoft account', 'social'],
  ['wsfed', 'WS-Federation', 'enterprise'],
  ['yahoo', 'Yahoo', 'social'],
  ['yammer', 'Viva Engage', 'social'],
];

const noProvider: readonly Row[] = [
  ['auth0', 'Auth0 database', 'database'],
  ['email', 'Passwordless by email', 'passwordless'],
  ['sms', 'Passwordless by SMS', 'passwordless'],
];

const undocumented: readonly Row[] = [
  ['amazon', 'Amazon', 'social'],
  ['evernote-sandbox', 'Evernote Sandbox', 'social'],
  ['apple', 'Apple', 'social'],
  ['paypal', 'PayPal', 'social'],
  ['instagram', 'Instagram', 'social'],
  ['vkontakte', 'VKontakte', 'social'],
  ['pingfederate', 'PingFederate', 'enterprise'],
  ['sharepoint', 'SharePoint', 'enterprise'],
  ['auth0-oidc', 'Auth0 OpenID Connect', 'enterprise'],
  ['brand-new', 'brand-new', 'unknown'],
  ['Facebook', 'Facebook', 'unknown'],
  ['facebook-2', 'facebook-2', 'unknown'],
  ['__proto__', '__proto__', 'unknown'],
  ['constructor', 'constructor', 'unknown'],
  ['toString', 'toString', 'unknown'],
  ['hasOwnProperty', 'hasOwnProperty', 'unknown'],
];

describe.each<[federated: string, rows: readonly Row[]]>([
  ['supported', supported],
  ['unsupported', noProvider],
  ['unknown', undocumented],
])('federated logout is %s', (federated, rows) => {
  test.each(rows)('for %s', (strategy, name, kind) => {
    expect(identityProviderOf(`${strategy}|123`)).toEqual({
      strategy,
      name,
      kind,
      federated,
      note: expect.stringContaining(federatedAdvice(`${strategy}|123`)!),
    });
  });
});

test.each([
  ['samlp|acme|jo@acme.example', 'samlp'],
  ['oauth2|my-provider|7', 'oauth2'],
  ['auth0||', 'auth0'],
  ['waad|a\nb', 'waad'],
])('the strategy of %j is %s', (sub, strategy) => {
  expect(identityProviderOf(sub)?.strategy).toBe(strategy);
});

test.each([
  ['no separator', 'auth0'],
  ['a client of its own', 'abc@clients'],
  ['no strategy', '|123'],
  ['no id', 'auth0|'],
  ['nothing', ''],
  ['white space', ' |1'],
  ['several words', 'facebook fitbit|1'],
  ['undefined', undefined],
  ['null', null],
  ['a number', 7],
  ['an object', {}],
])('a sub with %s names no provider', (_, sub) => {
  expect(identityProviderOf(sub as string)).toBeNull();
  expect(federatedAdvice(sub as string)).toBeUndefined();
});

describe('the note', () => {
  test.each([
    ['facebook', /facebookAccessToken/],
    ['facebook', /https:\/\/DOMAIN\/logout\?returnTo=/],
    ['google-oauth2', /may not come back to returnTo/],
    ['google-apps', /may not come back to returnTo/],
    ['samlp', /SessionIndex/],
    ['samlp', /sign-out URL/],
    ['samlp', /sign-in URL/],
    ['samlp', /https:\/\/DOMAIN\/logout/],
    ['wsfed', /one logout URL per browser/],
    ['adfs', /one logout URL per browser/],
    ['github', /Development keys/],
    ['github', /advises against it, unless the computer is shared/],
    ['waad', /advises against it, unless the computer is shared/],
    ['linkedin', /older list/],
    ['ad', /older list/],
    ['auth0', /no identity provider/],
    ['apple', /does not document it for this one/],
  ])('on %s matches %s', (strategy, text) => {
    expect(identityProviderOf(`${strategy}|1`)?.note).toMatch(text);
  });

  test.each(['waad', 'samlp', 'okta', 'auth0', 'apple'])(
    'on %s has no word on development keys',
    (strategy) => {
      expect(identityProviderOf(`${strategy}|1`)?.note).not.toMatch(/development keys/i);
    },
  );

  test.each(['okta', 'waad', 'facebook', 'auth0'])(
    'on %s does not call it outdated',
    (strategy) => {
      expect(identityProviderOf(`${strategy}|1`)?.note).not.toMatch(/older list/);
    },
  );
});

describe('the advice before a federated logout', () => {
  test.each([
    ['auth0|1', /^federated: this user has no identity provider\.$/],
    ['email|1', /^federated: this user has no identity provider\.$/],
    ['constructor|1', /everything at constructor\./],
    ['okta|1', /everything at okta\. Auth0 advises against it, unless the computer is shared\.$/],
    ['samlp|acme|1', /everything at samlp\./],
  ])('for %s matches %s', (sub, text) => {
    expect(federatedAdvice(sub)).toMatch(text);
  });

  test('does not name the user', () => {
    for (const [strategy] of [...supported, ...noProvider, ...undocumented]) {
      expect(federatedAdvice(`${strategy}|jo@acme.example`)).not.toContain('jo@');
    }
  });
});

test('no sub makes it throw or take a guess', () => {
  const listed = new Set(supported.map(([strategy]) => strategy));
  const words = fc.constantFrom('auth0', 'facebook', ' ', '|', '__proto__', '\n', '-', 'x');
  const sub = fc.oneof(
    fc.string(),
    fc.array(words).map((list) => list.join('')),
  );
  fc.assert(
    fc.property(sub, (value) => {
      const provider = identityProviderOf(value);
      if (!provider) return;
      expect(value.startsWith(`${provider.strategy}|`)).toBe(true);
      expect(provider.federated === 'supported').toBe(listed.has(provider.strategy));
    }),
    { numRuns: 1000 },
  );
});
