// The strategies (the part of `sub` before the first `|`) of the providers that Auth0 names for
// federated logout. Sources: Auth0, "Log Users Out of Identity Providers" and, for those that
// today's list no longer names, the "Supported Providers" of its older "Logout" page.
export const SOCIAL =
  /^(aol|(evernote|salesforce)(-sandbox)?|salesforce-community|facebook|fitbit|github|google-oauth2|linkedin|twitter|windowslive|yahoo|yammer)$/;
export const NOT_SOCIAL =
  /^(ad|adfs|custom|google-apps|oauth[12]|office365|oidc|okta|samlp|waad|wsfed)$/;

/** Who logs in with Auth0 itself: there is no identity provider to log out of. */
export const NO_PROVIDER = /^(auth0|email|sms)$/;

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
