import { describe, expect, test } from 'vitest';
import { anyToken, issuedTo, withoutTokens } from '../../../src/credentials/issued-tokens.js';
import { jwe, jwt as token } from '../jwt.js';

const origin = 'https://tenant.example';
const iss = `${origin}/`;
const judge = issuedTo(origin, 'cid');
const ours = token({ iss, azp: 'cid', aud: 'https://api.example' });
const theirs = token({ iss, azp: 'cid2', aud: 'https://api.example' });

describe('a token is taken when this tenant issued it to this client', () => {
  test.each<[what: string, claims: object, expected: boolean | undefined]>([
    ['an ID token', { iss, aud: 'cid' }, true],
    ['an ID token of another client', { iss, aud: 'cid2' }, false],
    ['an access token', { iss, azp: 'cid', aud: ['https://api.example'] }, true],
    ['an access token of RFC 9068', { iss, client_id: 'cid', aud: 'my-api' }, true],
    ['an access token of another client', { iss, azp: 'cid2', aud: 'https://api.example' }, false],
    ['an access token for an API alone', { iss, aud: 'https://api.example' }, true],
    ['another issuer', { iss: 'https://other.example/', aud: 'cid' }, false],
    ['an issuer that only begins alike', { iss: `${origin}.evil.example/`, aud: 'cid' }, false],
    ['no issuer', { aud: 'cid' }, undefined],
    ['azp that is empty', { iss, aud: 'cid', azp: null }, true],
    ['an issuer without its slash', { iss: origin, aud: 'cid' }, true],
    ['an issuer in capitals', { iss: 'https://TENANT.example/', aud: 'cid' }, true],
    ['an issuer with a path', { iss: `${origin}/oidc/`, aud: 'cid' }, false],
    ['an issuer that is no text', { iss: { toString: origin }, aud: 'cid' }, false],
    ['azp of ours and client_id of another', { iss, azp: 'cid', client_id: 'cid2' }, false],
    ['an ID token for several, ours among them', { iss, aud: ['other', 'cid'] }, true],
    ['an ID token for several, and issued to another', { iss, aud: ['cid'], azp: 'cid2' }, false],
    ['a token for an API and another client', { iss, aud: ['https://api.example', 'cid2'] }, false],
    ['a token for two APIs', { iss, aud: ['https://api.example', 'urn:api'] }, true],
    ['a token for nobody in particular', { iss, aud: [] }, true],
    ['an audience that is no text', { iss, aud: { toString: ':' } }, false],
    ['an audience that is a bare word', { iss, aud: 'my-api' }, false],
    ['no audience', { iss }, true],
  ])('%s', (_what, claims, expected) => {
    expect(judge(token(claims))).toBe(expected);
  });

  test.each([
    `Bearer ${ours}`,
    ` ${ours}`,
    `${ours}\n`,
    `${ours}?`,
    `https://app.example/#id_token=${ours}`,
    ours.split('.').slice(0, 2).join('.'),
  ])('text around it, or a part missing, makes it no token: %j', (text) => {
    expect(judge(text)).toBeUndefined();
  });

  test('an audience that is configured is no other client', () => {
    expect(issuedTo(origin, 'cid', ['my-api'])(token({ iss, aud: 'my-api' }))).toBe(true);
  });

  test('without a client id, every token of the tenant is', () => {
    const anyClient = issuedTo(origin, null);
    expect(anyClient(theirs)).toBe(true);
    expect(anyClient(token({ iss: 'https://other.example/', aud: 'cid' }))).toBe(false);
  });

  test('an encrypted token is judged by its header', () => {
    expect(judge(jwe({ iss }))).toBe(true);
    expect(judge(jwe({ iss: 'https://other.example/' }))).toBe(false);
    // Auth0 names nobody in it: whose it is, what lies beside it says.
    expect(judge(jwe({}))).toBeUndefined();
  });

  test.each([
    ['eyJ.eyJ.x'],
    ['eyJhbGciOiJub25lIn0.bm90IGpzb24.x'],
    ['eyJhbGciOiJub25lIn0.bnVsbA.x'],
    ['eyJ...'],
  ])('what only looks like a token is nobody’s: %s', (text) => {
    expect(judge(text)).toBeUndefined();
  });
});

