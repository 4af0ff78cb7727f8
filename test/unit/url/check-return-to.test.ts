import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { checkReturnTo } from '../../../src/url/check-return-to.js';

type Verdict = 'allowed' | 'refused' | 'unknown';
type Row = [what: string, returnTo: string, entry: string, verdict: Verdict];

afterEach(() => {
  vi.unstubAllGlobals();
});

const both: Row[] = [
  ['the same address', 'https://app.example/bye', 'https://app.example/bye', 'allowed'],
  ['the same origin', 'https://app.example', 'https://app.example', 'allowed'],
  ['another path', 'https://app.example/bye', 'https://app.example/hi', 'refused'],
  ['a longer path', 'https://app.example/bye/now', 'https://app.example/bye', 'refused'],
  ['a path below a bare origin', 'https://app.example/bye', 'https://app.example', 'refused'],
  ['another host', 'https://evil.example/bye', 'https://app.example/bye', 'refused'],
  ['a host that ends alike', 'https://evilapp.example/', 'https://app.example/', 'refused'],
  [
    'a host that begins alike',
    'https://app.example.evil.example/',
    'https://app.example/',
    'refused',
  ],
  ['another scheme', 'http://app.example/bye', 'https://app.example/bye', 'refused'],
  ['another port', 'https://app.example:8443/', 'https://app.example/', 'refused'],
  ['the same port', 'http://localhost:3000/bye', 'http://localhost:3000/bye', 'allowed'],
  [
    'scheme and host in capitals, listed',
    'https://app.example/bye',
    'HTTPS://App.Example/bye',
    'allowed',
  ],
  [
    'scheme and host in capitals, sent',
    'HTTPS://App.Example/bye',
    'https://app.example/bye',
    'allowed',
  ],
  ['a bare origin in capitals, sent', 'HTTPS://App.Example', 'https://app.example', 'allowed'],
  [
    'a bare origin in capitals, below *',
    'https://EU.app.example',
    'https://*.app.example',
    'allowed',
  ],
  ['a path in capitals', 'https://app.example/bye', 'https://app.example/Bye', 'refused'],
  ['an entry without a scheme', 'https://app.example/bye', 'app.example/bye', 'refused'],
  ['an entry with half a scheme', 'https://app.example/bye', '//app.example/bye', 'refused'],
  ['an empty entry', 'https://app.example/bye', '', 'refused'],
  [
    'white space around an entry',
    'https://app.example/bye',
    '  https://app.example/bye\n',
    'allowed',
  ],

  ['one level below *', 'https://eu.app.example/bye', 'https://*.app.example/bye', 'allowed'],
  ['no level below *', 'https://app.example/bye', 'https://*.app.example/bye', 'refused'],
  ['two levels below *', 'https://a.b.app.example/bye', 'https://*.app.example/bye', 'refused'],
  ['* in capitals', 'https://eu.app.example/bye', 'HTTPS://*.App.Example/bye', 'allowed'],
  ['* and http', 'http://eu.app.example/', 'http://*.app.example/', 'allowed'],
  ['* and another scheme', 'http://eu.app.example/', 'https://*.app.example/', 'refused'],
  ['* and another path', 'https://eu.app.example/hi', 'https://*.app.example/bye', 'refused'],
  [
    '* and a path in capitals',
    'https://eu.app.example/Bye',
    'https://*.app.example/bye',
    'refused',
  ],
  [
    '* and dots that are no wildcards',
    'https://eu.appxexample.com/',
    'https://*.app.example.com/',
    'refused',
  ],
  [
    '* and another end',
    'https://eu.app.example.evil.example/',
    'https://*.app.example/',
    'refused',
  ],
  ['* with a prefix', 'https://pr-12.app.example/', 'https://pr-*.app.example/', 'allowed'],
  ['* with a suffix', 'https://12-pr.app.example/', 'https://*-pr.app.example/', 'allowed'],
  ['* with both', 'https://pr-12-eu.app.example/', 'https://pr-*-eu.app.example/', 'allowed'],
  ['* with another prefix', 'https://qr-12.app.example/', 'https://pr-*.app.example/', 'refused'],
  [
    '* with a prefix that overlaps its suffix',
    'https://aa.app.example/',
    'https://aa*aa.app.example/',
    'refused',
  ],
  ['* for nothing', 'https://pr-.app.example/', 'https://pr-*.app.example/', 'unknown'],
  ['* for punycode', 'https://xn--mnchen-3ya.app.example/', 'https://*.app.example/', 'unknown'],
  ['* below a top-level domain', 'https://app.com/', 'https://*.com/', 'refused'],
  ['* with a prefix below a top-level domain', 'https://app.com/', 'https://a*.com/', 'refused'],
  ['* alone', 'https://app.example/', 'https://*/', 'refused'],
  ['* and nothing else', 'https://app.example/', '*', 'refused'],
  ['* without a scheme', 'https://eu.app.example/', '*.app.example', 'refused'],
  ['* in a later label', 'https://eu.x.app.example/', 'https://eu.*.app.example/', 'refused'],
  ['* twice', 'https://a.b.app.example/', 'https://*.*.app.example/', 'refused'],
  ['* twice in a label', 'https://a-b.app.example/', 'https://*-*.app.example/', 'refused'],
  ['* in the path', 'https://app.example/a/b', 'https://app.example/a/*', 'refused'],
  ['* in host and path', 'https://eu.app.example/b', 'https://*.app.example/*', 'refused'],
  ['* in the path, also sent', 'https://app.example/*', 'https://app.example/*', 'refused'],
  ['* in the scheme', 'https://app.example/', '*://app.example/', 'refused'],
  ['* with an app scheme', 'com.app://eu.app.example/', 'com.app://*.app.example/', 'refused'],
  ['* and the same port', 'http://eu.app.example:8080/', 'http://*.app.example:8080/', 'unknown'],
  [
    '* and a port on one side, sent',
    'http://eu.app.example:8080/',
    'http://*.app.example/',
    'unknown',
  ],
  [
    '* and a port on one side, listed',
    'http://eu.app.example/',
    'http://*.app.example:8080/',
    'unknown',
  ],
  [
    '* and a port, but another host',
    'http://eu.evil.example:8080/',
    'http://*.app.example:8080/',
    'refused',
  ],

  ['a custom scheme', 'auth0flutter://callback', 'auth0flutter://callback', 'allowed'],
  ['a custom scheme in capitals', 'auth0flutter://callback', 'Auth0Flutter://Callback', 'allowed'],
  [
    'a custom scheme with a path',
    'com.app://a.example/ios/Bye',
    'com.app://a.example/ios/Bye',
    'allowed',
  ],
  ['a custom scheme with a path in capitals', 'com.app://a/Bye', 'com.app://a/bye', 'refused'],
  ['a custom scheme without a host', 'com.app:/bye', 'com.app:/bye', 'allowed'],
  ['a custom scheme without a host, in capitals', 'com.app:/Bye', 'com.app:/bye', 'refused'],
  ['another custom scheme', 'com.evil://bye', 'com.app://bye', 'refused'],

  ['a slash at the end, sent', 'https://app.example/bye/', 'https://app.example/bye', 'unknown'],
  ['a slash at the end, listed', 'https://app.example/bye', 'https://app.example/bye/', 'unknown'],
  ['a slash after the host, sent', 'https://app.example/', 'https://app.example', 'unknown'],
  ['a slash after the host, listed', 'https://app.example', 'https://app.example/', 'unknown'],
  ['a slash at the end, below *', 'https://eu.app.example/', 'https://*.app.example', 'unknown'],
  ['two slashes at the end', 'https://app.example/bye//', 'https://app.example/bye', 'refused'],
  ['the default port, listed', 'https://app.example/bye', 'https://app.example:443/bye', 'unknown'],
  [
    'the default port, sent',
    'https://app.example:443/bye',
    'https://app.example:443/bye',
    'unknown',
  ],
  ['the default port, http', 'http://app.example/bye', 'http://app.example:80/bye', 'unknown'],
  [
    "the other scheme's default port",
    'https://app.example/bye',
    'https://app.example:80/bye',
    'refused',
  ],
  [
    'an international name, listed as such',
    'https://xn--mnchen-3ya.example/',
    'https://münchen.example/',
    'unknown',
  ],
  [
    'an international name, sent as such',
    'https://münchen.example/',
    'https://münchen.example/',
    'unknown',
  ],
  ['dots in an entry', 'https://app.example/bye', 'https://app.example/a/../bye', 'unknown'],
  [
    'escapes in capitals, and not',
    'https://app.example/tsch%C3%BC',
    'https://app.example/tsch%c3%bc',
    'unknown',
  ],
  [
    'an escape of a letter that needs none',
    'https://app.example/%62ye',
    'https://app.example/bye',
    'unknown',
  ],
  ['an escaped slash', 'https://app.example/bye%2Fbye', 'https://app.example/bye/bye', 'refused'],
  [
    'letters to escape in an entry',
    'https://app.example/tsch%C3%BC',
    'https://app.example/tschü',
    'unknown',
  ],

  [
    '{organization_name}',
    'https://acme.app.example/bye',
    'https://{organization_name}.app.example/bye',
    'unknown',
  ],
  [
    '{organization_name}, and a slash',
    'https://acme.app.example/',
    'https://{organization_name}.app.example',
    'unknown',
  ],
  [
    '{organization_name} elsewhere',
    'https://acme.evil.example/bye',
    'https://{organization_name}.app.example/bye',
    'refused',
  ],
  [
    '{organization_name}, another path',
    'https://acme.app.example/hi',
    'https://{organization_name}.app.example/bye',
    'refused',
  ],
  [
    '{organization_name} in a path of someone else',
    'https://evil.example/.app.example',
    'https://{organization_name}.app.example',
    'refused',
  ],
  [
    '{custom_domain.metadata.public_*}',
    'https://app.example/bye',
    'https://{custom_domain.metadata.public_app}/bye',
    'unknown',
  ],
  [
    '{custom_domain.metadata.public_*} in a path',
    'https://app.example/acme',
    'https://app.example/{custom_domain.metadata.public_path}',
    'unknown',
  ],

  ['javascript:, although listed', 'javascript:alert(1)', 'javascript:alert(1)', 'refused'],
  ['a user, although listed', 'https://me@app.example/', 'https://me@app.example/', 'refused'],
  ['a relative address without a page', '/bye', 'https://app.example/bye', 'refused'],
  ['nothing', '', 'https://app.example/bye', 'refused'],
];

