import { createAccounts, idpUsers } from './accounts.mjs';
import { signingKey } from './keys.mjs';
import { loginPages } from './login-pages.mjs';
import { consentPage, homePage, messagePage, sendPage, submittingPage } from './pages.mjs';
import { createProvider } from './provider.mjs';
import { sessionEndpoint } from './sessions.mjs';
import { createStore } from './store.mjs';

const LOGIN_PATH = '/login';

/**
 * Makes Example IdP: a second, unrelated OpenID provider, whose only client is the tenant.
 *
 * @param {object} options
 * @param {string} options.idpUrl
 * @param {string} options.tenantUrl
 * @param {string} options.upstreamSecret
 * @param {readonly string[]} options.appOrigins
 * @param {import('./traffic.mjs').Traffic} options.traffic
 */
export async function createIdentityProvider(options) {
  const { idpUrl, tenantUrl, upstreamSecret, appOrigins } = options;
  const site = {
    name: 'Example IdP',
    role: 'an identity provider upstream of the tenant',
    hue: 168,
    origin: idpUrl,
  };
  const store = createStore();
  const accounts = createAccounts(
    idpUsers.map(({ id, name, email }) => ({ sub: id, name, email })),
  );

  const provider = await createProvider({
    issuer: `${idpUrl}/`,
    site,
    cookies: `idp_${new URL(idpUrl).port}`,
    store,
    jwk: await signingKey('idp'),
    accounts,
    loginPath: LOGIN_PATH,
    accessTokenTtl: 3600,
    clients: [
      {
        client_id: 'local-tenant',
        client_name: 'Local tenant',
        client_secret: upstreamSecret,
        token_endpoint_auth_method: 'client_secret_post',
        redirect_uris: [`${tenantUrl}/login/callback`],
        post_logout_redirect_uris: [`${tenantUrl}/logout`],
      },
    ],
    logoutSource: (ctx, form) => {
      const { params, session, client } = ctx.oidc;
      const known = client && params.logout_hint === session.sidFor(client.clientId);
      sendPage(ctx, known ? submittingPage(site, form) : consentPage(site, form, '/'));
    },
    postLogoutSuccessSource: (ctx) =>
      sendPage(ctx, messagePage(site, 'Logged out', `You are logged out of ${site.name}.`)),
    features: { resourceIndicators: { enabled: false } },
    settings: {
      responseTypes: ['code'],
      loadExistingGrant: async (/** @type {import('./types.d.mts').Context} */ { oidc }) => {
        const clientId = oidc.client?.clientId ?? '';
        const grant = new provider.Grant({ accountId: oidc.account.accountId, clientId });
        grant.addOIDCScope('openid profile email');
        await grant.save();
        return grant;
      },
      clientBasedCORS: () => false,
    },
  });

  provider
    .use(options.traffic.apply)
    .use(sessionEndpoint(provider, accounts, appOrigins))
    .use(
      loginPages({
        provider,
        site,
        path: LOGIN_PATH,
        users: idpUsers,
        subPrefix: '',
        appName: () => 'the local tenant',
      }),
    )
    .use(homePage(site));

  return { provider, store };
}
