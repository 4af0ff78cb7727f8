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
export type LogoutErrorCode =
  | 'invalid_domain'
  | 'invalid_return_to'
  | 'return_to_not_allowed'
  | 'conflicting_options'
  | 'not_configured'
  | 'not_a_browser';

/**
 * What this package throws or rejects with wherever the caller has something to fix. It always comes
 * before anything was destroyed, and its message says what to do. No message contains a token or a URL
 * with one in it.
 */
export class LogoutError extends Error {
  /** What went wrong; stable between versions. */
  readonly code: LogoutErrorCode;

  constructor(code: LogoutErrorCode, message: string) {
    super(message);
    this.name = 'LogoutError';
    this.code = code;
  }
}

/** @throws LogoutError `conflicting_options` with this message, unless the condition holds */
export function demand(condition: unknown, message: string): asserts condition {
  if (!condition) throw new LogoutError('conflicting_options', message);
}

/**
 * Tells whether a caught value is a {@link LogoutError}, also when it comes from a second copy of
 * this package on the page (where `instanceof` would fail).
 */
export function isLogoutError(error: unknown): error is LogoutError {
  return error instanceof Error && error.name === 'LogoutError' && 'code' in error;
}
