import { demand, LogoutError } from '../errors.js';
import { decodeJwtPart } from './jwt-part.js';
import type { LogoutAddress, LogoutUrlConfig, LogoutUrlOptions } from './logout-url-config.js';
import { FITS, matchAllowed, UNDOCUMENTED } from './match-allowed.js';
import { parseReturnTo } from './return-to.js';
import { withoutQuery } from './shown.js';
import { tenantOrigin } from './tenant-origin.js';

const OIDC_ONLY = [
  ['id_token_hint', 'idTokenHint'],
  ['logout_hint', 'logoutHint'],
  ['state', 'state'],
  ['ui_locales', 'uiLocales'],
] as const;

/**
 * Validates everything and builds the address that a logout navigates to; `base` is the page that
 * a relative `returnTo` is resolved against. See {@link buildLogoutUrl} for rules and errors.
 */
export function resolveLogoutAddress(
  config: LogoutUrlConfig,
  options: LogoutUrlOptions,
  base: string | undefined,
): LogoutAddress {
  const { clientId, allowedLogoutUrls, endpoint = 'v2' } = config;
  const { federated, facebookAccessToken } = options;
  const oidc = endpoint === 'oidc';
  const origin = tenantOrigin(config.domain);
  demand(
    clientId === null || (clientId && typeof clientId === 'string'),
    'clientId must be a string or null.',
  );
  demand(oidc || endpoint === 'v2', 'endpoint must be "v2" or "oidc".');
  const wanted = options.returnTo ?? config.returnTo;
  const returnTo = wanted == null ? null : parseReturnTo(wanted, base);
  const url = new URL(`/${endpoint}/logout`, origin);
  const { searchParams } = url;
  const warnings: string[] = [];

  if (clientId) searchParams.set('client_id', clientId);
  for (const [name, option] of OIDC_ONLY) {
    const value: unknown = options[option];
    const text: unknown = Array.isArray(value) && name === 'ui_locales' ? value.join(' ') : value;
    if (text) {
      demand(
        oidc && typeof text === 'string',
        `${option} must be a string, with endpoint: "oidc".`,
      );
      searchParams.set(name, text);
    }
  }
  // Auth0 refuses hints that contradict each other, and strands the user on an error page.
  const token = searchParams.get('id_token_hint');
  const session = searchParams.get('logout_hint');
  const claims = token && decodeJwtPart(token.split('.')[1]);
  if (claims) {
    demand(
      (!clientId || [claims['aud']].flat().includes(clientId)) &&
        (!session || claims['sid'] === session),
      'idTokenHint: its aud must be clientId, and its sid logoutHint.',
    );
  }
  if (oidc && !token && !session) warnings.push('Without a hint Auth0 asks the user to confirm.');
  if (federated && (federated as unknown) !== true) {
    warnings.push('federated must be true: it was not sent.');
  }

  let target = returnTo;
  if (facebookAccessToken) {
    demand(
      federated === true && !oidc && typeof facebookAccessToken === 'string',
      'facebookAccessToken needs federated: true and endpoint: "v2".',
    );
    // Facebook comes back to the tenant, which then sends the user on.
    target = `${origin}/logout`;
    if (returnTo) target += `?returnTo=${encodeURIComponent(returnTo)}`;
    searchParams.set('access_token', facebookAccessToken);
  }
  if (target) searchParams.set(oidc ? 'post_logout_redirect_uri' : 'returnTo', target);
  // A flag: Auth0 looks at its presence only, and "federated=false" would log out as well.
  if (federated === true) url.search += url.search ? '&federated' : 'federated';

  if (returnTo) {
    const shown = withoutQuery(returnTo);
    // An app's own scheme has no other check than the list, so it must be listed beyond doubt.
    const own = !/^https?:/.test(returnTo);
    const [fit] =
      allowedLogoutUrls || own ? matchAllowed(returnTo, allowedLogoutUrls ?? [], endpoint) : [FITS];
    if (fit < (own ? FITS : UNDOCUMENTED)) {
      throw new LogoutError(
        'return_to_not_allowed',
        `returnTo ${shown} is not in allowedLogoutUrls. Add it there and in the Auth0 Dashboard.`,
      );
    }
    if (fit < FITS) warnings.push(`Auth0 does not document whether returnTo ${shown} is allowed.`);
  } else {
    warnings.push(
      `Without returnTo Auth0 ${oidc ? 'does not document where it leaves the user' : clientId ? "takes the application's first Allowed Logout URL" : 'shows a bare "OK" page'}.`,
    );
  }
  return { url, returnTo, warnings };
}

/**
 * Builds the address that logs the user out of Auth0. Pure: it navigates nowhere, changes none of
 * its arguments, and works without a browser (where a relative `returnTo` has no page to be
 * resolved against). Navigate there at top level: fetch and iframes do not carry the session.
 *
 * - `/v2/logout` (Auth0 API "Log Out"): `client_id`, `returnTo`, `federated`.
 * - `/oidc/logout` (OpenID Connect RP-Initiated Logout 1.0, section 2): `id_token_hint`,
 *   `logout_hint`, `post_logout_redirect_uri`, `client_id`, `federated`, `state`, `ui_locales`.
 * - `federated` is a key without a value. With `facebookAccessToken`, Facebook is sent back through
 *   `https://DOMAIN/logout?returnTo=…`, and the token along: the only one in a `/v2/logout` URL.
 *
 * @throws LogoutError
 * - `invalid_domain`: `domain` is no host.
 * - `invalid_return_to`: `returnTo` is no address to send anyone to.
 * - `return_to_not_allowed`: no entry of `allowedLogoutUrls` allows it, or it has an app's own
 *   scheme and is not listed.
 * - `conflicting_options`: an option does not fit the endpoint or another one, or `clientId` is
 *   neither a string nor `null`.
 * @example
 * const url = buildLogoutUrl(
 *   { domain: 'tenant.eu.auth0.com', clientId: 'abc', returnTo: 'https://app.example/bye' },
 *   { federated: true },
 * );
 * // https://tenant.eu.auth0.com/v2/logout?client_id=abc&returnTo=https%3A%2F%2Fapp.example%2Fbye&federated
 */
export function buildLogoutUrl(config: LogoutUrlConfig, options?: LogoutUrlOptions): URL {
  // Whoever calls it from plain JavaScript may hand in `null`.
  return resolveLogoutAddress(config, options ?? {}, globalThis.location?.href).url;
}
