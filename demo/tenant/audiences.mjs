import { SCOPES } from './provider.mjs';

/** @typedef {import('./types.d.mts').Context} Context */

/** What an access token for an API may be good for, besides telling who the user is. */
export const API_SCOPES = [...SCOPES, 'read:messages', 'write:messages'].join(' ');

/**
 * Auth0's `audience`, as oidc-provider's resource indicators: any audience that is asked for is an
 * API of the tenant, and gets JWTs.
 */
export const audiences = {
  enabled: true,
  defaultResource: async (
    /** @type {Context} */ ctx,
    /** @type {unknown} */ _client,
    /** @type {string[] | undefined} */ several,
  ) => several?.[0] ?? resourceOf(ctx.oidc.params.audience),
  // Auth0 names the audience in the first request only.
  useGrantedResource: async () => true,
  getResourceServerInfo: async (/** @type {Context} */ _ctx, /** @type {string} */ resource) => ({
    scope: API_SCOPES,
    audience: audienceOf(resource),
    accessTokenFormat: 'jwt',
    jwt: { sign: { alg: 'RS256' } },
  }),
};

/**
 * Makes an access token as Auth0 does: with azp where others have client_id, and good for /userinfo
 * besides the API.
 *
 * @param {Context} _ctx
 * @param {unknown} _token
 * @param {{ payload: Record<string, unknown> }} jwt
 */
export function asAuth0Token(_ctx, _token, { payload }) {
  payload.azp = payload.client_id;
  payload.aud = [payload.aud, `${payload.iss}userinfo`];
  delete payload.client_id;
}

// oidc-provider wants an audience to be a URL; Auth0 takes any word.
const WORD = 'urn:audience:';

/** @param {string | undefined} audience */
export const resourceOf = (audience) =>
  !audience || URL.canParse(audience) ? audience || undefined : WORD + encodeURIComponent(audience);

/** @param {string} resource */
const audienceOf = (resource) =>
  resource.startsWith(WORD) ? decodeURIComponent(resource.slice(WORD.length)) : resource;
