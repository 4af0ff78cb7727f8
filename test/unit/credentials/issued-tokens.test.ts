import { describe, expect, test } from 'vitest';
import { anyToken, issuedTo, withoutTokens } from '../../../src/credentials/issued-tokens.js';

const token = (claims: object): string => {
  const part = (value: object): string => btoa(JSON.stringify(value)).replace(/=/g, '');
  return `${part({ alg: 'RS256' })}.${part(claims)}.c2ln`;
};
const origin = 'https://tenant.example';
const iss = `${origin}/`;
const judge = issuedTo(origin, 'cid');
const ours = token({ iss, azp: 'cid', aud: 'https://api.example' });
const theirs = token({ iss, azp: 'cid2', aud: 'https://api.example' });

describe('a token is taken when this tenant issued it to this client', () => {
  test.each<[what: string, claims: object, expected: boolean]>([
    ['an ID token', { iss, aud: 'cid' }, true],
    ['an ID token of another client', { iss, aud: 'cid2' }, false],
    ['an access token', { iss, azp: 'cid', aud: ['https://api.example'] }, true],
    ['an access token of RFC 9068', { iss, client_id: 'cid', aud: 'my-api' }, true],
    ['an access token of another client', { iss, azp: 'cid2', aud: 'https://api.example' }, false],
    ['an access token for an API alone', { iss, aud: 'https://api.example' }, true],
    ['another issuer', { iss: 'https://other.example/', aud: 'cid' }, false],
    ['an issuer that only begins alike', { iss: `${origin}.evil.example/`, aud: 'cid' }, false],
    ['no issuer', { aud: 'cid' }, false],
  ])('%s', (_what, claims, expected) => {
    expect(judge(token(claims))).toBe(expected);
  });

  test('text around it makes it no token', () => {
    expect(judge(`Bearer ${ours}`)).toBeUndefined();
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
    ['an opaque token alone', json({ access_token: 'opaque' }), undefined],
  ])('%s', (_what, before, after) => {
    expect(withoutTokens(before, judge)).toBe(after);
  });

  test('with "any", what is named or looks like a token goes, whoever issued it', () => {
    expect(withoutTokens(theirs, anyToken, true, 'x')).toBeNull();
    expect(withoutTokens('opaque', anyToken, true, 'access_token')).toBeNull();
    expect(withoutTokens(json({ refresh_token: 'opaque', n: 1 }), anyToken, true, 'x')).toBe(
      json({ n: 1 }),
    );
  });
});
