/**
 * Carries a request for offline_access past the check that drops it, and answers a silent iframe
 * with 200 whatever the answer, as Auth0 does: a refusal is no error of the page's.
 *
 * @type {import('./types.d.mts').Middleware}
 */
export async function authorizeLikeAuth0(ctx, next) {
  if (ctx.path !== '/authorize') return next();
  const query = new URLSearchParams(ctx.querystring);
  query.delete('offline');
  if (query.get('scope')?.split(' ').includes('offline_access')) query.set('offline', '1');
  ctx.querystring = query.toString();
  await next();
  if (query.get('response_mode') === 'web_message' && ctx.status === 400) ctx.status = 200;
}
