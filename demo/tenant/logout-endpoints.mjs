import { isAllowedLogoutUrl } from './allowed-logout-urls.mjs';
import { errorPage, messagePage, sendPage } from './pages.mjs';
import { endSession, readSession } from './sessions.mjs';

/**
 * @typedef {import('./types.d.mts').Context} Context
 * @typedef {import('./types.d.mts').Middleware} Middleware
 * @typedef {import('./pending-logouts.mjs').PendingLogout} PendingLogout
 */

const SESSION_NOTE =
  'Whether you are still logged in, Auth0 does not say. This stand-in has ended no session.';

/** A request that no logout can come of; `message` is for the person who is stranded here. */
class RefusedLogout extends Error {}

/**
 * @param {object} options
 * @param {import('./types.d.mts').OidcProvider} options.provider
 * @param {import('./pages.mjs').Site} options.site
 * @param {Map<string, import('./clients.mjs').Client>} options.clients
 * @param {readonly string[]} options.tenantLogoutUrls
 * @param {import('./upstream.mjs').Upstream} options.upstream
 * @param {import('./pending-logouts.mjs').PendingLogouts} options.pending
 * @param {(session: import('./types.d.mts').Session | null) => string | undefined} options.upstreamSidOf
 * @param {(token: string) => import('./keys.mjs').Claims | null} options.verifyIdToken
 */
