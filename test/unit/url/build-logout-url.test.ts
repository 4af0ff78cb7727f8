import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { buildLogoutUrl, resolveLogoutAddress } from '../../../src/url/build-logout-url.js';
import type { LogoutUrlConfig, LogoutUrlOptions } from '../../../src/url/logout-url-config.js';

const domain = 'tenant.eu.auth0.com';
const config: LogoutUrlConfig = {
  domain,
  clientId: 'abc',
  returnTo: 'https://app.example/bye',
};
const oidc: LogoutUrlConfig = { ...config, endpoint: 'oidc' };

/** An ID token with these claims and a signature of no worth. */
function idToken(claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'RS256' })}.${part(claims)}.c2lnbmF0dXJl`;
}
const hint = idToken({ aud: 'abc', sid: 'sid-1', name: 'Zoë ✓?>' });

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('a logout URL', () => {
  test.each<[what: string, LogoutUrlConfig, LogoutUrlOptions, href: string]>([
    [
      'with a client and an address',
      config,
      {},
      'https://tenant.eu.auth0.com/v2/logout?client_id=abc&returnTo=https%3A%2F%2Fapp.example%2Fbye',
    ],
    [
      'federated',
      config,
      { federated: true },
      'https://tenant.eu.auth0.com/v2/logout?client_id=abc&returnTo=https%3A%2F%2Fapp.example%2Fbye&federated',
    ],
    [
      'for the whole tenant',
      { ...config, clientId: null },
      {},
      'https://tenant.eu.auth0.com/v2/logout?returnTo=https%3A%2F%2Fapp.example%2Fbye',
    ],
    [
      'with nothing at all',
      { domain, clientId: null },
      {},
      'https://tenant.eu.auth0.com/v2/logout',
    ],
    [
      'with federated only',
      { domain, clientId: null },
      { federated: true },
      'https://tenant.eu.auth0.com/v2/logout?federated',
    ],
    [
      'with a client only',
      { domain, clientId: 'abc' },
      {},
      'https://tenant.eu.auth0.com/v2/logout?client_id=abc',
    ],
    [
      'with an address of its own',
      config,
      { returnTo: 'https://app.example' },
      'https://tenant.eu.auth0.com/v2/logout?client_id=abc&returnTo=https%3A%2F%2Fapp.example',
    ],
    [
      'on the OIDC endpoint',
      oidc,
      {},
      'https://tenant.eu.auth0.com/oidc/logout?client_id=abc&post_logout_redirect_uri=https%3A%2F%2Fapp.example%2Fbye',
    ],
    [
      'on the OIDC endpoint, with everything',
      oidc,
      { federated: true, logoutHint: 'sid-1', state: 'a b&c', uiLocales: ['de', 'en-GB'] },
      'https://tenant.eu.auth0.com/oidc/logout?client_id=abc&logout_hint=sid-1&state=a+b%26c&ui_locales=de+en-GB&post_logout_redirect_uri=https%3A%2F%2Fapp.example%2Fbye&federated',
    ],
    [
      'on the OIDC endpoint, with nothing at all',
      { domain, clientId: null, endpoint: 'oidc' },
      {},
      'https://tenant.eu.auth0.com/oidc/logout',
    ],
    [
      'of a local tenant',
      { ...config, domain: 'http://localhost:4401' },
      {},
      'http://localhost:4401/v2/logout?client_id=abc&returnTo=https%3A%2F%2Fapp.example%2Fbye',
    ],
    [
      'of a Facebook user, with the return address encoded twice and the token',
      config,
      {
        federated: true,
        facebookAccessToken: 'fb&token',
        returnTo: 'http://www.example.com/?a=1&b',
      },
      'https://tenant.eu.auth0.com/v2/logout?client_id=abc&access_token=fb%26token' +
        '&returnTo=https%3A%2F%2Ftenant.eu.auth0.com%2Flogout%3FreturnTo%3Dhttp%253A%252F%252Fwww.example.com%252F%253Fa%253D1%2526b&federated',
    ],
    [
      'of a Facebook user without an address',
      { domain, clientId: 'abc' },
      { federated: true, facebookAccessToken: 'fb' },
      'https://tenant.eu.auth0.com/v2/logout?client_id=abc&access_token=fb&returnTo=https%3A%2F%2Ftenant.eu.auth0.com%2Flogout&federated',
    ],
    [
      'with options that are empty, as if left out',
      config,
      { idTokenHint: '', logoutHint: '', state: '', uiLocales: [], facebookAccessToken: '' },
      'https://tenant.eu.auth0.com/v2/logout?client_id=abc&returnTo=https%3A%2F%2Fapp.example%2Fbye',
    ],
  ])('%s', (_, config, options, href) => {
    expect(buildLogoutUrl(config, options).href).toBe(href);
  });

  test('of a Facebook user leads back step by step', () => {
    const url = buildLogoutUrl(config, { federated: true, facebookAccessToken: 'fb' });
    const back = new URL(url.searchParams.get('returnTo')!);
    expect(back.origin + back.pathname).toBe('https://tenant.eu.auth0.com/logout');
    expect(back.searchParams.get('returnTo')).toBe('https://app.example/bye');
  });

  test('carries the ID token on the OIDC endpoint', () => {
    const url = buildLogoutUrl(oidc, { idTokenHint: hint, logoutHint: 'sid-1' });
    expect(url.searchParams.get('id_token_hint')).toBe(hint);
    expect(url.searchParams.get('logout_hint')).toBe('sid-1');
  });

  test('is a URL, and needs no options', () => {
    expect(buildLogoutUrl(config)).toBeInstanceOf(URL);
  });

  test('resolves a relative address against the page', () => {
    vi.stubGlobal('location', { href: 'https://app.example/account/' });
    const url = buildLogoutUrl(config, { returnTo: '../bye?done' });
    expect(url.searchParams.get('returnTo')).toBe('https://app.example/bye?done');
  });

  test('resolves no relative address where there is no page', () => {
    vi.stubGlobal('location', undefined);
    expect(() => buildLogoutUrl(config, { returnTo: '/bye' })).toThrow(
      expect.objectContaining({ code: 'invalid_return_to' }),
    );
  });
});

describe('federated', () => {
  test.each([true])('%j is sent, once and without a value', (federated) => {
    for (const end of [config, oidc]) {
      const { url, warnings } = resolveLogoutAddress(end, { federated }, undefined);
      expect(url.search.match(/federated/g)).toHaveLength(1);
      expect(url.search).toMatch(/[?&]federated$/);
      expect(warnings.join()).not.toContain('federated');
    }
  });

  test.each([undefined, null, false, 0, ''])('%j is not sent', (federated) => {
    const options = { federated: federated as boolean };
    const { url, warnings } = resolveLogoutAddress(config, options, undefined);
    expect(url.href).not.toContain('federated');
    expect(warnings).toEqual([]);
  });

  test.each(['true', 'false', '1', 1, {}, []])(
    '%j is not sent, and a warning says so',
    (federated) => {
      const options = { federated: federated as unknown as boolean };
      const { url, warnings } = resolveLogoutAddress(config, options, undefined);
      expect(url.href).not.toContain('federated');
      expect(warnings).toEqual([expect.stringMatching(/federated must be true/)]);
    },
  );
});

describe('what contradicts itself is refused', () => {
  test.each<[what: string, config: object, options: object, message: RegExp]>([
    ['an unknown endpoint', { ...config, endpoint: 'v3' }, {}, /endpoint/],
    ['an endpoint in capitals', { ...config, endpoint: 'OIDC' }, {}, /endpoint/],
    ['no client', { domain }, {}, /clientId must be a string or null/],
    ['an empty client', { domain, clientId: '' }, {}, /clientId/],
    ['a client that is a number', { domain, clientId: 7 }, {}, /clientId/],
    ['a client that is a list', { domain, clientId: ['abc'] }, {}, /clientId/],
    ['an ID token on v2', config, { idTokenHint: hint }, /idTokenHint.*endpoint: "oidc"/],
    ['a session on v2', config, { logoutHint: 'sid-1' }, /logoutHint.*endpoint: "oidc"/],
    ['a state on v2', config, { state: 'x' }, /state.*endpoint: "oidc"/],
    ['languages on v2', config, { uiLocales: 'de' }, /uiLocales.*endpoint: "oidc"/],
    ['a list of languages on v2', config, { uiLocales: ['de'] }, /uiLocales.*endpoint: "oidc"/],
    [
      'claims in place of a token',
      oidc,
      { idTokenHint: { sid: 1 } },
      /idTokenHint must be a string/,
    ],
    ['a token in a list', oidc, { idTokenHint: [idToken({ aud: 'x' })] }, /must be a string/],
    ['a state that is an object', oidc, { state: {} }, /state must be a string/],
    [
      'a Facebook token, not federated',
      config,
      { facebookAccessToken: 'fb' },
      /facebookAccessToken/,
    ],
    [
      'a Facebook token, federated as text',
      config,
      { facebookAccessToken: 'fb', federated: 'true' },
      /federated: true/,
    ],
    [
      'a Facebook token on the OIDC endpoint',
      oidc,
      { facebookAccessToken: 'fb', federated: true },
      /endpoint: "v2"/,
    ],
    [
      'a Facebook token that is an object',
      config,
      { facebookAccessToken: {}, federated: true },
      /facebookAccessToken/,
    ],
    ["another client's ID token", oidc, { idTokenHint: idToken({ aud: 'abcd' }) }, /aud.*clientId/],
    [
      "other clients' ID token",
      oidc,
      { idTokenHint: idToken({ aud: ['a', 'b'] }) },
      /aud.*clientId/,
    ],
    ["nobody's ID token", oidc, { idTokenHint: idToken({}) }, /aud.*clientId/],
    [
      "another session's ID token",
      oidc,
      { idTokenHint: hint, logoutHint: 'sid-2' },
      /sid.*logoutHint/,
    ],
  ])('%s', (_, config, options, message) => {
    const build = () => buildLogoutUrl(config as LogoutUrlConfig, options as LogoutUrlOptions);
    expect(build).toThrow(
      expect.objectContaining({
        name: 'LogoutError',
        code: 'conflicting_options',
        message: expect.stringMatching(message),
      }),
    );
  });

  test.each<[what: string, config: LogoutUrlConfig, options: LogoutUrlOptions]>([
    ['an ID token for several clients', oidc, { idTokenHint: idToken({ aud: ['x', 'abc'] }) }],
    ['an ID token for the whole tenant', { ...oidc, clientId: null }, { idTokenHint: hint }],
    ['an ID token that has expired', oidc, { idTokenHint: idToken({ aud: 'abc', exp: 1 }) }],
    ['an encrypted ID token, whose claims nobody can read', oidc, { idTokenHint: 'a.b.c.d.e' }],
  ])('but not %s', (_, config, options) => {
    expect(buildLogoutUrl(config, options).searchParams.get('id_token_hint')).toBe(
      options.idTokenHint,
    );
  });
});

describe('the return address', () => {
  const allowedLogoutUrls = [
    'https://app.example/bye',
    'https://*.app.example/bye',
    'com.app://bye',
  ];
  const checked = { ...config, allowedLogoutUrls };

  test.each<[what: string, returnTo: string, LogoutUrlConfig]>([
    ['that is listed', 'https://app.example/bye', checked],
    ['that a wildcard allows', 'https://eu.app.example/bye', checked],
    ['with a query, on v2', 'https://app.example/bye?a=1#b', checked],
    ["with an app's own scheme that is listed", 'com.app://bye', checked],
    ['that nothing is known about', 'https://other.example/', config],
  ])('%s is sent without a warning', (_, returnTo, config) => {
    const address = resolveLogoutAddress(config, { returnTo }, undefined);
    expect(address.returnTo).toBe(returnTo);
    expect(address.url.searchParams.get('returnTo')).toBe(returnTo);
    expect(address.warnings).toEqual([]);
  });

  test('that may or may not be allowed is sent with a warning', () => {
    const returnTo = 'https://app.example/bye/?secret#secret';
    const address = resolveLogoutAddress(checked, { returnTo }, undefined);
    expect(address.returnTo).toBe(returnTo);
    expect(address.warnings).toEqual([
      'Auth0 does not document whether returnTo https://app.example/bye/ is allowed.',
    ]);
  });

  test.each<[what: string, returnTo: string, LogoutUrlConfig]>([
    ['that is not listed', 'https://app.example/hi', checked],
    ['of another host', 'https://evil.example/bye', checked],
    [
      'with a query, on the OIDC endpoint',
      'https://app.example/bye?a',
      { ...checked, endpoint: 'oidc' },
    ],
    ['while the list is empty', 'https://app.example/bye', { ...config, allowedLogoutUrls: [] }],
    ["with an app's own scheme, without a list", 'com.app://bye', config],
    ["with an app's own scheme that is not listed", 'com.evil://bye', checked],
    ["with an app's own scheme that begins like http", 'https-app://bye', config],
    ["with an app's own scheme that may be listed", 'com.app://bye/', checked],
  ])('%s is not allowed', (_, returnTo, config) => {
    expect(() => buildLogoutUrl(config, { returnTo })).toThrow(
      expect.objectContaining({ code: 'return_to_not_allowed' }),
    );
  });

  test.each([
    ['javascript:alert(1)'],
    ['//app.example/bye'],
    ['https://app.example@evil.example/'],
    [''],
  ])('%j is invalid, even when it is listed', (returnTo) => {
    const listed = { ...config, allowedLogoutUrls: [returnTo] };
    expect(() => buildLogoutUrl(listed, { returnTo })).toThrow(
      expect.objectContaining({ code: 'invalid_return_to' }),
    );
  });

  test('that is not allowed is named with the way out, without query and hash', () => {
    const returnTo = 'https://other.example/a/b?secret=1#secret';
    expect(() => buildLogoutUrl(checked, { returnTo })).toThrow(
      /^returnTo https:\/\/other\.example\/a\/b is not in allowedLogoutUrls\. Add it there and in the Auth0 Dashboard\.$/,
    );
  });

  test.each<[what: string, LogoutUrlConfig, warning: RegExp]>([
    ['with a client', { domain, clientId: 'abc' }, /application's first Allowed Logout URL/],
    ['without a client', { domain, clientId: null }, /bare "OK" page/],
  ])('that is missing, %s, is warned of', (_, config, warning) => {
    const address = resolveLogoutAddress(config, {}, undefined);
    expect(address.returnTo).toBeNull();
    expect(address.warnings).toEqual([expect.stringMatching(warning)]);
  });

  test.each(['abc', null])('that is missing for the OIDC endpoint promises nothing', (clientId) => {
    const config = { domain, clientId, endpoint: 'oidc' } as const;
    const { warnings } = resolveLogoutAddress(config, { logoutHint: 'sid' }, undefined);
    expect(warnings).toEqual([expect.stringMatching(/^Without returnTo .* does not document/)]);
  });

  test("of a Facebook user is the application's, not the tenant's", () => {
    const options = { federated: true, facebookAccessToken: 'fb' };
    expect(resolveLogoutAddress(checked, options, undefined).returnTo).toBe(config.returnTo);
    expect(() =>
      buildLogoutUrl(checked, { ...options, returnTo: 'https://evil.example/' }),
    ).toThrow(expect.objectContaining({ code: 'return_to_not_allowed' }));
  });
});

test('without a hint the OIDC endpoint asks the user, and a warning says so', () => {
  const warning = expect.stringMatching(/asks the user to confirm/);
  expect(resolveLogoutAddress(oidc, {}, undefined).warnings).toEqual([warning]);
  expect(resolveLogoutAddress(oidc, { logoutHint: 'sid' }, undefined).warnings).toEqual([]);
  expect(resolveLogoutAddress(oidc, { idTokenHint: hint }, undefined).warnings).toEqual([]);
});

test('a wrong domain is refused', () => {
  expect(() => buildLogoutUrl({ ...config, domain: 'http://app.example' })).toThrow(
    expect.objectContaining({ code: 'invalid_domain' }),
  );
});

test('nothing is changed that was handed in', () => {
  const returnTo = new URL('https://app.example/bye');
  const frozen = Object.freeze({ ...oidc, allowedLogoutUrls: Object.freeze([returnTo.href]) });
  const uiLocales = Object.freeze(['de', 'en']);
  const options = Object.freeze({ federated: true, returnTo, logoutHint: 'sid', uiLocales });
  const url = buildLogoutUrl(frozen, options);
  expect(url.searchParams.get('ui_locales')).toBe('de en');
  expect(returnTo.href).toBe('https://app.example/bye');
});

describe('whatever the values', () => {
  // Any text but lone surrogates, which no URL can carry, and the empty text, which is none.
  const text = fc
    .oneof(
      fc.string({ unit: 'binary', minLength: 1 }),
      fc.constantFrom(
        '&federated',
        '#',
        '?a=b',
        '/../..',
        '%',
        '%26',
        '+',
        ' ',
        '\n',
        '@evil.example/',
      ),
      fc.webUrl(),
    )
    .filter((value) => !/\p{Cs}/u.test(value));
  const optional = fc.option(text, { nil: undefined });
  const paths = fc.webUrl({ withQueryParameters: true, withFragments: true });

  test("the origin and the path are the tenant's, and every value arrives as it was given", () => {
    fc.assert(
      fc.property(
        fc.record({
          clientId: fc.option(text, { nil: null }),
          returnTo: fc.option(paths, { nil: undefined }),
          federated: fc.boolean(),
          logoutHint: optional,
          state: optional,
          uiLocales: optional,
          oidc: fc.boolean(),
        }),
        ({ clientId, returnTo, federated, oidc, ...hints }) => {
          const { url } = resolveLogoutAddress(
            { domain, clientId, returnTo, endpoint: oidc ? 'oidc' : 'v2' },
            oidc ? { federated, ...hints } : { federated },
            undefined,
          );
          expect(url.origin).toBe('https://tenant.eu.auth0.com');
          expect(url.pathname).toBe(oidc ? '/oidc/logout' : '/v2/logout');
          expect(url.hash + url.username + url.password).toBe('');
          const sent = Object.fromEntries(url.searchParams);
          const address = returnTo && new URL(returnTo).href;
          const expected = {
            client_id: clientId ?? undefined,
            [oidc ? 'post_logout_redirect_uri' : 'returnTo']:
              sent[oidc ? 'post_logout_redirect_uri' : 'returnTo'] === returnTo
                ? returnTo
                : address,
            federated: federated ? '' : undefined,
            ...(oidc && {
              logout_hint: hints.logoutHint,
              state: hints.state,
              ui_locales: hints.uiLocales,
            }),
          };
          expect(sent).toEqual(JSON.parse(JSON.stringify(expected)));
          expect([...url.searchParams.keys()]).toHaveLength(Object.keys(sent).length);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('no token is in a URL but in its own case, nor in any message', () => {
    const token = fc.oneof(
      fc.stringMatching(/^[A-Za-z\d_-]{20,40}$/),
      fc.record({ aud: fc.constantFrom('abc', 'x'), sid: fc.constantFrom('s', 't') }).map(idToken),
    );
    fc.assert(
      fc.property(
        token,
        token.map((value) => `fb${value}`),
        fc.record({
          endpoint: fc.constantFrom('v2', 'oidc', 'v3'),
          idTokenHint: fc.boolean(),
          facebookAccessToken: fc.boolean(),
          federated: fc.constantFrom(true, false, undefined),
          logoutHint: fc.constantFrom(undefined, 's', 't'),
          returnTo: fc.constantFrom(
            undefined,
            'https://app.example/bye',
            '//x',
            'https://a.example/',
          ),
        }),
        (idTokenHint, facebookAccessToken, use) => {
          const messages: string[] = [];
          try {
            const { url, warnings } = resolveLogoutAddress(
              {
                domain,
                clientId: 'abc',
                allowedLogoutUrls: ['https://app.example/bye/'],
                endpoint: use.endpoint as 'v2' | 'oidc',
              },
              {
                federated: use.federated,
                logoutHint: use.logoutHint,
                returnTo: use.returnTo,
                ...(use.idTokenHint && { idTokenHint }),
                ...(use.facebookAccessToken && { facebookAccessToken }),
              },
              undefined,
            );
            messages.push(...warnings);
            expect(url.href.includes(facebookAccessToken)).toBe(use.facebookAccessToken);
            if (use.facebookAccessToken)
              expect([use.endpoint, use.federated]).toEqual(['v2', true]);
            expect(url.searchParams.get('id_token_hint')).toBe(
              use.idTokenHint ? idTokenHint : null,
            );
            if (use.idTokenHint) expect(use.endpoint).toBe('oidc');
          } catch (error) {
            expect(error).toMatchObject({ name: 'LogoutError' });
            messages.push(String(error), JSON.stringify(error), String((error as Error).stack));
          }
          for (const secret of [idTokenHint, facebookAccessToken, idTokenHint.split('.')[1]]) {
            if (secret) expect(messages.join('\n')).not.toContain(secret);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });
});

test.each(['eyJ', 'eyJ.', '/', '//', '?', '%2F'])(
  'a returnTo that repeats %j 200,000 times is looked at in one pass',
  (part) => {
    const returnTo = `https://app.example/bye${part.repeat(200_000)}`;

    // More than one pass takes longer than a test may.
    expect(() =>
      buildLogoutUrl({ ...config, returnTo, allowedLogoutUrls: ['https://app.example/'] }, {}),
    ).toThrow('https://app.example/bye');
  },
);
