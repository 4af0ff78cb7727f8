import { decodeJwtPart } from '../url/jwt-part.js';

/** Says of one whole value whether it is a token of ours; `undefined`: no token at all. */
export type Judge = (value: unknown) => boolean | undefined;

/** A JWT (three parts, RFC 7519) or JWE (five, RFC 7516). */
const TOKEN = /^eyJ[\w-]*(\.[\w-]*){2,4}$/;
const TOKEN_NAME = /^(access|refresh|id)_?token$/i;
/** What a token response says about its tokens (RFC 6749, section 5.1); alone it means nothing. */
const ABOUT_TOKENS = /^(token_?type|expires?(_?(in|at))?|scope|session_state)$/i;

/**
 * Makes the judge for the tokens that one tenant issued to one client: `iss` is the tenant, and
 * neither `azp`, `client_id` nor `aud` names another client. An access token's `aud` is an API: it
 * is told from a client's id by `azp` or `client_id` (RFC 9068, section 2.2), which every Auth0
 * access token has, or else by being a URI or a configured audience. Of an encrypted token, which
 * Auth0 issues where no audience was asked, only the header can be read.
 */
export const issuedTo =
  (origin: string, clientId: string | null, audiences: readonly unknown[] = []): Judge =>
  (value) => {
    if (typeof value !== 'string' || !TOKEN.test(value)) return undefined;
    const [header, body, , encrypted] = value.split('.');
    const { iss, azp, aud, client_id } =
      decodeJwtPart(encrypted === undefined ? body : header) ?? {};
    const clients = [azp, client_id].filter((name) => name !== undefined);
    return (
      typeof iss === 'string' &&
      iss.replace(/\/$/, '').toLowerCase() === origin &&
      (clientId === null ||
        (clients.length
          ? clients.every((name) => name === clientId)
          : [aud]
              .flat()
              .some(
                (name) =>
                  name === undefined ||
                  name === clientId ||
                  (typeof name === 'string' && /:/.test(name)) ||
                  audiences.includes(name),
              )))
    );
  };

/** Takes whatever looks like a token, whoever issued it. */
export const anyToken: Judge = (value) =>
  typeof value === 'string' && TOKEN.test(value) ? true : undefined;

/**
 * Takes the tokens out of a stored value. A token is a whole value, or a whole string inside JSON
 * (also inside JSON that is itself a string in JSON, as redux-persist writes it); never a part of
 * another text. With a token of ours goes what sits beside it under `access_token`,
 * `refresh_token` or `id_token`; what is not a credential stays.
 *
 * @param byName takes everything under those three names, whether or not it can be read
 * @param key what the value itself is stored under
 * @returns what is left of it: all (`undefined`), nothing (`null`) or the rest
 */
export function withoutTokens(
  text: string,
  judge: Judge,
  byName = false,
  key = '',
): string | null | undefined {
  if (judge(text) || (byName && text && TOKEN_NAME.test(key))) return null;
  if (!(byName ? /eyJ|token/i : /eyJ/).test(text)) return undefined;
  let ours = byName;
  let foreign = false;
  let changed = false;
  /** Holders from which something was taken. */
  const touched = new Set<unknown>();

  const walk = (json: string, prune: boolean): unknown =>
    JSON.parse(json, function (this: unknown, _key: string, value: unknown) {
      if (typeof value === 'string') {
        const verdict = judge(value);
        ours ||= !!verdict;
        foreign ||= verdict === false;
        const inner = /^[[{]/.test(value) && inside(value, prune);
        if (!inner) return value;
        if (inner.rest === undefined) touched.add(this);
        return inner.rest;
      }
      if (!prune || !value || typeof value !== 'object') return value;
      const node = value as Record<string, unknown>;
      const beside = Object.values(node).some((one) => judge(one));
      for (const [name, one] of Object.entries(node)) {
        const verdict = judge(one);
        const named =
          TOKEN_NAME.test(name) && typeof one === 'string' && (byName || beside || !foreign);
        if (verdict || (named && verdict !== false)) {
          delete node[name];
          touched.add(node);
          changed = true;
        }
      }
      if (!touched.has(node)) return node;
      // The visit to an array leaves holes, which `filter` passes over.
      const rest = Array.isArray(node) ? node.filter(() => true) : node;
      if (!Object.keys(rest).every((name) => ABOUT_TOKENS.test(name))) return rest;
      touched.add(this);
      return undefined;
    });
  /** The same for JSON that is a string in JSON. */
  const inside = (json: string, prune: boolean): { rest?: string } | null => {
    const before = changed;
    changed = false;
    try {
      const rest = walk(json, prune);
      return changed ? (rest === undefined ? {} : { rest: JSON.stringify(rest) }) : null;
    } catch {
      return null;
    } finally {
      changed ||= before;
    }
  };

  try {
    walk(text, false);
    if (!ours) return undefined;
    // In a box, so that a value that is nothing but a JSON string is taken like any other.
    const box = walk(`{"rest":${text}}`, true) as { rest?: unknown } | undefined;
    const rest = box?.rest;
    return changed ? (rest === undefined ? null : JSON.stringify(rest)) : undefined;
  } catch {
    return undefined;
  }
}
