/**
 * A client that the application already has: an `Auth0Client` of auth0-spa-js, what auth0-react and
 * auth0-vue hand out, auth0-angular's service (whose `logout` returns an Observable), or anything of
 * this shape. Only `logout` is needed; the rest is used where it is there.
 */
export interface Auth0ClientLike {
  logout(options: { openUrl: false }): unknown;
  revokeRefreshToken?(options?: { audience?: string }): unknown;
  getIdTokenClaims?(): unknown;
  isAuthenticated?: unknown;
}

type Subscribe = (observer: {
  next: (value: unknown) => void;
  error: (error: unknown) => void;
  complete: (value?: unknown) => void;
}) => unknown;

/** Waits for a promise, an Observable (its first value or its end), or nothing. */
export const settle = (value: unknown): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const observable = Object(value) as { subscribe?: Subscribe };
    if (observable.subscribe) {
      observable.subscribe({ next: resolve, error: reject, complete: resolve });
    } else resolve(value);
  });