describe.each(['v2', 'oidc'] as const)('for %s', (endpoint) => {
  test.each(both)('%s: %s, listed %s, is %s', (_, returnTo, entry, verdict) => {
    vi.stubGlobal('location', undefined);
    const check = checkReturnTo(returnTo, [entry], endpoint);
    expect(check).toEqual({
      verdict,
      entry: verdict === 'refused' ? null : entry.trim(),
      reason: expect.stringMatching(/\S/),
    });
  });
});

test.each<[what: string, returnTo: string, entry: string, v2: Verdict, oidc: Verdict]>([
  ['a query, sent', 'https://app.example/bye?a=1', 'https://app.example/bye', 'allowed', 'refused'],
  [
    'a query, listed',
    'https://app.example/bye',
    'https://app.example/bye?a=1',
    'allowed',
    'refused',
  ],
  [
    'the same query',
    'https://app.example/bye?a=1&b',
    'https://app.example/bye?a=1&b',
    'allowed',
    'allowed',
  ],
  [
    'another value',
    'https://app.example/bye?a=1',
    'https://app.example/bye?a=2',
    'allowed',
    'refused',
  ],
  [
    'a name without its value',
    'https://app.example/bye?a=1',
    'https://app.example/bye?a',
    'allowed',
    'refused',
  ],
  [
    'a query in capitals',
    'https://app.example/bye?a=B',
    'https://app.example/bye?a=b',
    'allowed',
    'refused',
  ],
  [
    'another order',
    'https://app.example/?a=1&b=2',
    'https://app.example/?b=2&a=1',
    'allowed',
    'refused',
  ],
  [
    'a slash in the query only',
    'https://app.example/?a=/',
    'https://app.example/?a=',
    'allowed',
    'refused',
  ],
  [
    'a slash before the query',
    'https://app.example/bye/?a=1',
    'https://app.example/bye?a=1',
    'unknown',
    'unknown',
  ],
  [
    'a query right after the host',
    'https://app.example?a=1',
    'https://app.example?a=1',
    'allowed',
    'allowed',
  ],
  [
    'a query and *',
    'https://eu.app.example/?a=1',
    'https://*.app.example/?a=1',
    'allowed',
    'allowed',
  ],
  [
    'another query and *',
    'https://eu.app.example/?a=1',
    'https://*.app.example/',
    'allowed',
    'refused',
  ],
  [
    '* in the query',
    'https://app.example/bye?a=1',
    'https://app.example/bye?a=*',
    'allowed',
    'refused',
  ],
  ['a hash, sent', 'https://app.example/bye#top', 'https://app.example/bye', 'allowed', 'unknown'],
  [
    'a hash, listed',
    'https://app.example/bye',
    'https://app.example/bye#top',
    'allowed',
    'unknown',
  ],
  [
    'the same hash',
    'https://app.example/bye#top',
    'https://app.example/bye#top',
    'allowed',
    'allowed',
  ],
  [
    'a query, another path',
    'https://app.example/hi?a=1',
    'https://app.example/bye?a=1',
    'refused',
    'refused',
  ],
  ['a query with a custom scheme', 'com.app://bye?a=1', 'com.app://bye', 'allowed', 'refused'],
])('%s: %s, listed %s, is %s for v2 and %s for oidc', (_, returnTo, entry, v2, oidc) => {
  expect(checkReturnTo(returnTo, [entry]).verdict).toBe(v2);
  expect(checkReturnTo(returnTo, [entry], 'v2').verdict).toBe(v2);
  expect(checkReturnTo(returnTo, [entry], 'oidc').verdict).toBe(oidc);
});

