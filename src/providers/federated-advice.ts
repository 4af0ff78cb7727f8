import { providerStrategy } from './strategies.js';

/**
 * What to know before a federated logout of a user whose `sub` claim is given, as a warning for
 * developers; `undefined` when the `sub` does not name a strategy. The `note` of
 * `identityProviderOf` says more.
 *
 * Source: Auth0, the logout chapters of its architecture scenarios (when not to).
 *
 * @example
 * federatedAdvice('auth0|123'); // 'federated: this user has no identity provider.'
 */
export function federatedAdvice(sub: string | undefined): string | undefined {
  const strategy = providerStrategy(sub);
  if (strategy === null) return 'federated: this user has no identity provider.';
  return (
    strategy &&
    `federated may log the user out of everything at ${strategy}. Auth0 advises against it, unless the computer is shared.`
  );
}
