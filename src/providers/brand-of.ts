import { identityProviderOf } from './identity-provider-of.js';

/**
 * The name by which people know an identity provider, such as `Google`; `undefined` where the strategy
 * names a protocol, not a provider: nobody is helped by "signed out of SAML".
 *
 * @param sub the `sub` claim, or a strategy followed by `|`
 */
export function brandOf(sub: string | undefined): string | undefined {
  const provider = identityProviderOf(sub ?? '');
  return provider &&
    /^(social|enterprise)$/.test(provider.kind) &&
    !PROTOCOL.test(provider.strategy)
    ? provider.name
    : undefined;
}

const PROTOCOL =
  /^(ad|adfs|auth0-.*|custom|ip|oauth[12]|oidc|pingfederate|samlp|sharepoint|wsfed)$/;
