import { databaseUsers, createAccounts } from './accounts.mjs';
import { API_SCOPES, asAuth0Token, audiences, resourceOf } from './audiences.mjs';
import { authorizeLikeAuth0 } from './authorize.mjs';
import { clientMetadata, isCallback } from './clients.mjs';
import { signingKey, verifyJwt } from './keys.mjs';
import { loginPages, upstreamCallback, userinfoForJwts } from './login-pages.mjs';
import { createLogoutEndpoints } from './logout-endpoints.mjs';
import { consentPage, homePage, sendPage, submittingPage } from './pages.mjs';
import { createPendingLogouts } from './pending-logouts.mjs';
import { createProvider, SCOPES } from './provider.mjs';
import { sessionEndpoint } from './sessions.mjs';
import { createStore } from './store.mjs';
import { createUpstream } from './upstream.mjs';

/**
 * @typedef {import('./types.d.mts').Context} Context
 * @typedef {{ kind: 'access' | 'refresh' | 'id', value: string, clientId: string }} IssuedToken
 */

const LOGIN_PATH = '/u/login';

/**
 * Makes the local tenant: oidc-provider with Auth0's paths, and what Auth0 has besides.
 *
 * @param {object} options
 * @param {string} options.tenantUrl
 * @param {string} options.idpUrl
 * @param {string} options.upstreamSecret
 * @param {Map<string, import('./clients.mjs').Client>} options.clients
 * @param {readonly string[]} options.tenantLogoutUrls
 * @param {readonly string[]} options.appOrigins
 * @param {number} options.accessTokenTtl
 * @param {import('./traffic.mjs').Traffic} options.traffic
 * @param {AbortSignal} options.signal
 */
