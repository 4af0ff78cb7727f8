import { createHash, randomBytes } from 'node:crypto';
import { verifyJwt } from './keys.mjs';

/**
 * @typedef {object} UpstreamLogin what the identity provider says about a login there
 * @property {string} uid the tenant's own login that asked for it
 * @property {string} sub
 * @property {string} name
 * @property {string} email
 * @property {string} sid the session at the identity provider
 */

const random = () => randomBytes(32).toString('base64url');

/**
 * The tenant as an OpenID Connect client of the identity provider: the code flow with PKCE, state
 * and nonce; the code is exchanged from server to server.
 *
 * @param {object} options
 * @param {string} options.issuer
 * @param {string} options.clientId
 * @param {string} options.clientSecret
 * @param {string} options.redirectUri
 * @param {AbortSignal} options.signal ends requests under way
 */
export function createUpstream({ issuer, clientId, clientSecret, redirectUri, signal }) {
  /** @type {Map<string, { uid: string, nonce: string, verifier: string }>} */
  const started = new Map();

  /** @param {string | URL} url @param {RequestInit} [init] */
  async function fetchJson(url, init) {
    const response = await fetch(url, { ...init, signal });
    if (!response.ok) throw new Error(`The identity provider answered ${response.status}.`);
    return response.json();
  }

  /** @type {Promise<Record<string, string>> | undefined} */
  let discovered;
  const discover = () =>
    (discovered ??= fetchJson(new URL('.well-known/openid-configuration', issuer)));

  return {
    /** @param {string} uid of the tenant's own login */
    async authorizationUrl(uid) {
      const state = random();
      const nonce = random();
      const verifier = random();
      started.set(state, { uid, nonce, verifier });
      const url = new URL((await discover()).authorization_endpoint);
      url.search = new URLSearchParams({
        client_id: clientId,
        redirect_uri: redirectUri,
        response_type: 'code',
        scope: 'openid profile email',
        state,
        nonce,
        code_challenge: createHash('sha256').update(verifier).digest('base64url'),
        code_challenge_method: 'S256',
      }).toString();
      return url.href;
    },

    /**
     * @param {URLSearchParams} answer what the browser brought back
     * @returns {Promise<UpstreamLogin>}
     */
    async finish(answer) {
      const state = answer.get('state') ?? '';
      const login = started.get(state);
      started.delete(state);
      if (!login) throw new Error('Nobody here started this login.');
      const code = answer.get('code');
      if (!code) throw new Error(answer.get('error_description') ?? 'No code came back.');
      const { token_endpoint, jwks_uri } = await discover();
      const [tokens, { keys }] = await Promise.all([
        fetchJson(token_endpoint, {
          method: 'POST',
          body: new URLSearchParams({
            grant_type: 'authorization_code',
            code,
            redirect_uri: redirectUri,
            code_verifier: login.verifier,
            client_id: clientId,
            client_secret: clientSecret,
          }),
        }),
        fetchJson(jwks_uri),
      ]);
      const claims = verifyJwt(tokens.id_token, keys, { issuer, audience: clientId });
      if (!claims || claims.nonce !== login.nonce) throw new Error('The ID token is not ours.');
      const { sub, name, email, sid } = /** @type {Record<string, string>} */ (claims);
      return { uid: login.uid, sub, name, email, sid };
    },

    /**
     * Where the browser goes to end the session at the identity provider (RP-Initiated Logout 1.0).
     *
     * @param {string} sid
     * @param {string} returnTo
     */
    async endSessionUrl(sid, returnTo) {
      const url = new URL((await discover()).end_session_endpoint);
      // logout_hint, so that no token gets into a URL.
      url.search = new URLSearchParams({
        client_id: clientId,
        logout_hint: sid,
        post_logout_redirect_uri: returnTo,
      }).toString();
      return url.href;
    },
  };
}

/** @typedef {ReturnType<typeof createUpstream>} Upstream */
