import { NO_PROVIDER, NOT_SOCIAL, SOCIAL, strategyOf } from './strategies.js';

/**
 * What to know before a federated logout of a user whose `sub` claim is given, as a warning for
 * developers; `null` when the `sub` does not name a strategy.
 *
 * Sources: Auth0, "Log Users Out of Identity Providers" (which providers, development keys,
 * `returnTo`), "Log Users Out of SAML Identity Providers", and the logout chapters of its
 * architecture scenarios (when not to).
 *
 * @example
 * federatedAdvice('auth0|123'); // 'federated: auth0 users have no identity provider to log out of.'
 */
export function federatedAdvice(sub: string | undefined): string | null {
  const strategy = strategyOf(sub);
  if (!strategy) return null;
  if (NO_PROVIDER.test(strategy)) return `federated: ${strategy} users have no identity provider.`;
  const social = SOCIAL.test(strategy);
  if (!social && !NOT_SOCIAL.test(strategy))
    return `federated: Auth0 does not document it for ${strategy}.`;
  return (
    `federated logs the user out of everything at ${strategy}. Auth0 advises against it, unless the computer is shared.` +
    (social ? ' Development keys end the Auth0 session only.' : '') +
    (/^google/.test(strategy)
      ? ' Google may not come back to returnTo.'
      : strategy === 'facebook'
        ? ' Facebook needs facebookAccessToken.'
        : strategy === 'samlp'
          ? ' SAML needs a sign-out URL and a SessionIndex.'
          : '')
  );
}
