import { LogoutError } from './errors.js';
import { createLogout } from './create-logout.js';
import type { LogoutConfig, LogoutOptions, LogoutResult, LogoutSession } from './logout-types.js';

let session: LogoutSession | undefined;

/**
 * Makes the page's default session, in place of an earlier one, and returns it.
 *
 * @example
 * configure({ domain: 'tenant.eu.auth0.com', clientId: 'abc', returnTo: '/bye' });
 */
export function configure(config: LogoutConfig): LogoutSession {
  session?.dispose();
  return (session = createLogout(config));
}

/**
 * Logs out with the page's default session.
 *
 * @throws LogoutError (as a rejection) as `session.logout` does, and `not_configured` when
 * `configure` was not called before
 * @example
 * await logout({ returnTo: 'https://app.example/bye' });
 */
export async function logout(options?: LogoutOptions): Promise<LogoutResult> {
  if (!session) {
    throw new LogoutError('not_configured', 'Call configure() first.');
  }
  return session.logout(options);
}
