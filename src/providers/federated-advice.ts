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
 * federatedAdvice('auth0|123'); // 'federated: auth0 users have no identity provider.'
 */
export function federatedAdvice(sub: string | undefined): string | null {
  const strategy = strategyOf(sub);
  if (!strategy) return null;
  if (NO_PROVIDER.test(strategy)) return `federated: ${strategy} users have no identity provider.`;
  const social = SOCIAL.test(strategy);
  if (!social && !NOT_SOCIAL.test(strategy))
    return `federated: Auth0 does not document it for ${strategy}.`;
  const more = MORE.find(([which]) => which.test(strategy))?.[1] ?? '';
  return `federated logs the user out of everything at ${strategy}. Auth0 advises against it, unless the computer is shared.${social ? ' Development keys end the Auth0 session only.' : ''}${more}`;
}

const MORE: readonly (readonly [RegExp, string])[] = [
  [/^google/, ' Google may not come back to returnTo.'],
  [
    /^facebook/,
    ' Facebook needs facebookAccessToken, and https://DOMAIN/logout?returnTo=… allowed.',
  ],
  [
    /^samlp/,
    ' SAML needs a sign-out URL (or the sign-in URL is used), a SessionIndex, and answers to https://DOMAIN/logout.',
  ],
  [/^(adfs|wsfed)/, ' Auth0 keeps one logout URL per browser: two at once lose the way back.'],
];
