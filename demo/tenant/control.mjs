import { allowOrigin } from './sessions.mjs';

/**
 * @typedef {import('./traffic.mjs').Behaviour} Behaviour
 * @typedef {{ store: import('./store.mjs').Store }} Server
 * @typedef {Server & { issuedTokens: () => import('./tenant.mjs').IssuedToken[], isRefreshTokenAlive: (token: string) => boolean }} Tenant
 */

/**
 * Puts together what tests and the demo page hold the servers by.
 *
 * @param {{ tenant: Tenant, idp: Server, tenantTraffic: import('./traffic.mjs').Traffic, idpTraffic: import('./traffic.mjs').Traffic }} servers
 */
export function createControl({ tenant, idp, tenantTraffic, idpTraffic }) {
  const { behave, reset, requests, forget, waitFor } = tenantTraffic;

  return {
    behave,
    reset,
    requests,
    forget,
    waitFor,
    issuedTokens: tenant.issuedTokens,
    isRefreshTokenAlive: tenant.isRefreshTokenAlive,

    /** Who is logged in where, in all browsers. */
    sessions: () => ({ tenant: subsOf(tenant.store), idp: subsOf(idp.store) }),

    /** Ends all sessions of a server, as an administrator would. @param {'tenant' | 'idp'} server */
    endSessions: (server) => (server === 'tenant' ? tenant : idp).store.removeAll('Session'),

    /** The same for the identity provider's own paths. */
    idp: {
      behave: idpTraffic.behave,
      reset: idpTraffic.reset,
      requests: idpTraffic.requests,
      forget: idpTraffic.forget,
      waitFor: idpTraffic.waitFor,
    },
  };
}

/** @typedef {ReturnType<typeof createControl>} Control */

/** @param {import('./store.mjs').Store} store */
const subsOf = (store) => store.list('Session').flatMap(({ accountId }) => accountId ?? []);

/**
 * Answers `POST /__control` for the demo page: `{ action: 'behave', path, … }`,
 * `{ action: 'reset' }` or `{ action: 'requests' }`.
 *
 * @param {Control} control
 * @param {readonly string[]} origins who may
 * @returns {import('./types.d.mts').Middleware}
 */
export const controlEndpoint = (control, origins) => async (ctx, next) => {
  if (ctx.path !== '/__control') return next();
  if (!allowOrigin(ctx, origins)) return;
  ctx.status = 400;
  ctx.body = { error: 'POST {"action": "behave" | "reset" | "requests"} from an app origin.' };
  // A page of another site can send a form without a preflight, but not with a listed origin.
  if (ctx.method !== 'POST' || !ctx.get('Origin')) return;
  const form = ctx.req.form ?? new URLSearchParams();
  const action = form.get('action');
  const path = form.get('path');
  if (action === 'behave' && path) control.behave(path, behaviourOf(form));
  else if (action === 'reset') control.reset();
  else if (action !== 'requests') return;
  ctx.status = 200;
  ctx.body = { requests: control.requests() };
};

/** @param {URLSearchParams} form @returns {Behaviour} */
function behaviourOf(form) {
  /** @param {string} name */
  const number = (name) => {
    const value = Number(form.get(name) ?? NaN);
    return Number.isInteger(value) ? value : undefined;
  };
  return {
    delayMs: number('delayMs'),
    status: number('status'),
    times: number('times'),
    hang: form.get('hang') === 'true',
    hold: form.get('hold') === 'response' ? 'response' : 'request',
    error: form.get('error') ?? undefined,
  };
}
