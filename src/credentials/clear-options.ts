/** A name, or a pattern of names. */
export type NamePattern = string | RegExp;

/** A cookie by name; with `domain` and `path` where the cookie was set with them. */
export interface CookieName {
  readonly name: string;
  readonly domain?: string;
  readonly path?: string;
}

/** Which of the application's own things a logout takes along, besides what Auth0's SDKs stored. */
export interface ClearOptions {
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

/** Says whether one of the patterns means this name, or all names are meant. */
export const matchesName = (
  patterns: readonly NamePattern[] | 'all' | undefined,
  name: string,
): boolean =>
  patterns === 'all' ||
  !!patterns?.some((pattern) =>
    typeof pattern === 'string' ? pattern === name : name.search(pattern) >= 0,
  );
