import { L as LogoutReason, S as SessionOutcomes, a as LostWork, U as UnsavedWork } from './shared/outcomes.mjs';
import { U as UnsavedWorkGuard } from './shared/guards.mjs';

/**
 * A client that the application already has: an `Auth0Client` of auth0-spa-js, what auth0-react and
 * auth0-vue hand out, auth0-angular's service (whose `logout` returns an Observable), or anything of
 * this shape. Only `logout` is needed; the rest is used where it is there.
 */
interface Auth0ClientLike {
    logout(options: {
        openUrl: false;
    }): unknown;
    revokeRefreshToken?(options?: {
        audience?: string;
    }): unknown;
    getIdTokenClaims?(): unknown;
    isAuthenticated?: unknown;
}

/** A name, or a pattern of names. */
type NamePattern = string | RegExp;
/** A cookie by name; with `domain` and `path` where the cookie was set with them. */
interface CookieName {
    readonly name: string;
    readonly domain?: string;
    readonly path?: string;
}
/** Which of the application's own things a logout takes along, besides what Auth0's SDKs stored. */
interface ClearOptions {
    /**
     * Tokens in web storage, wherever the application put them. `'issued'`: those that this tenant
     * issued to this client. `'any'`: whatever looks like a token, whoever issued it. `'none'`: leave
     * them. Default `'issued'`.
     */
    readonly tokens?: 'issued' | 'any' | 'none';
    /** More keys of localStorage, or all of them. Default none. */
    readonly localStorage?: readonly NamePattern[] | 'all';
    /** More keys of sessionStorage, or all of them. Default none. */
    readonly sessionStorage?: readonly NamePattern[] | 'all';
    /** Names that stay in any case; wins over everything else here. Default none. */
    readonly keep?: readonly NamePattern[];
    /** Cookies that a script can reach. An HttpOnly cookie needs `serverLogoutUrl`. Default none. */
    readonly cookies?: ReadonlyArray<string | CookieName>;
    /**
     * Names of IndexedDB databases to delete, or all of them. Default none. Where it is given, also as an
     * empty list, a logout leaves no database of its own for a browser that is killed meanwhile.
     */
    readonly indexedDB?: readonly string[] | 'all';
    /** Names in Cache Storage to delete, or all of them. Default none. */
    readonly caches?: readonly string[] | 'all';
}

/** What became of a logout, for the person who asked for it. */
interface LogoutReceipt {
    readonly reason: LogoutReason;
    /** When, in milliseconds since 1970. */
    readonly at: number;
    readonly sessions: SessionOutcomes;
    readonly unsaved: readonly LostWork[];
    /**
     * The strategy of the identity provider that the user came from, such as `google-oauth2`; `null`
     * when there is none, left out when it is not known.
     */
    readonly strategy?: string | null | undefined;
    /** In how many tabs credentials are gone, this one included. */
    readonly tabs: number;
    /** Whether the return matches what was stored when the logout left. */
    readonly verified: boolean;
}

/** How this tab came to know of a logout. */
type LogoutOrigin = 'this-tab' | 'other-tab' | 'earlier';

/** What a person wants to become of their unsaved work. */
type UnsavedWorkAnswer = 'save' | 'discard' | 'cancel';

