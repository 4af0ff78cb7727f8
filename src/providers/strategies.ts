/** Who logs in with Auth0 itself: there is no identity provider to log out of. */
const NO_PROVIDER = /^(auth0|email|sms)$/;

/** Reads the strategy out of a `sub` claim; `undefined` for what is not `strategy|id`. */
export function strategyOf(sub: string | undefined): string | undefined {
  return /^([^|\s]+)\|[^]/.exec(String(sub))?.[1];
}

/**
 * The strategy of the identity provider that a user came from: `null` for a user of Auth0 itself,
 * `undefined` when it is not known.
 */
export function providerStrategy(sub: string | undefined): string | null | undefined {
  const strategy = strategyOf(sub);
  return strategy && NO_PROVIDER.test(strategy) ? null : strategy;
}