describe('a list', () => {
  const exact = 'https://eu.app.example/bye';
  const unsure = 'https://eu.app.example/bye/';
  const other = 'https://app.example/';

  test.each<[what: string, allowed: readonly string[], verdict: Verdict, entry: string | null]>([
    ['is empty', [], 'refused', null],
    ['has the address last', [other, exact], 'allowed', exact],
    ['has a documented match after an unknown one', [unsure, exact], 'allowed', exact],
    ['has a documented match before an unknown one', [exact, unsure], 'allowed', exact],
    [
      'has a wildcard after an unknown one',
      [unsure, 'https://*.app.example/bye'],
      'allowed',
      'https://*.app.example/bye',
    ],
    ['has an unknown match after a malformed entry', ['app.example', unsure], 'unknown', unsure],
    ['has the first of two matches', [exact, 'https://*.app.example/bye'], 'allowed', exact],
    ['is one text with commas', [`${other}, ${exact} ,`], 'allowed', exact],
    ['has empty entries', ['', ' ', ',', exact], 'allowed', exact],
    ['is not changed', Object.freeze([other, exact]), 'allowed', exact],
  ])('that %s', (_, allowed, verdict, entry) => {
    expect(checkReturnTo(exact, allowed)).toMatchObject({ verdict, entry });
  });

  const filler = (length: number) => Array.from({ length }, (_, i) => `https://${i}.example/`);

  test.each<[what: string, allowed: readonly string[], verdict: Verdict]>([
    ['100th', [...filler(99), exact], 'allowed'],
    ['101st', [...filler(100), exact], 'unknown'],
    ['101st, counted through commas', [filler(100).join(','), exact], 'unknown'],
    ['100th, empty ones not counted', [...filler(99), '', exact], 'allowed'],
    ['101st, and again the first', [exact, ...filler(99), exact], 'allowed'],
    ['101st, but another address', [...filler(100), other], 'refused'],
  ])('whose entry is the %s', (_, allowed, verdict) => {
    expect(checkReturnTo(exact, allowed).verdict).toBe(verdict);
  });

  test.each([undefined, null])('that is %s refuses', (allowed) => {
    expect(checkReturnTo(exact, allowed as unknown as string[])).toMatchObject({
      verdict: 'refused',
      entry: null,
    });
  });

  test('that is a text, as a script may pass it, is read like one', () => {
    expect(checkReturnTo(exact, `${other},${exact}` as unknown as string[]).entry).toBe(exact);
  });
});

