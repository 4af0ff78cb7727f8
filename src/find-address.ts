import { settle } from './auth0-client/auth0-client.js';
import { noop } from './env.js';
import { bounded } from './failures.js';
import type { LogoutOptions } from './logout-types.js';
import type { Marker } from './tabs/logged-out-marker.js';
import { resolveLogoutAddress } from './url/build-logout-url.js';
import { decodeJwtPart } from './url/jwt-part.js';
import type { LogoutAddress } from './url/logout-url-config.js';
import type { Workplace } from './workplace.js';

/** Where a logout leads, and what had to be known about the user for that. */
export interface FoundAddress extends LogoutAddress {
  /** Who is logged in, as far as the client knows. */
  readonly sub: string | undefined;
  readonly state: string | undefined;
  /** Names the session at `/oidc/logout`. */
  readonly hint: string | undefined;
}

/**
 * Builds the address, with what the client knows about the user: it is gone once that has cleared.
 *
 * @param before the logout that is in force: one that stayed has cleared the claims, but not ended the
 * session
 * @param id names this logout where `/oidc/logout` wants a `state`
 * @throws LogoutError as `buildLogoutUrl` does
 */
export async function findAddress(
  { config, env, ms }: Workplace,
  options: LogoutOptions,
  before: Partial<Marker> | undefined,
  id: string,
): Promise<FoundAddress> {
  const { auth0Client, endpoint } = config;
  const { idTokenHint, logoutHint } = options;
  const oidc = endpoint === 'oidc';
  const state = options.state || (oidc ? id : undefined);
  const build = (hints: LogoutOptions): LogoutAddress =>
    resolveLogoutAddress(config, { ...options, ...hints }, env.location.href);
  // What it refuses comes first.
  const address = build({ state });
  const ask = async (): Promise<unknown> => settle(await auth0Client?.getIdTokenClaims?.());
  const claims = await bounded(env, ms, ask()).catch(noop);
  const { sub, sid } = Object(claims) as { sub?: unknown; sid?: unknown };
  const hinted = idTokenHint && decodeJwtPart(idTokenHint.split('.')[1])?.sid;
  const hint = [logoutHint, hinted, sid, before?.hint].find(
    (one): one is string => oidc && !!one && typeof one === 'string',
  );
  const isNew = hint && !idTokenHint && !logoutHint;
  const who = typeof sub === 'string' ? sub : undefined;
  return { ...(isNew ? build({ state, logoutHint: hint }) : address), sub: who, state, hint };
}
