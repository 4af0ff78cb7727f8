import { LogoutError } from '../errors.js';
import { parseReturnTo } from './return-to.js';
import { withoutQuery } from './shown.js';
import { tenantOrigin } from './tenant-origin.js';

/** What every logout of an application has in common. */
export interface LogoutUrlConfig {
  /** Tenant host or custom domain, such as `tenant.eu.auth0.com`; `http://` only on loopback. */
  readonly domain: string;
  /** The application; `null` leaves `client_id` out, and the tenant's list of URLs counts. */
  readonly clientId: string | null;
  /** Where to send the user afterwards; default: none, so Auth0 decides. */
  readonly returnTo?: string | URL;
  /** The Allowed Logout URLs of the Dashboard, to check `returnTo` with; default: no check. */
  readonly allowedLogoutUrls?: readonly string[];
  /** `'v2'` (default): `/v2/logout`. `'oidc'`: `/oidc/logout` (RP-Initiated Logout 1.0). */
  readonly endpoint?: 'v2' | 'oidc';
}

/** What one logout adds. Empty strings count as left out. */
export interface LogoutUrlOptions {
  /** Ends the identity provider's session too; only exactly `true` does. Default `false`. */
  readonly federated?: boolean;
  /** Wins over the configuration's. A relative one is resolved against the page. */
  readonly returnTo?: string | URL;
  /**
   * The ID token, for `'oidc'` only; an expired one will do. It ends up in history and logs, and
   * may be too long for a URL (OWASP ASVS 14.2.1): prefer {@link LogoutUrlOptions.logoutHint}.
   */
  readonly idTokenHint?: string;
  /** The ID token's `sid` claim, for `'oidc'` only. */
  readonly logoutHint?: string;
  /** Comes back with the user, for `'oidc'` only. */
  readonly state?: string;
  /** Languages for Auth0's own pages, best first, for `'oidc'` only. */
  readonly uiLocales?: string | readonly string[];
  /** Facebook's access token, which Facebook wants for `federated`, for `'v2'` only. */
  readonly facebookAccessToken?: string;
}

/** Where a logout leads. */
export interface LogoutAddress {
  readonly url: URL;
  /** Where the user will end up; `null`: where Auth0 decides. */
  readonly returnTo: string | null;
  readonly warnings: readonly string[];
}

/** How the address is put together; what differs from the plain one. */
export interface AddressParts {
  readonly endpoint?: 'v2' | 'oidc';
  /** More parameters, encoded like all others. */
  readonly params?: Readonly<Record<string, string>>;
  /** What is sent in place of `returnTo`. */
  readonly target?: string | null;
  /** Checks a returnTo; answers a warning, or throws. */
  readonly check?: (returnTo: string) => string | false;
}

/** Where a `returnTo` is refused that no entry allows. */
export const notAllowed = (returnTo: string): LogoutError =>
  new LogoutError(
    'return_to_not_allowed',
    `returnTo ${withoutQuery(returnTo)} matches no entry of allowedLogoutUrls. Add it there and in the Auth0 Dashboard.`,
  );

/** An application's own scheme has no other check than the list. */
const mustBeWeb = (returnTo: string): false => {
  if (!/^https?:/.test(returnTo)) throw notAllowed(returnTo);
  return false;
};

/**
 * Validates what every logout has, and builds the address of `/v2/logout` (Auth0 API, "Log Out") or
 * of what `parts` says. `base` is the page that a relative `returnTo` is resolved against.
 */
export function plainAddress(
  config: LogoutUrlConfig,
  options: LogoutUrlOptions,
  base: string | undefined,
  parts: (origin: string, returnTo: string | null) => AddressParts = () => ({}),
): LogoutAddress {
  const { clientId } = config;
  const { federated } = options;
  const origin = tenantOrigin(config.domain);
  if (clientId !== null && (!clientId || typeof clientId !== 'string')) {
    throw new LogoutError('conflicting_options', 'clientId must be a string or null.');
  }
  const wanted = options.returnTo ?? config.returnTo;
  const returnTo = wanted == null ? null : parseReturnTo(wanted, base);
  const { endpoint = 'v2', params, target = returnTo, check = mustBeWeb } = parts(origin, returnTo);
  const warning =
    returnTo === null
      ? clientId
        ? "Without returnTo Auth0 takes the application's first Allowed Logout URL."
        : 'Without returnTo Auth0 leaves the user on a bare "OK" page.'
      : check(returnTo);

  const url = new URL(`/${endpoint}/logout`, origin);
  const all = {
    client_id: clientId,
    ...params,
    [endpoint === 'v2' ? 'returnTo' : 'post_logout_redirect_uri']: target,
  };
  for (const [name, value] of Object.entries(all)) if (value) url.searchParams.set(name, value);
  // A flag: Auth0 looks at its presence only, and "federated=false" would log out as well.
  if (federated === true) url.search += url.search ? '&federated' : 'federated';
  return { url, returnTo, warnings: warning ? [warning] : [] };
}
