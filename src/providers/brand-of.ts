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

/** The brands among the enterprise strategies. */
const BRANDS = /^(google-apps|office365|okta|waad)$/;