export async function createTenant(options) {
  const { tenantUrl, idpUrl, clients, appOrigins, signal } = options;
  const issuer = `${tenantUrl}/`;
  const cookies = `tenant_${new URL(tenantUrl).port}`;
  const site = {
    name: 'Local tenant',
    role: 'stands in for Auth0',
    hue: 262,
    origin: tenantUrl,
  };
  const store = createStore();
  const jwk = await signingKey('tenant');
  const accounts = createAccounts(
    databaseUsers.map(({ id, name, email }) => ({ sub: `auth0|${id}`, name, email })),
  );
  const upstream = createUpstream({
    issuer: `${idpUrl}/`,
    clientId: 'local-tenant',
    clientSecret: options.upstreamSecret,
    redirectUri: `${tenantUrl}/login/callback`,
    signal,
  });
  const pending = createPendingLogouts(`${cookies}_logout`);
  /** @type {Map<string, string>} a session's uid to the session at the identity provider */
  const upstreamSids = new Map();
  /** @type {IssuedToken[]} */
  const issued = [];

  /** Grants everything that is asked: applications of the tenant itself need no consent. */
  async function loadExistingGrant(/** @type {Context} */ { oidc }) {
    const clientId = oidc.client?.clientId ?? '';
    if (oidc.result?.upstream) upstreamSids.set(oidc.session.uid, oidc.result.upstream.sid);
    // oidc-provider drops offline_access where nobody was asked for consent.
    if (oidc.params.offline) oidc.params.scope = `${oidc.params.scope} offline_access`;
    // One grant per login, so that revoking a refresh token ends its own family and no other.
    const grant = new provider.Grant({ accountId: oidc.account.accountId, clientId });
    grant.addOIDCScope(SCOPES.join(' '));
    const resource = resourceOf(oidc.params.audience);
    if (resource) grant.addResourceScope(resource, API_SCOPES);
    await grant.save();
    return grant;
  }

  const provider = await createProvider({
    issuer,
    site,
    cookies,
    store,
    jwk,
    accounts,
    loginPath: LOGIN_PATH,
    clients: [...clients.values()].map(clientMetadata),
    accessTokenTtl: options.accessTokenTtl,
    logoutSource: (ctx, form) =>
      sendPage(
        ctx,
        endpoints.isKnownSession(ctx)
          ? submittingPage(site, form)
          : consentPage(site, form, '/oidc/logout/kept'),
      ),
    postLogoutSuccessSource: (ctx) => endpoints.finish(ctx),
    features: {
      webMessageResponseMode: { enabled: true, ack: 'individual-draft-01' },
      revocation: {
        enabled: true,
        allowedPolicy: async (
          /** @type {Context} */ _ctx,
          /** @type {{ clientId: string }} */ client,
          /** @type {{ clientId: string }} */ token,
        ) => token.clientId === client.clientId,
      },
      resourceIndicators: audiences,
    },
    settings: {
      routes: {
        authorization: '/authorize',
        token: '/oauth/token',
        revocation: '/oauth/revoke',
        userinfo: '/userinfo',
        jwks: '/.well-known/jwks.json',
        end_session: '/oidc/logout',
      },
      responseTypes: ['code'],
      extraParams: ['audience', 'connection', 'offline'],
      loadExistingGrant,
      rotateRefreshToken: true,
      issueRefreshToken: async (
        /** @type {Context} */ _ctx,
        /** @type {{ grantTypeAllowed: (type: string) => boolean }} */ client,
        /** @type {{ scopes: Set<string> }} */ code,
      ) => client.grantTypeAllowed('refresh_token') && code.scopes.has('offline_access'),
      clientBasedCORS: (
        /** @type {Context} */ _ctx,
        /** @type {string} */ origin,
        /** @type {{ clientId: string }} */ { clientId },
      ) => clients.get(clientId)?.webOrigins.includes(origin) ?? false,
      formats: { customizers: { jwt: asAuth0Token } },
    },
  });

  provider.Client.prototype.redirectUriAllowed = function (/** @type {string} */ url) {
    const client = clients.get(this.clientId);
    return client !== undefined && isCallback(client, url);
  };

  provider.on('grant.success', (/** @type {Context} */ { oidc, body }) => {
    const answer = /** @type {Record<string, string | undefined>} */ (body);
    for (const kind of /** @type {const} */ (['access', 'refresh', 'id'])) {
      const value = answer[`${kind}_token`];
      if (value) issued.push({ kind, value, clientId: oidc.client?.clientId ?? '' });
    }
  });

  const endpoints = createLogoutEndpoints({
    provider,
    site,
    clients,
    tenantLogoutUrls: options.tenantLogoutUrls,
    upstream,
    pending,
    upstreamSidOf: (session) => session?.uid && upstreamSids.get(session.uid),
    // An expired ID token is still good as a hint.
    verifyIdToken: (token) => verifyJwt(token, [jwk], { issuer, evenExpired: true }),
  });
  const onLogin = (/** @type {Context} */ ctx) => void pending.take(ctx);

  provider
    .use(options.traffic.apply)
    .use(sessionEndpoint(provider, accounts, appOrigins))
    .use(endpoints.middleware)
    .use(
      loginPages({
        provider,
        site,
        path: LOGIN_PATH,
        users: databaseUsers,
        subPrefix: 'auth0|',
        appName: (clientId = '') => clients.get(clientId)?.name ?? clientId,
        connection: {
          name: 'example-idp',
          label: 'Example IdP',
          start: upstream.authorizationUrl,
        },
        onLogin,
      }),
    )
    .use(
      upstreamCallback({
        provider,
        site,
        upstream,
        accounts,
        path: LOGIN_PATH,
        subPrefix: 'oidc|example-idp|',
        onLogin,
      }),
    )
    .use(userinfoForJwts(accounts, (token) => verifyJwt(token, [jwk], { issuer })))
    .use(authorizeLikeAuth0)
    .use(homePage(site));

  return {
    provider,
    store,
    issuedTokens: () => [...issued],
    /** @param {string} token */
    isRefreshTokenAlive: (token) => {
      const record = store.peek('RefreshToken', token);
      return record !== undefined && !record.consumed && Number(record.exp) > Date.now() / 1000;
    },
  };
}
