import { decodeJwtPart } from '../url/jwt-part.js';

/** Says of one whole value whether it is a token of ours; `undefined`: no token at all. */
export type Judge = (value: unknown) => boolean | undefined;

// A pattern that stands where it is used costs a page that does nothing no memory.

/** A JWT (three parts, RFC 7519) or JWE (five, RFC 7516). */
const isToken = (value: unknown): value is string =>
  typeof value === 'string' && /^eyJ[\w-]*(\.[\w-]*){2,4}$/.test(value);

/** The tokens that are a whole string in JSON; the quotes of JSON inside JSON are escaped. */
const quotedTokens = (text: string): readonly string[] =>
  text.match(/"eyJ[\w-]*(\.[\w-]*){2,4}\\*"/g) ?? [];

const isTokenName = (name: string): boolean => /^(access|refresh|id)_?token$/i.test(name);

/** What a token response says about its tokens (RFC 6749, section 5.1); alone it means nothing. */
const isAboutTokens = (name: string): boolean => /^(token_?type|expir\w{1,5}|scope)$/i.test(name);

/**
 * Makes the judge for the tokens that one tenant issued to one client: `iss` is the tenant, and
 * neither `azp`, `client_id` nor `aud` names another client. An access token's `aud` is an API: it
 * is told from a client's id by `azp` or `client_id` (RFC 9068, section 2.2), which every Auth0
 * access token has, or else by being a URI or a configured audience. Of an encrypted token, which
 * Auth0 issues where no audience was asked, only the header can be read.
 */
export const issuedTo =
  (
    origin: string | undefined,
    clientId: string | null,
    audiences: readonly unknown[] = [],
  ): Judge =>
  (value) => {
    if (!isToken(value)) return undefined;
    const [header, body, , encrypted] = value.split('.');
    const { iss, azp, aud, client_id } = decodeJwtPart(encrypted ? header : body) ?? {};
    // Whose it is, nothing says: Auth0's encrypted tokens name nobody in their header.
    if (!iss) return undefined;
    const named = [aud ?? []].flat();
    const clients = [azp, client_id].filter((name) => name != null);
    return (
      typeof iss === 'string' &&
      iss.replace(/\/$/, '').toLowerCase() === origin &&
      (clientId === null ||
        (clients.length
          ? clients.every((name) => name === clientId)
          : named.includes(clientId) ||
            named.every(
              (name) =>
                (typeof name === 'string' && /:/.test(name)) || audiences.includes(name as string),
            )))
    );
  };

/** Takes whatever looks like a token, whoever issued it. */
export const anyToken: Judge = (value) => isToken(value) || undefined;

/**
 * Takes the tokens out of a stored value. A token is a whole value, or a whole string inside JSON
 * (also inside JSON that is itself a string in JSON, as redux-persist writes it); never a part of
 * another text. With a token of ours goes what sits beside it under `access_token`,
 * `refresh_token` or `id_token`; what is not a credential stays.
 *
 * @param judge `anyToken` takes everything under those three names, whether or not it can be read
 * @param key what the value itself is stored under
 * @returns what is left of it: all (`undefined`), nothing (`null`) or the rest
 */
export function withoutTokens(text: string, judge: Judge, key = ''): string | null | undefined {
  const byName = judge === anyToken;
  // Every token begins so, and hardly anything else that an application stores has it.
  if (!byName && !text.includes('eyJ')) return undefined;
  if (judge(text) || (byName && text && isTokenName(key))) return null;
  const verdicts = quotedTokens(text).map((token) => judge(token.replace(/["\\]/g, '')));
  if (!verdicts.includes(true) && !(byName && /token/i.test(text))) return undefined;
  const named = byName || !verdicts.includes(false);

  /** What is left of a value; `undefined`: nothing. */
  const prune = (value: unknown): unknown => {
    if (judge(value)) return undefined;
    if (typeof value === 'string') return strip(value);
    if (value !== Object(value)) return value;
    const entries = Object.entries(value as object) as [string, unknown][];
    const hasOurs = entries.some(([, one]) => judge(one));
    const left = entries.flatMap(([name, one]) => {
      const goes = isTokenName(name) && (named || (hasOurs && typeof one === 'string'));
      const rest = judge(name) || (goes && judge(one) !== false) ? undefined : prune(one);
      return rest === undefined ? [] : [[name, rest] as const];
    });
    if (left.length < entries.length && left.every(([name]) => isAboutTokens(name))) {
      return undefined;
    }
    return Array.isArray(value) ? left.map(([, rest]) => rest) : Object.fromEntries(left);
  };

  /** The same for a text, as far as it is JSON. Where nothing goes, its spelling stays too. */
  const strip = (json: string): string | undefined => {
    try {
      const value: unknown = JSON.parse(json);
      const rest = JSON.stringify(prune(value));
      return rest === JSON.stringify(value) ? json : rest;
    } catch {
      return json;
    }
  };

  const rest = strip(text);
  return rest === text ? undefined : (rest ?? null);
}
