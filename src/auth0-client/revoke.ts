import type { Env } from '../env.js';
import { runAll } from '../failures.js';
import { type Auth0ClientLike, settle } from './auth0-client.js';

/**
 * Revokes the refresh tokens of the default audience and of every given one, all at once
 * (auth0-spa-js revokes one audience a call, and from its worker only so).
 *
 * @throws Failure naming the audiences whose revocation failed
 */
export function revokeRefreshTokens(
  env: Env,
  ms: number,
  client: Auth0ClientLike,
  audiences: readonly string[] = [],
): Promise<void> {
  return runAll(env, ms, [
    ['default', () => settle(client.revokeRefreshToken!())],
    ...audiences.map(
      (audience) => [audience, () => settle(client.revokeRefreshToken!({ audience }))] as const,
    ),
  ]);
}
