import { loadOidcProvider } from './quiet.mjs';
import { sendPage, errorPage } from './pages.mjs';

/**
 * @typedef {import('./types.d.mts').Context} Context
 * @typedef {import('./types.d.mts').OidcProvider} OidcProvider
 * @typedef {import('./pages.mjs').Site} Site
 */

const DAY = 24 * 60 * 60;
export const SCOPES = ['openid', 'profile', 'email', 'offline_access'];

/**
 * Starts from what the tenant and the identity provider have in common. Every hook that
 * oidc-provider prints a notice about is set.
 *
 * @param {object} options
 * @param {string} options.issuer
 * @param {Site} options.site
 * @param {string} options.cookies what the names of this server's cookies start with
 * @param {import('./store.mjs').Store} options.store
 * @param {import('./keys.mjs').Jwk} options.jwk
 * @param {import('./accounts.mjs').Accounts} options.accounts
 * @param {readonly object[]} options.clients
 * @param {string} options.loginPath below which the login pages are
 * @param {number} options.accessTokenTtl
 * @param {(ctx: Context, form: string) => void} options.logoutSource
 * @param {(ctx: Context) => Promise<void> | void} options.postLogoutSuccessSource
 * @param {object} options.features
 * @param {object} options.settings
 * @returns {Promise<OidcProvider>}
 */
export async function createProvider(options) {
  const { Provider } = await loadOidcProvider();
  const { issuer, site, cookies, store, accounts } = options;

  /** @type {OidcProvider} */
  const provider = new Provider(issuer, {
    adapter: store.adapter,
    clients: [...options.clients],
    jwks: { keys: [options.jwk] },
    findAccount: accounts.findAccount,
    scopes: SCOPES,
    claims: {
      openid: ['sub'],
      profile: ['name', 'nickname'],
      email: ['email', 'email_verified'],
    },
    conformIdTokenClaims: false, // name and email are in the ID token, as at Auth0
    clockTolerance: 0,
    cookies: {
      // Cookies ignore ports, and both servers are on localhost.
      names: {
        session: cookies,
        interaction: `${cookies}_interaction`,
        resume: `${cookies}_resume`,
      },
      long: { httpOnly: true, sameSite: 'lax' },
      short: { httpOnly: true, sameSite: 'lax' },
    },
    ttl: {
      AccessToken: options.accessTokenTtl,
      AuthorizationCode: 60,
      IdToken: 10 * 60 * 60,
      RefreshToken: 30 * DAY,
      Interaction: 60 * 60,
      Session: 14 * DAY,
      Grant: 30 * DAY,
    },
    // A session that ends takes no token with it, at Auth0: revoking them is somebody's own job.
    expiresWithSession: async () => false,
    renderError: (/** @type {Context} */ ctx, /** @type {Record<string, string>} */ out) =>
      sendPage(ctx, errorPage(site, `${out.error}: ${out.error_description ?? ''}`)),
    interactions: {
      url: (/** @type {unknown} */ _ctx, /** @type {{ uid: string }} */ { uid }) =>
        `${options.loginPath}/${uid}`,
    },
    ...options.settings,
    features: {
      devInteractions: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      dPoP: { enabled: false },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: options.logoutSource,
        postLogoutSuccessSource: options.postLogoutSuccessSource,
      },
      ...options.features,
    },
  });

  // Auth0 puts the session's id into every ID token; /oidc/logout takes it as logout_hint.
  provider.Client.prototype.includeSid = () => true;
  provider.on('server_error', (/** @type {Context} */ _ctx, /** @type {Error} */ error) =>
    console.error(site.name, error),
  );
  return provider;
}

/**
 * Ends a login at the server: the browser goes on to where oidc-provider waits for it.
 *
 * @param {OidcProvider} provider
 * @param {Context} ctx
 * @param {import('./types.d.mts').Interaction} interaction
 * @param {object} login
 * @param {string} login.path of the login page
 * @param {string} login.accountId
 * @param {{ sid: string }} [login.upstream] for the hooks that run when the login resumes
 */
export async function completeLogin(provider, ctx, interaction, { path, accountId, upstream }) {
  if (interaction.session && interaction.session.accountId !== accountId) {
    // Somebody else: a session of their own, and none of the first person's tokens revoked.
    const session = await provider.Session.findByUid(interaction.session.uid);
    await session?.destroy();
    interaction.session = undefined;
  }
  interaction.result = {
    ...interaction.lastSubmission,
    ...(interaction.prompt.name === 'consent' ? { consent: {} } : { login: { accountId } }),
    upstream,
  };
  await interaction.persist();
  ctx.cookies.set(provider.cookieName('interaction'), null, { path, sameSite: 'lax' });
  ctx.status = 303;
  ctx.redirect(interaction.returnTo);
}