/** What every logout of an application has in common. */
interface LogoutUrlConfig {
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
interface LogoutUrlOptions {
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

/** What a session knows about the tenant, the application and the page. */
interface LogoutConfig extends LogoutUrlConfig {
    /**
     * The client that the user logged in with, if there is one: its own `logout` clears what it holds,
     * its refresh tokens are revoked, and calls in flight cannot sign the user back in. Create the
     * session right after the client.
     */
    readonly auth0Client?: Auth0ClientLike;
    /** Audiences whose refresh tokens to revoke, besides the default one. Default none. */
    readonly audiences?: readonly string[];
    /** Which of the application's own credentials go. Default: the tokens of this tenant and client. */
    readonly clear?: ClearOptions;
    /** A same-origin address that is sent a POST to end an HttpOnly cookie session. Default none. */
    readonly serverLogoutUrl?: string;
    /** The longest that any one step may hold a logout up, in milliseconds, at most 2147483548. Default 2000. */
    readonly stepTimeoutMs?: number;
    /**
     * Asks the person what to do about unsaved work, in any tab. Default: the built-in dialog, loaded
     * when it is needed.
     */
    readonly confirmUnsavedWork?: (work: readonly UnsavedWork[]) => UnsavedWorkAnswer | Promise<UnsavedWorkAnswer>;
    /**
     * What a tab does after a logout elsewhere, once its credentials are gone. Default: covers the
     * page, and goes to `returnTo` once the tab that logged out is back from Auth0, or after 10 s; where
     * there is no web address to go to, the page is loaded anew.
     */
    readonly onOtherTabLogout?: (event: LogoutEvent) => void;
    /** Gets every warning. Default `console.warn`. */
    readonly onWarning?: (warning: string) => void;
}
/** What one logout should do. */
interface LogoutOptions extends LogoutUrlOptions {
    /** End the application's session only; nothing is navigated. Default false. */
    readonly localOnly?: boolean;
    /** Why. Any other than `'user'` asks nobody about unsaved work, and has it saved. Default `'user'`. */
    readonly reason?: LogoutReason;
    /**
     * Opens the logout address instead of `location.replace`: a popup, Capacitor, Electron. It is waited
     * for as long as a step may take; one that fails, or has not returned by then, has not `left`.
     */
    readonly openUrl?: (url: string) => void | Promise<void>;
    /** Calls the logout off, as long as nothing has been destroyed. */
    readonly signal?: AbortSignal;
}
/** The steps of a logout, in their order. */
type LogoutStepName = 'ask' | 'mark' | 'server' | 'revoke' | 'clear' | 'clear-again' | 'receipt' | 'leave';
/** How one step went. */
interface LogoutStep {
    readonly name: LogoutStepName;
    readonly status: 'done' | 'failed' | 'timed-out' | 'skipped';
    /** How long it took, in milliseconds. */
    readonly ms: number;
    /** What went wrong; never holds a token. */
    readonly error?: string;
}
/** How a logout went. */
interface LogoutResult {
    /**
     * `left`: the navigation to Auth0 was started (`openUrl` returned), or another tab is there for this
     * logout too, and this page follows that one. `stayed`: the page is still here. `cancelled`: nothing
     * was changed anywhere.
     */
    readonly status: 'left' | 'stayed' | 'cancelled';
    /** The logout address; `null` where none was wanted. */
    readonly url: string | null;
    readonly reason: LogoutReason;
    readonly sessions: SessionOutcomes;
    readonly steps: readonly LogoutStep[];
    readonly warnings: readonly string[];
}
/** A logout of this application somewhere in this browser. */
interface LogoutEvent {
    readonly reason: LogoutReason;
    /** `earlier`: found on load, on focus or on return from the bfcache. */
    readonly from: LogoutOrigin;
}
/** One application's logout in this page. */
interface LogoutSession {
    /**
     * Logs the user out: of this tab, of every other tab, and, unless `localOnly`, of Auth0. Calls
     * at the same time share one logout.
     *
     * @throws LogoutError (as a rejection) for what the caller has to fix, before anything was
     * destroyed. Everything that fails after that is a step in the result, and the next step runs. Where
     * the file with the steps could not be loaded it rejects with the browser's own error: nothing has
     * changed then, and the next call tries again.
     */
    logout(options?: LogoutOptions): Promise<LogoutResult>;
    /** Hears of every logout, in every tab, once credentials are gone. @returns stops hearing */
    onLogout(listener: (event: LogoutEvent) => void): () => void;
    /**
     * Guards a piece of work that a logout could lose, in whichever tab it is begun: a user is asked
     * first, any other logout lets `save` run. Warns too before the tab is closed while it is dirty.
     *
     * @returns stops guarding
     */
    guardUnsavedWork(guard: UnsavedWorkGuard): () => void;
    /**
     * Takes a clearer for tokens that the application holds in memory. It may be asynchronous, is
     * waited for within the step's bound, and runs in every tab. @returns takes it back
     */
    holdCredentials(clear: () => unknown): () => void;
    /** Says that a login has just been completed. An `auth0Client` that completes one says so itself. */
    loggedIn(): void;
    /** What became of the logout that this tab left for; once, on the page Auth0 returned to. */
    takeReceipt(): LogoutReceipt | null;
    /** What the next login should send, in any tab, so that a logout stays a logout. */
    nextLogin(): {
        prompt?: 'login';
    };
    /** Takes every listener and the fence around the client away. */
    dispose(): void;
}

/**
 * Makes the page's default session, in place of an earlier one, and returns it.
 *
 * @example
 * configure({ domain: 'tenant.eu.auth0.com', clientId: 'abc', returnTo: '/bye' });
 */
declare function configure(config: LogoutConfig): LogoutSession;
/**
 * Logs out with the page's default session.
 *
 * @throws LogoutError (as a rejection) as `session.logout` does, and `not_configured` when
 * `configure` was not called before
 * @example
 * await logout({ returnTo: 'https://app.example/bye' });
 */
declare function logout(options?: LogoutOptions): Promise<LogoutResult>;

/**
 * Makes the logout of one application in this page. Create it early, right after the client: it
 * finishes what an earlier logout left to do, and watches for logouts in other tabs. The steps of a
 * logout are loaded at once, but do not hold the page up.
 *
 * Where there is no page (server-side rendering) it does nothing, and its `logout` rejects with
 * `not_a_browser`. A configuration that cannot work is told of as a warning as soon as they are there,
 * and `logout` rejects with its code.
 *
 * @example
 * const session = createLogout({ domain: 'tenant.eu.auth0.com', clientId: 'abc', auth0Client });
 * await session.logout({ returnTo: 'https://app.example/bye' });
 */
declare const createLogout: (config: LogoutConfig) => LogoutSession;

/**
 * What the caller has to fix, as a stable word to compare with.
 *
 * - `invalid_domain`: `domain` is not a tenant host or custom domain.
 * - `invalid_return_to`: `returnTo` is no address that anyone can be sent to.
 * - `return_to_not_allowed`: `returnTo` is a fine address, but no entry of `allowedLogoutUrls` allows it.
 * - `conflicting_options`: two options contradict each other, or one does not fit the endpoint or is
 *   not what it has to be.
 * - `not_configured`: `logout()` was called before `configure()`.
 * - `not_a_browser`: there is no page to log out.
 */
type LogoutErrorCode = 'invalid_domain' | 'invalid_return_to' | 'return_to_not_allowed' | 'conflicting_options' | 'not_configured' | 'not_a_browser';
/**
 * What this package throws or rejects with wherever the caller has something to fix. It always comes
 * before anything was destroyed, and its message says what to do. No message contains a token or a URL
 * with one in it.
 */
declare class LogoutError extends Error {
    /** What went wrong; stable between versions. */
    readonly code: LogoutErrorCode;
    constructor(code: LogoutErrorCode, message: string);
}
/**
 * Tells whether a caught value is a {@link LogoutError}, also when it comes from a second copy of
 * this package on the page (where `instanceof` would fail).
 */
declare function isLogoutError(error: unknown): error is LogoutError;

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
declare function buildLogoutUrl(config: LogoutUrlConfig, options?: LogoutUrlOptions): URL;

/** What {@link checkReturnTo} answers. */
interface ReturnToCheck {
    /**
     * `allowed`: a documented rule allows it. `refused`: none does. `unknown`: it depends on
     * something that Auth0 does not document, so try it against your tenant.
     */
    readonly verdict: 'allowed' | 'refused' | 'unknown';
    /** The entry that decided, as it stands in the list; `null` when refused. */
    readonly entry: string | null;
    /** Why, for a developer. It never contains the query or the hash of an address. */
    readonly reason: string;
}
/**
 * Tells whether Auth0 would send a user to `returnTo`, given a list of Allowed Logout URLs. Never
 * throws, and never guesses: where Auth0 documents nothing, the verdict is `unknown`. A documented
 * match wins over an unknown one, wherever it stands in the list.
 *
 * The rules, from Auth0's "Redirect Users with Alternative Logout", "Log Users Out of Auth0 with
 * OIDC Endpoint" and "Subdomain URL Placeholders":
 * - An entry needs a scheme; an app's own will do.
 * - One `*`, with http(s) only, stands for the leftmost label of a subdomain or a part of it, and
 *   for exactly one level. Paths know no wildcards.
 * - Scheme and host ignore case, the path does not.
 * - `/v2/logout` ignores query and hash; `/oidc/logout` compares the query exactly.
 * - Undocumented, so `unknown`: a slash at the end that only one of the two has, default ports
 *   spelled out, ports beside a `*`, punycode, escapes or dots in a path, a hash that `/oidc/logout`
 *   finds in only one of the two, placeholders such as `{organization_name}`, and entries after the 100th.
 *
 * @param returnTo The address; a relative one is resolved against the page. One that
 *   `buildLogoutUrl` would not take at all is `refused`.
 * @param allowed The entries. One may hold several, separated by commas, as in the Dashboard.
 * @param endpoint Which of the logout endpoints will compare them; default `'v2'`.
 * @example
 * checkReturnTo('https://eu.app.example/bye', ['https://*.app.example/bye']);
 * // { verdict: 'allowed', entry: 'https://*.app.example/bye', reason: '…' }
 */
declare function checkReturnTo(returnTo: string | URL, allowed: readonly string[], endpoint?: 'v2' | 'oidc'): ReturnToCheck;

/** What {@link identityProviderOf} knows of a user's identity provider. */
interface IdentityProvider {
    /** The connection's strategy, such as `google-oauth2`. */
    readonly strategy: string;
    /** Its name for people; the strategy itself when it is not a known one. */
    readonly name: string;
    /** `custom`: a connection that its owner programmed. `unknown`: no strategy known here. */
    readonly kind: 'database' | 'passwordless' | 'social' | 'enterprise' | 'custom' | 'unknown';
    /**
     * `supported`: Auth0 names it among those that support federated logout. `unsupported`: there
     * is no identity provider to log out of. `unknown`: Auth0 does not say.
     */
    readonly federated: 'supported' | 'unsupported' | 'unknown';
    /** What to know before a federated logout, for developers. */
    readonly note: string;
}
/**
 * Tells what is known about the identity provider that a user logged in with, from the `sub` claim
 * of the ID token: `google-oauth2|123` came from Google. Says `unknown` wherever Auth0 does not
 * name a provider, never a guess.
 *
 * Sources: Auth0, "Log Users Out of Identity Providers" (the list of today), the "Supported
 * Providers" of its older "Logout" page, "Log Users Out of SAML Identity Providers", and the
 * strategies of the Management API.
 *
 * @param sub The `sub` claim.
 * @returns `null` for what is not `strategy|id`.
 * @example
 * identityProviderOf('auth0|123')?.federated; // 'unsupported': nothing to log out of
 * identityProviderOf('samlp|acme|jo')?.note; // what a SAML connection needs for it
 */
declare function identityProviderOf(sub: string): IdentityProvider | null;

export { LogoutError, LogoutReason, LostWork, SessionOutcomes, UnsavedWork, UnsavedWorkGuard, buildLogoutUrl, checkReturnTo, configure, createLogout, identityProviderOf, isLogoutError, logout };
export type { Auth0ClientLike, ClearOptions, CookieName, LogoutConfig, LogoutErrorCode, LogoutEvent, LogoutOptions, LogoutOrigin, LogoutReceipt, LogoutResult, LogoutSession, LogoutStep, LogoutStepName, LogoutUrlConfig, LogoutUrlOptions, NamePattern, UnsavedWorkAnswer };
