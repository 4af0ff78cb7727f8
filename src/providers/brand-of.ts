import { identityProviderOf } from './identity-provider-of.js';

/**
 * The name by which people know an identity provider, such as `Google`; `undefined` where the strategy
 * names a protocol, not a provider: nobody is helped by "signed out of SAML".
 *
 * @param sub the `sub` claim, or a strategy followed by `|`
 */
export function brandOf(sub: string | undefined): string | undefined {
  const provider = identityProviderOf(sub ?? '');
  return provider?.kind === 'social' || BRANDS.test(provider?.strategy ?? '')
    ? provider?.name
    : undefined;
}

/**
 * The same, but only of a provider that Auth0 names for federated logout: of any other it is not
 * known whether that ends anything there, and so nothing may be promised.
 */
export const federatedBrandOf = (sub: string | undefined): string | undefined =>
  identityProviderOf(sub ?? '')?.federated === 'supported' ? brandOf(sub) : undefined;

/** The brands among the enterprise strategies. */
const BRANDS = /^(google-apps|office365|okta|waad)$/;