test.each([
  ['https://app.example/bye', 'https://app.example/bye', /^an entry matches \(/],
  ['https://app.example/bye', 'https://app.example/hi', /^no entry matches\.$/],
  ['https://app.example/bye', 'app.example/bye', /needs a scheme.*\(app\.example\/bye\)/],
  [
    'https://app.example/bye',
    'https://app.example/*',
    /takes one \*.*\(https:\/\/app\.example\/\*\)/,
  ],
  ['https://app.example/bye', 'https://app.example/bye/', /does not document.*slash at the end/],
  ['https://a.b.example:1/', 'https://*.b.example:1/', /does not document.*port/],
  ['https://a.b.example/', 'https://{organization_name}.b.example/', /placeholder/],
  ['javascript:alert(1)', 'https://app.example/bye', /returnTo must be https:/],
])('the reason for %s, listed %s, matches %s', (returnTo, entry, reason) => {
  expect(checkReturnTo(returnTo, [entry]).reason).toMatch(reason);
});

test('reasons leave out queries and hashes', () => {
  for (const entry of ['https://app.example/bye?a=secret', 'https://app.example/?b', 'x?secret']) {
    for (const endpoint of ['v2', 'oidc'] as const) {
      const { reason } = checkReturnTo(
        'https://app.example/bye?a=secret#secret',
        [entry],
        endpoint,
      );
      expect(reason).not.toContain('secret');
    }
  }
});

test('a relative address is resolved against the page', () => {
  vi.stubGlobal('location', { href: 'https://app.example/account' });
  expect(checkReturnTo('/bye', ['https://app.example/bye']).verdict).toBe('allowed');
  expect(checkReturnTo('//evil.example/bye', ['https://app.example/bye']).verdict).toBe('refused');
});

test('it never throws, and never allows another host', () => {
  const piece = fc.constantFrom(
    ...[
      'https://',
      'http://',
      'com.app://',
      '//',
      '/',
      '*',
      '.',
      ',',
      '{',
      '}',
      '{x}',
      '?',
      '#',
      '(',
    ],
    ...[
      ')',
      '[',
      ']',
      '\\',
      '$',
      '^',
      '+',
      ':',
      ':443',
      '@',
      ' ',
      '\n',
      'app.example',
      'eu',
      'ü',
      '%',
    ],
  );
  const text = fc.oneof(
    fc.array(piece, { maxLength: 9 }).map((pieces) => pieces.join('')),
    fc.string({ unit: 'binary' }),
  );
  fc.assert(
    fc.property(text, fc.array(text), fc.constantFrom('v2', 'oidc'), (returnTo, allowed, end) => {
      const check = checkReturnTo(returnTo, allowed, end as 'v2' | 'oidc');
      expect(['allowed', 'refused', 'unknown']).toContain(check.verdict);
      expect(check.entry === null).toBe(check.verdict === 'refused');
    }),
    { numRuns: 3000 },
  );
  fc.assert(
    fc.property(fc.webUrl({ validSchemes: ['https'] }), fc.webPath(), (address, path) => {
      fc.pre(new URL(address).hostname !== 'app.example');
      const allowed = [`https://app.example${path}`, `https://*.app.example${path}`];
      expect(checkReturnTo(address, allowed).verdict).toBe('refused');
    }),
  );
});