export function createLogoutEndpoints(options) {
  const { provider, site, clients, tenantLogoutUrls, upstream, pending } = options;
  const callback = new URL('/logout', site.origin).href;

  /** @param {string | undefined} clientId @returns {readonly string[]} */
  function allowedUrls(clientId) {
    if (clientId === undefined) return tenantLogoutUrls;
    const client = clients.get(clientId);
    if (!client) throw new RefusedLogout(`Unknown client: ${clientId}`);
    return client.allowedLogoutUrls;
  }

  /** Sends the browser on, through the identity provider if its session ends too. */
  async function leave(
    /** @type {Context} */ ctx,
    /** @type {PendingLogout} */ { url, upstreamSid },
  ) {
    ctx.status = 302;
    if (upstreamSid !== undefined) {
      pending.put(ctx, { url, upstreamSid: undefined });
      ctx.redirect(await upstream.endSessionUrl(upstreamSid, callback));
    } else if (url !== undefined) {
      ctx.redirect(headerSafe(url));
    } else {
      ctx.status = 200;
      sendPage(ctx, messagePage(site, 'OK', 'You are logged out.'));
    }
  }

  /** `GET /v2/logout` @param {Context} ctx */
  async function v2(ctx) {
    const query = singleValues(new URLSearchParams(ctx.querystring));
    const clientId = query.get('client_id');
    const returnTo = query.get('returnTo');
    const allowed = allowedUrls(clientId);
    if (returnTo !== undefined && !isAllowedLogoutUrl(returnTo, allowed, 'v2')) {
      throw new RefusedLogout(
        `The "returnTo" querystring parameter "${returnTo}" is not defined as a valid URL in ` +
          `"Allowed Logout URLs".`,
      );
    }
    const first = clientId === undefined ? undefined : allowed[0];
    const session = await readSession(provider, ctx);
    // Its presence is the signal: `federated=false` is a federated logout too.
    const upstreamSid = query.has('federated') ? options.upstreamSidOf(session) : undefined;
    await endSession(provider, ctx);
    await leave(ctx, { url: returnTo ?? first, upstreamSid });
  }

  /**
   * `GET` and `POST /oidc/logout`: checks the request by Auth0's rules, then lets oidc-provider ask
   * for consent or not, and end the session.
   *
   * @param {Context} ctx
   * @param {() => Promise<void>} next
   */
  async function oidc(ctx, next) {
    const params = singleValues(
      ctx.method === 'POST'
        ? (ctx.req.form ?? new URLSearchParams())
        : new URLSearchParams(ctx.querystring),
    );
    const idTokenHint = params.get('id_token_hint');
    const claims = idTokenHint === undefined ? undefined : options.verifyIdToken(idTokenHint);
    if (claims === null)
      throw new RefusedLogout('The id_token_hint is not a token of this tenant.');
    const logoutHint = params.get('logout_hint');
    if (claims && logoutHint !== undefined && claims.sid !== logoutHint) {
      throw new RefusedLogout('The logout_hint does not match the sid of the id_token_hint.');
    }
    const clientId = params.get('client_id');
    if (claims && clientId !== undefined && claims.aud !== clientId) {
      throw new RefusedLogout('The client_id does not match the audience of the id_token_hint.');
    }

    const url = params.get('post_logout_redirect_uri');
    const allowed = allowedUrls(claims ? String(claims.aud) : clientId);
    if (url !== undefined && !isAllowedLogoutUrl(url, allowed, 'oidc')) {
      throw new RefusedLogout(
        `The "post_logout_redirect_uri" parameter "${url}" is not defined as a valid URL in ` +
          `"Allowed Logout URLs".`,
      );
    }

    const session = await readSession(provider, ctx);
    const federated =
      ctx.method === 'POST' ? params.get('federated') === 'true' : params.has('federated');
    pending.put(ctx, {
      url: url === undefined ? undefined : withState(url, params.get('state')),
      upstreamSid: federated ? options.upstreamSidOf(session) : undefined,
    });

    const sids = Object.entries(session?.authorizations ?? {}).flatMap(([id, { sid }]) =>
      clientId === undefined || clientId === id ? [sid] : [],
    );
    const sid = claims ? claims.sid : logoutHint;
    knownSession.set(ctx, sid !== undefined && sids.includes(String(sid)));
    // Everything is checked and remembered; what is left for oidc-provider needs no parameters.
    ctx.method = 'GET';
    ctx.url = '/oidc/logout';
    await next();
  }

  /** @type {WeakMap<Context, boolean>} whether a hint named the browser's session */
  const knownSession = new WeakMap();

  /** @type {Record<string, Middleware>} */
  const routes = {
    'GET /v2/logout': v2,
    'GET /oidc/logout': oidc,
    'POST /oidc/logout': oidc,
    'GET /oidc/logout/kept': (ctx) => {
      pending.take(ctx);
      sendPage(ctx, messagePage(site, 'You are still logged in', 'Nothing has changed.'));
    },
    // Where the identity provider sends people back to.
    'GET /logout': (ctx) => finish(ctx),
  };

  /** @param {Context} ctx */
  async function finish(ctx) {
    const logout = pending.take(ctx);
    if (logout) return leave(ctx, logout);
    const lost = 'You are logged out, but the way back to the application has been lost.';
    sendPage(ctx, messagePage(site, 'OK', lost));
  }

  return {
    /** @param {Context} ctx @param {() => Promise<void>} next */
    async middleware(ctx, next) {
      const route = routes[`${ctx.method} ${ctx.path}`];
      if (!route) return next();
      try {
        await route(ctx, next);
      } catch (error) {
        if (!(error instanceof RefusedLogout)) throw error;
        ctx.status = 400;
        sendPage(ctx, errorPage(site, error.message, SESSION_NOTE));
      }
    },

    /** @param {Context} ctx */
    isKnownSession: (ctx) => knownSession.get(ctx) === true,

    /** Called once oidc-provider has ended the session. */
    finish,
  };
}

/** @param {URLSearchParams} params @returns {Map<string, string>} */
function singleValues(params) {
  const repeated = [...params.keys()].find((name) => params.getAll(name).length > 1);
  if (repeated) throw new RefusedLogout(`The parameter "${repeated}" is there more than once.`);
  return new Map(params);
}

/** @param {string} url @param {string | undefined} state */
function withState(url, state) {
  if (state === undefined) return url;
  return `${url}${url.includes('?') ? '&' : '?'}state=${encodeURIComponent(state)}`;
}

/** A header takes ASCII only; what was allowed may have more in its query. */
const headerSafe = (/** @type {string} */ url) => url.replace(/[^\x21-\x7e]+/g, encodeURIComponent);
