import { checkClear } from './credentials/check-clear.js';
import type { Env } from './env.js';
import { demand } from './errors.js';
import type { LogoutConfig, LogoutOptions } from './logout-types.js';
import { parseUrl } from './url/parse-url.js';

const REASONS = 'user, idle, expired, forced';

/**
 * The longest that a step can be told to take, in milliseconds: a little less than what a timer can
 * wait for (HTML, "timers").
 */
const LONGEST = 2 ** 31 - 100;

/**
 * Finds what the caller has to fix, all but the logout address, before anything is touched.
 *
 * @returns the address that ends the server's session, if there is one
 * @throws LogoutError `conflicting_options`
 */
export function validate(
  config: LogoutConfig,
  { localOnly, federated, reason = 'user', openUrl, signal }: LogoutOptions,
  { location }: Env,
): URL | undefined {
  const { auth0Client, audiences = [], clear, serverLogoutUrl, stepTimeoutMs = 1 } = config;
  demand(!localOnly || !federated, 'localOnly cannot be federated: leave one out.');
  demand(REASONS.split(', ').includes(reason), `reason must be one of ${REASONS}.`);
  demand(openUrl == null || typeof openUrl === 'function', 'openUrl must be a function.');
  const { confirmUnsavedWork, onOtherTabLogout, onWarning } = config;
  // A condition leaves one out as `false`.
  for (const [name, given] of Object.entries({ confirmUnsavedWork, onOtherTabLogout, onWarning })) {
    demand(!given || typeof given === 'function', `${name} must be a function.`);
  }
  demand(
    !signal || typeof signal.addEventListener === 'function',
    'signal must be an AbortSignal.',
  );
  demand(
    !auth0Client || typeof auth0Client.logout === 'function',
    'auth0Client must have a logout(); await createAuth0Client().',
  );
  demand(
    Array.isArray(audiences) && audiences.every((one) => typeof one === 'string'),
    'audiences must be a list of strings.',
  );
  demand(
    typeof stepTimeoutMs === 'number' && stepTimeoutMs > 0 && stepTimeoutMs <= LONGEST,
    'stepTimeoutMs must be a number of milliseconds.',
  );
  checkClear(clear);
  if (!serverLogoutUrl) return undefined;
  const server = parseUrl(serverLogoutUrl, location.href);
  demand(server?.origin === location.origin, 'serverLogoutUrl must be of the same origin.');
  return server;
}
