// An application as its users write one. What it does is in the query, as words between dots:
//   localstorage | memory, rt | iframe   auth0-spa-js's cache modes
//   nosession      without auth0-logout, as a page that does it by hand
//   plain          auth0-logout without the client
//   wrapped        auth0-logout with an object that nobody logs in with, as a framework hands it out
//   second         the client whose id begins with the first one's
//   oidc           /oidc/logout
//   stay           onOtherTabLogout does nothing
//   dpop           auth0-spa-js binds its tokens to a key
//   late           the session is created after the callback was handled
//   onlyin         and only where somebody is signed in, as by a button that only they see
import { Auth0Client } from '/spa/auth0-spa-js.production.esm.js';
import * as auth0Logout from '/dist/index.mjs';

const settings = location.search.slice(1).split(/[&=]/)[0];
const has = (word) => settings.split('.').includes(word);
const { domain } = await (await fetch('/config.json')).json();
const clientId = has('second') ? 'demo-app-2' : 'demo-app';

const client = new Auth0Client({
  domain,
  clientId,
  cacheLocation: has('localstorage') ? 'localstorage' : 'memory',
  useRefreshTokens: has('rt'),
  useDpop: has('dpop'),
  authorizationParams: { redirect_uri: `${location.origin}/callback?${settings}` },
  ...window.moreClientOptions,
});
window.onClient?.(client);
const app = { client, clientId, domain, settings, auth0Logout, events: [], warnings: [] };
window.app = app;

/** Tells what the client holds and grants. */
app.whoIsThere = async () => ({
  user: (await client.getUser()) ?? null,
  claims: (await client.getIdTokenClaims()) ?? null,
  token: await client.getTokenSilently().then(
    () => 'a token',
    (error) => error.error,
  ),
});

/** What auth0-react hands out: methods of the client, and a state instead of `isAuthenticated()`. */
const wrapped = (isAuthenticated) => ({
  isAuthenticated,
  logout: (options) => client.logout(options),
  getAccessTokenSilently: (options) => client.getTokenSilently(options),
  getIdTokenClaims: () => client.getIdTokenClaims(),
  loginWithRedirect: (options) => client.loginWithRedirect(options),
  handleRedirectCallback: (url) => client.handleRedirectCallback(url),
  createFetcher: (config) => client.createFetcher(config),
});

/** @param isAuthenticated what is known of that by now */
const start = (isAuthenticated = false) => {
  if (has('nosession') || (has('onlyin') && !isAuthenticated)) return;
  app.handedOut = has('wrapped') ? wrapped(isAuthenticated) : client;
  app.session = auth0Logout.createLogout({
    domain,
    clientId,
    returnTo: `/bye?${settings}`,
    allowedLogoutUrls: [`${location.origin}/bye`, `${location.origin}/bye?${settings}`],
    endpoint: has('oidc') ? 'oidc' : 'v2',
    ...(!has('plain') && { auth0Client: app.handedOut }),
    ...(has('stay') && { onOtherTabLogout: () => {} }),
    onWarning: (text) => app.warnings.push(text),
    ...window.moreConfig,
  });
  window.onSession?.(app.session);
  app.session.onLogout((event) => {
    app.events.push(event);
    window.onLogoutEvent?.(event);
  });
};

if (!has('late')) start();
app.ready = (async () => {
  try {
    if (/[?&](code|error)=/.test(location.search)) {
      await client.handleRedirectCallback();
      history.replaceState(null, '', `/home?${settings}`);
    } else await client.checkSession();
  } catch (error) {
    app.failure = error.error ?? error.message;
  }
  if (has('late')) start(await client.isAuthenticated());
  const user = await client.getUser();
  document.querySelector('#private').textContent = user
    ? `Signed in as ${user.name}`
    : 'Signed out';
  document.body.dataset.ready = user ? 'in' : 'out';
})();