describe('what is left of a stored value', () => {
  const json = (value: unknown): string => JSON.stringify(value);
  test.each<[what: string, before: string, after: string | null | undefined]>([
    ['the token alone', ours, null],
    ['the token as a JSON string', json(ours), null],
    ['a token of another client', theirs, undefined],
    ['a text with the token in it', `see ${ours}`, undefined],
    ['what is no credential', json({ access_token: ours, theme: 'dark' }), json({ theme: 'dark' })],
    [
      'nothing of a token response',
      json({ access_token: ours, refresh_token: 'opaque', token_type: 'Bearer', expires_in: 60 }),
      null,
    ],
    [
      'the other client, beside ours',
      json({ a: { access_token: ours }, b: { access_token: theirs, refresh_token: 'opaque' } }),
      json({ b: { access_token: theirs, refresh_token: 'opaque' } }),
    ],
    ['other elements of a list', json([ours, 1, null]), json([1, null])],
    [
      'the rest of JSON inside JSON',
      json({ auth: json({ idToken: ours, refreshToken: 'opaque' }), cart: '[1]' }),
      json({ cart: '[1]' }),
    ],
    [
      'what else a slice of a store holds, each slice being JSON (redux-persist)',
      json({ token: json(ours), cart: json([1]), n: '7', note: `"${theirs}"` }),
      json({ cart: json([1]), n: '7', note: `"${theirs}"` }),
    ],
    [
      'nothing of an encrypted token beside our ID token',
      json({
        a: { access_token: jwe({ alg: 'dir' }), id_token: ours },
        b: { refresh_token: 'x', n: 1 },
      }),
      json({ b: { n: 1 } }),
    ],
    ['an opaque token alone', json({ access_token: 'opaque' }), undefined],
    [
      'nothing of an opaque access token beside our ID token',
      json({ access_token: 'opaque', id_token: ours }),
      null,
    ],
    [
      'a token of another issuer beside ours, but not the refresh token',
      json({ id_token: ours, access_token: theirs, refresh_token: 'opaque', n: 1 }),
      json({ access_token: theirs, n: 1 }),
    ],
    [
      'a refresh token in another branch, when no other client has a token here',
      json({ a: { id_token: ours, n: 1 }, b: { refresh_token: 'opaque', n: 2 } }),
      json({ a: { n: 1 }, b: { n: 2 } }),
    ],
    [
      'the user beside the token',
      json({ user: { name: 'Ada' }, idToken: ours }),
      json({ user: { name: 'Ada' } }),
    ],
    ['a list of tokens', json([theirs, ours, ours]), json([theirs])],
    ['a list in a list', json([[ours], ['x']]), json([['x']])],
    [
      'a token under a key of any name',
      json({ x: { y: [{ z: ours, n: 1 }] } }),
      json({ x: { y: [{ n: 1 }] } }),
    ],
    ['text in JSON with the token in it', json({ log: `Bearer ${ours}` }), undefined],
    [
      'text in JSON with the token in it, beside ours',
      json({ log: `Bearer ${ours}`, t: ours }),
      json({ log: `Bearer ${ours}` }),
    ],
    [
      'JSON in JSON in JSON',
      json({ a: json({ b: json({ c: ours, n: 1 }) }) }),
      json({ a: json({ b: json({ n: 1 }) }) }),
    ],
    ['a JSON string that holds JSON', json(json({ t: ours, n: 1 })), json(json({ n: 1 }))],
    ['malformed JSON', `{"access_token":"${ours}"`, undefined],
    ['two JSON values', `{"access_token":"${ours}"}{}`, undefined],
    ['what would close the box it is read in', `1},"x":{"t":"${ours}"`, undefined],
    ['an empty value', '', undefined],
    ['a number', '12', undefined],
    ['null', 'null', undefined],
    ['an empty refresh token', json({ access_token: ours, refresh_token: '' }), null],
    [
      'what is called a token, in whatever form',
      json({ t: ours, refresh_token: { value: 'opaque' }, access_token: ['opaque'], n: 1 }),
      json({ n: 1 }),
    ],
    [
      'what is called a token and holds one of another client',
      json({ t: ours, refresh_token: { theirs, n: 1 } }),
      json({ refresh_token: { theirs, n: 1 } }),
    ],
    [
      'what is about other things than tokens',
      json({ access_token: ours, scope: 'openid', settings: { scope: 'x' } }),
      json({ scope: 'openid', settings: { scope: 'x' } }),
    ],
    ['what is left of a token response', json({ a: ours, expires_at: 1, token_type: 'x' }), null],
    ['what expires', json({ a: ours, expiredCoupons: 1 }), json({ expiredCoupons: 1 })],
    [
      'the key __proto__, as any other',
      `{"__proto__":{"access_token":"${ours}","n":1},"constructor":"${ours}","n":2}`,
      '{"__proto__":{"n":1},"n":2}',
    ],
    ['a token that is a name', `{"${ours}":{"user":1},"${theirs}":2}`, `{"${theirs}":2}`],
    ['a token under __proto__', `{"__proto__":"${ours}","n":1}`, '{"n":1}'],
  ])('%s', (_what, before, after) => {
    expect(withoutTokens(before, judge)).toBe(after);
  });

  test.each([judge, anyToken])('what only pretends to be text holds nothing up', (judge) => {
    const odd = { toString: 'x', valueOf: 'x' };
    const foreign = token({ iss: odd, aud: odd });
    const rest = judge === anyToken ? { odd } : { odd, foreign };
    expect(withoutTokens(json({ odd, foreign, t: ours }), judge)).toBe(json(rest));
  });

  test('nothing is added to any prototype', () => {
    withoutTokens(`{"__proto__":{"polluted":"yes","t":"${ours}"}}`, judge);
    expect(({} as { polluted?: string }).polluted).toBeUndefined();
  });

  test('a value of several megabytes is searched like a small one', () => {
    const rows = Array.from({ length: 40_000 }, (_, id) => ({ id, text: 'x'.repeat(80) }));
    expect(withoutTokens(json({ rows, t: ours }), judge)).toBe(json({ rows }));
    expect(withoutTokens(`eyJ${'.'.repeat(3_000_000)}`, judge)).toBeUndefined();
    expect(withoutTokens(`eyJ${'a-'.repeat(1_500_000)}`, judge)).toBeUndefined();
  });

  test('a value nested deeper than any stack stays, and breaks nothing', () => {
    const deep = `${'['.repeat(200_000)}"${ours}"${']'.repeat(200_000)}`;
    expect(withoutTokens(deep, judge)).toBeUndefined();
  });

  test('with "any", what is named or looks like a token goes, whoever issued it', () => {
    expect(withoutTokens(theirs, anyToken, 'x')).toBeNull();
    expect(withoutTokens('opaque', anyToken, 'access_token')).toBeNull();
    expect(withoutTokens(json({ refresh_token: 'opaque', n: 1 }), anyToken, 'x')).toBe(
      json({ n: 1 }),
    );
  });
});
