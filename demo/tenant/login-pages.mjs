import { claimsOf } from './accounts.mjs';
import { completeLogin } from './provider.mjs';
import { errorPage, loginPage, sendPage } from './pages.mjs';

/**
 * @typedef {import('./types.d.mts').Context} Context
 * @typedef {import('./types.d.mts').Middleware} Middleware
 * @typedef {import('./types.d.mts').OidcProvider} OidcProvider
 */

/**
 * Serves a login page with one button per user below `path`, and ends the login.
 *
 * @param {object} options
 * @param {OidcProvider} options.provider
 * @param {import('./pages.mjs').Site} options.site
 * @param {string} options.path
 * @param {readonly import('./accounts.mjs').User[]} options.users
 * @param {string} options.subPrefix what a user's `sub` starts with
 * @param {(clientId: string | undefined) => string} options.appName
 * @param {{ name: string, label: string, start: (uid: string) => Promise<string> }} [options.connection]
 *   another way in
 * @param {(ctx: Context) => void} [options.onLogin]
 * @returns {Middleware}
 */
export function loginPages(options) {
  const { provider, site, path, users, subPrefix, appName, connection, onLogin } = options;

  return async (ctx, next) => {
    if (!ctx.path.startsWith(`${path}/`)) return next();
    const uid = ctx.path.slice(path.length + 1);
    const interaction = await provider.Interaction.find(uid);
    if (!interaction) {
      ctx.status = 400;
      return sendPage(ctx, errorPage(site, 'This login has expired. Start again at the app.'));
    }
    const { prompt, params, session } = interaction;
    if (prompt.name === 'consent' && session) {
      const { accountId } = session; // the tenant's own applications need no consent
      return completeLogin(provider, ctx, interaction, { path: ctx.path, accountId });
    }

    const chosen = ctx.req.form?.get('connection') ?? params.connection;
    if (connection && chosen === connection.name) {
      ctx.status = 303;
      return ctx.redirect(await connection.start(uid));
    }
    const user = users.find(({ id }) => id === ctx.req.form?.get('user'));
    if (user) {
      onLogin?.(ctx);
      const accountId = `${subPrefix}${user.id}`;
      return completeLogin(provider, ctx, interaction, { path: ctx.path, accountId });
    }
    sendPage(ctx, loginPage(site, { app: appName(params.client_id), users, connection }));
  };
}

/**
 * Serves `/login/callback`, where the identity provider sends people back to.
 *
 * @param {object} options
 * @param {OidcProvider} options.provider
 * @param {import('./pages.mjs').Site} options.site
 * @param {import('./upstream.mjs').Upstream} options.upstream
 * @param {import('./accounts.mjs').Accounts} options.accounts
 * @param {string} options.path of the login pages
 * @param {string} options.subPrefix
 * @param {(ctx: Context) => void} options.onLogin
 * @returns {Middleware}
 */
export const upstreamCallback = (options) => async (ctx, next) => {
  const { provider, site, upstream, accounts, path, subPrefix, onLogin } = options;
  if (ctx.path !== '/login/callback') return next();
  try {
    const login = await upstream.finish(new URLSearchParams(ctx.querystring));
    const interaction = await provider.Interaction.find(login.uid);
    if (!interaction) throw new Error('This login has expired. Start again at the app.');
    const account = { sub: `${subPrefix}${login.sub}`, name: login.name, email: login.email };
    accounts.add(account);
    onLogin(ctx);
    // oidc-provider checks that this is the browser which started: its cookie has to be there.
    await completeLogin(provider, ctx, interaction, {
      path: `${path}/${login.uid}`,
      accountId: account.sub,
      upstream: { sid: login.sid },
    });
  } catch (error) {
    ctx.status = 400;
    sendPage(ctx, errorPage(site, error instanceof Error ? error.message : String(error)));
  }
};

/**
 * Serves /userinfo for access tokens that are JWTs, which oidc-provider leaves to the API that they
 * are for; at Auth0 they open both.
 *
 * @param {import('./accounts.mjs').Accounts} accounts
 * @param {(token: string) => import('./keys.mjs').Claims | null} verify
 * @returns {Middleware}
 */
export const userinfoForJwts = (accounts, verify) => async (ctx, next) => {
  const token = /^Bearer (.+\..+\..+)$/i.exec(ctx.get('Authorization'))?.[1];
  const account = accounts.get(
    ctx.path === '/userinfo' && token ? String(verify(token)?.sub) : undefined,
  );
  if (!account) return next();
  ctx.set('Access-Control-Allow-Origin', '*');
  ctx.set('Cache-Control', 'no-store');
  ctx.body = claimsOf(account);
};
