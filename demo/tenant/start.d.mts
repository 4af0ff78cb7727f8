/** How a path answers, until it is reset. */
export interface Behaviour {
  /** Waits this long. */
  readonly delayMs?: number;
  /** Waits until `reset()`, or until the client has gone. */
  readonly hang?: boolean;
  /**
   * What waits: the request, before anything is done about it (the default), or the response,
   * after everything has been done (tokens issued, the session ended).
   */
  readonly hold?: 'request' | 'response';
  /** Answers with this status, and does nothing else. */
  readonly status?: number;
  /** The OAuth error code to answer with; default `server_error`. */
  readonly error?: string;
  /** For so many requests only; default: until `reset()`. */
  readonly times?: number;
}

/** What a server was asked. Never a token's value. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  /** The query as it came, tokens hidden: `federated` and `federated=` differ here. */
  readonly search: string;
  readonly query: Readonly<Record<string, string | string[]>>;
  readonly bodyKeys: readonly string[];
  /** From the query or the body. */
  readonly clientId: string | undefined;
  /** Milliseconds since the epoch, with fractions. */
  readonly at: number;
}

export interface IssuedToken {
  readonly kind: 'access' | 'refresh' | 'id';
  readonly value: string;
  readonly clientId: string;
}

/** Makes one server slow, failing or silent, and tells what it was asked. */
export interface TrafficControl {
  /** Returns a function that ends this behaviour and lets go of what it holds. */
  behave(path: string, behaviour: Behaviour): () => void;
  /** Ends every behaviour; what is held goes on as if nothing had been. */
  reset(): void;
  requests(): SeenRequest[];
  /** Forgets what was asked so far. */
  forget(): void;
  /** Resolves with the next request to a path; rejects when the tenant is stopped first. */
  waitFor(path: string): Promise<SeenRequest>;
}

export interface TenantControl extends TrafficControl {
  /** Every token that the tenant has issued. */
  issuedTokens(): IssuedToken[];
  isRefreshTokenAlive(token: string): boolean;
  /** The `sub` of everybody who is logged in, in all browsers. */
  sessions(): { tenant: string[]; idp: string[] };
  /** Ends all sessions of a server, as an administrator would. */
  endSessions(server: 'tenant' | 'idp'): void;
  readonly idp: TrafficControl;
}

export interface ClientSettings {
  readonly clientId: string;
  readonly name?: string;
  /**
   * Exact URLs, or `https://host/*` for every path of an origin. Default: every path of every
   * `appOrigins`.
   */
  readonly callbacks?: readonly string[];
  /** Default: `/`, `/bye.html` and the bare origin of every `appOrigins`, in that order. */
  readonly allowedLogoutUrls?: string | readonly string[];
  /** Default: `appOrigins`. */
  readonly webOrigins?: readonly string[];
}

export interface TenantOptions {
  /** Default 4401; 0 picks a free one. */
  readonly tenantPort?: number;
  /** Default 4402; 0 picks a free one. */
  readonly idpPort?: number;
  /** Where applications are. Default: `['http://localhost:4400']`. */
  readonly appOrigins?: readonly string[];
  /** Default: `demo-app` and `demo-app-2`. */
  readonly clients?: readonly ClientSettings[];
  /** The tenant's own Allowed Logout URLs. Default: as an application's. */
  readonly tenantLogoutUrls?: string | readonly string[];
  /** How many seconds an access token lives. Default: a day. */
  readonly accessTokenTtl?: number;
}

export interface RunningTenant {
  readonly tenantUrl: string;
  readonly idpUrl: string;
  /** What auth0-spa-js and this package take as `domain`: `tenantUrl`. */
  readonly domain: string;
  readonly control: TenantControl;
  stop(): Promise<void>;
}

/** Starts the local tenant and the identity provider upstream of it, on loopback, in memory. */
export function startTenant(options?: TenantOptions): Promise<RunningTenant>;
