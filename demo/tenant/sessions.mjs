/**
 * @typedef {import('./types.d.mts').Context} Context
 * @typedef {import('./types.d.mts').OidcProvider} OidcProvider
 */

/**
 * Reads the session of the browser that asks.
 *
 * @param {OidcProvider} provider
 * @param {Context} ctx
 */
export async function readSession(provider, ctx) {
  const session = await provider.Session.get(ctx);
  return session.accountId ? session : null;
}

/**
 * Ends the session of the browser that asks, for every application. No token is revoked.
 *
 * @param {OidcProvider} provider
 * @param {Context} ctx
 */
export async function endSession(provider, ctx) {
  const session = await readSession(provider, ctx);
  await session?.destroy();
  ctx.cookies.set(provider.cookieName('session'), null, { httpOnly: true, sameSite: 'lax' });
}

/**
 * Answers `GET /__session`: whether the browser that asks is logged in here, from the server's own
 * records. For the demo page, which shows it, and for tests.
 *
 * @param {OidcProvider} provider
 * @param {import('./accounts.mjs').Accounts} accounts
 * @param {readonly string[]} origins who may ask
 * @returns {import('./types.d.mts').Middleware}
 */
export const sessionEndpoint = (provider, accounts, origins) => async (ctx, next) => {
  if (ctx.path !== '/__session') return next();
  if (!allowOrigin(ctx, origins)) return;
  const session = await readSession(provider, ctx);
  const account = accounts.get(session?.accountId);
  ctx.body = session
    ? { alive: true, user: { name: account?.name, sub: session.accountId } }
    : { alive: false };
};

/**
 * Lets the pages of some origins read an answer, with the browser's cookies.
 *
 * @param {Context} ctx
 * @param {readonly string[]} origins
 * @returns {boolean} whether to go on; if not, the answer is complete
 */
export function allowOrigin(ctx, origins) {
  const origin = ctx.get('Origin');
  ctx.set('Vary', 'Origin');
  ctx.set('Cache-Control', 'no-store');
  if (origin && !origins.includes(origin)) {
    ctx.status = 403;
    ctx.body = { error: `The origin ${origin} is not one of appOrigins.` };
    return false;
  }
  if (origin) {
    ctx.set('Access-Control-Allow-Origin', origin);
    ctx.set('Access-Control-Allow-Credentials', 'true');
  }
  if (ctx.method !== 'OPTIONS') return true;
  ctx.set('Access-Control-Allow-Methods', 'GET, POST');
  ctx.set('Access-Control-Allow-Headers', 'Content-Type');
  ctx.status = 204;
  return false;
}
