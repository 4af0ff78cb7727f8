import { parseAllowedLogoutUrls } from './allowed-logout-urls.mjs';

/**
 * @typedef {object} ClientSettings an application as one registers it in the Dashboard
 * @property {string} clientId
 * @property {string} [name]
 * @property {readonly string[]} [callbacks] exact URLs, or `https://host/*` for every path of an
 *   origin (which Auth0 does not offer); default: every path of every `appOrigins`
 * @property {string | readonly string[]} [allowedLogoutUrls] default: `/`, `/bye.html` and the bare
 *   origin of every `appOrigins`
 * @property {readonly string[]} [webOrigins] default: `appOrigins`
 *
 * @typedef {object} Client
 * @property {string} clientId
 * @property {string} name
 * @property {readonly string[]} callbacks
 * @property {readonly string[]} allowedLogoutUrls
 * @property {readonly string[]} webOrigins
 */

/**
 * Two applications, the id of one a prefix of the other's: what matches ids by substring fails.
 *
 * @type {readonly ClientSettings[]}
 */
export const defaultClients = [
  { clientId: 'demo-app', name: 'Demo app' },
  { clientId: 'demo-app-2', name: 'Second demo app' },
];

/** @param {readonly string[]} appOrigins */
export const defaultLogoutUrls = (appOrigins) =>
  appOrigins.flatMap((origin) => [`${origin}/`, `${origin}/bye.html`, origin]);

/**
 * @param {readonly ClientSettings[]} settings
 * @param {readonly string[]} appOrigins
 * @returns {Map<string, Client>}
 */
export function registerClients(settings, appOrigins) {
  return new Map(
    settings.map((client) => [
      client.clientId,
      {
        clientId: client.clientId,
        name: client.name ?? client.clientId,
        callbacks: client.callbacks ?? appOrigins.map((origin) => `${origin}/*`),
        allowedLogoutUrls: parseAllowedLogoutUrls(
          client.allowedLogoutUrls ?? defaultLogoutUrls(appOrigins),
        ),
        webOrigins: client.webOrigins ?? appOrigins,
      },
    ]),
  );
}

/** @param {Client} client @param {string} url */
export function isCallback({ callbacks }, url) {
  return callbacks.some((callback) => {
    if (!callback.endsWith('/*')) return url === callback;
    const origin = callback.slice(0, -2);
    return url === origin || url.startsWith(`${origin}/`);
  });
}

/**
 * A public client with PKCE and rotating refresh tokens, in oidc-provider's words.
 *
 * @param {Client} client
 */
export const clientMetadata = ({ clientId, name, callbacks }) => ({
  client_id: clientId,
  client_name: name,
  application_type: 'web',
  token_endpoint_auth_method: 'none',
  grant_types: ['authorization_code', 'refresh_token'],
  response_types: ['code'],
  // It wants some; what is allowed is decided by isCallback.
  redirect_uris: callbacks.map((callback) => callback.replace(/\*$/, '')),
});
