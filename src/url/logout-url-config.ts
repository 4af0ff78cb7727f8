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

/** What one logout adds. Empty strings count as left out, but for a `returnTo`. */
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
