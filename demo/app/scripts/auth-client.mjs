import { createAuth0Client } from '/vendor/auth0-spa-js/auth0-spa-js.production.esm.js';

/** auth0-spa-js as an application would set it up, in one of its four cache modes. */
export function createClient(config, mode) {
  return createAuth0Client({
    domain: config.domain,
    clientId: config.clientId,
    cacheLocation: mode.cache,
    useRefreshTokens: mode.refresh === 'on',
    useRefreshTokensFallback: true,
    // The built-in worker is a blob:, which this page's policy does not allow.
    workerUrl: '/vendor/auth0-spa-js/auth0-spa-js.worker.production.js',
    authorizationParams: { redirect_uri: `${location.origin}/` },
  });
}

/** Finishes a login when the tenant has just sent somebody back. */
export async function finishLogin(client) {
  const answer = new URLSearchParams(location.search);
  if (!answer.has('state') || !(answer.has('code') || answer.has('error'))) return;
  try {
    await client.handleRedirectCallback();
  } finally {
    history.replaceState(null, '', '/');
  }
}
