import { federatedAdvice } from './federated-advice.js';
import { NO_PROVIDER, NOT_SOCIAL, SOCIAL, strategyOf } from './strategies.js';

/** What {@link identityProviderOf} knows of a user's identity provider. */
export interface IdentityProvider {
  /** The connection's strategy, such as `google-oauth2`. */
  readonly strategy: string;
  /** Its name for people; the strategy itself when it is not a known one. */
  readonly name: string;
  /** `custom`: a connection that its owner programmed. `unknown`: no strategy known here. */
  readonly kind: 'database' | 'passwordless' | 'social' | 'enterprise' | 'custom' | 'unknown';
  /**
   * `supported`: Auth0 names it among those that support federated logout. `unsupported`: there
   * is no identity provider to log out of. `unknown`: Auth0 does not say.
   */
  readonly federated: 'supported' | 'unsupported' | 'unknown';
  /** What to know before a federated logout, for developers. */
  readonly note: string;
}

// A `Map`, because a `sub` may well begin with `__proto__|` or `constructor|`.
const NAMES: ReadonlyMap<string, string> = /* @__PURE__ */ new Map([
  ['ad', 'Active Directory / LDAP'],
  ['adfs', 'Active Directory Federation Services'],
  ['amazon', 'Amazon'],
  ['aol', 'AOL'],
  ['apple', 'Apple'],
  ['auth0', 'Auth0 database'],
  ['auth0-adldap', 'Auth0 AD/LDAP'],
  ['auth0-oidc', 'Auth0 OpenID Connect'],
  ['baidu', 'Baidu'],
  ['bitbucket', 'Bitbucket'],
  ['bitly', 'Bitly'],
  ['box', 'Box'],
  ['custom', 'Custom (Passport, WS-Federation, SAML)'],
  ['daccount', 'd ACCOUNT'],
  ['dropbox', 'Dropbox'],
  ['dwolla', 'Dwolla'],
  ['email', 'Passwordless by email'],
  ['evernote', 'Evernote'],
  ['evernote-sandbox', 'Evernote Sandbox'],
  ['exact', 'Exact'],
  ['facebook', 'Facebook'],
  ['fitbit', 'Fitbit'],
  ['github', 'GitHub'],
  ['google-apps', 'Google Workspace'],
  ['google-oauth2', 'Google'],
  ['instagram', 'Instagram'],
  ['ip', 'IP address'],
  ['line', 'LINE'],
  ['linkedin', 'LinkedIn'],
  ['oauth1', 'OAuth 1.0'],
  ['oauth2', 'OAuth 2.0'],
  ['office365', 'Microsoft 365'],
  ['oidc', 'OpenID Connect'],
  ['okta', 'Okta'],
  ['paypal', 'PayPal'],
  ['paypal-sandbox', 'PayPal Sandbox'],
  ['pingfederate', 'PingFederate'],
  ['planningcenter', 'Planning Center'],
  ['salesforce', 'Salesforce'],
  ['salesforce-community', 'Salesforce Community'],
  ['salesforce-sandbox', 'Salesforce Sandbox'],
  ['samlp', 'SAML'],
  ['sharepoint', 'SharePoint'],
  ['shop', 'Shop'],
  ['shopify', 'Shopify'],
  ['sms', 'Passwordless by SMS'],
  ['soundcloud', 'SoundCloud'],
  ['thirtysevensignals', '37signals'],
  ['twitter', 'X (Twitter)'],
  ['untappd', 'Untappd'],
  ['vkontakte', 'VKontakte'],
  ['waad', 'Microsoft Entra ID (Azure AD)'],
  ['weibo', 'Weibo'],
  ['windowslive', 'Microsoft account (Windows Live)'],
  ['wordpress', 'WordPress'],
  ['wsfed', 'WS-Federation'],
  ['yahoo', 'Yahoo'],
  ['yammer', 'Viva Engage (Yammer)'],
  ['yandex', 'Yandex'],
]);

const CUSTOM = /^(custom|oauth[12])$/;
const OTHER_ENTERPRISE = /^(auth0-(adldap|oidc)|ip|pingfederate|sharepoint)$/;
const OLDER_LIST_ONLY = /^(ad|aol|custom|linkedin|oauth[12]|salesforce-community|wsfed)$/;

const ONE_LOGOUT_URL =
  'Auth0 keeps one logout URL per browser: two logouts at once, or a login finished in between, lose the way back.';

// What federatedAdvice leaves out, because a table has more room than a warning.
const MORE: ReadonlyMap<string, string> = /* @__PURE__ */ new Map([
  ['adfs', ONE_LOGOUT_URL],
  [
    'facebook',
    'With its own access token, returnTo becomes https://DOMAIN/logout?returnTo=…, the inner address encoded once more.',
  ],
  [
    'samlp',
    "Without a sign-out URL Auth0 uses the sign-in URL; without a SessionIndex in the login's assertion the logout request fails. The provider sends its logout response to https://DOMAIN/logout.",
  ],
  ['wsfed', ONE_LOGOUT_URL],
]);

function kindOf(strategy: string): IdentityProvider['kind'] {
  if (strategy === 'auth0') return 'database';
  if (NO_PROVIDER.test(strategy)) return 'passwordless';
  if (CUSTOM.test(strategy)) return 'custom';
  if (NOT_SOCIAL.test(strategy) || OTHER_ENTERPRISE.test(strategy)) return 'enterprise';
  return NAMES.has(strategy) ? 'social' : 'unknown';
}

/**
 * Tells what is known about the identity provider that a user logged in with, from the `sub` claim
 * of the ID token: `google-oauth2|123` came from Google. Says `unknown` wherever Auth0 does not
 * name a provider, never a guess.
 *
 * Sources: Auth0, "Log Users Out of Identity Providers" (the list of today), the "Supported
 * Providers" of its older "Logout" page, "Log Users Out of SAML Identity Providers", and the
 * strategies of the Management API.
 *
 * @param sub The `sub` claim.
 * @returns `null` for what is not `strategy|id`.
 * @example
 * identityProviderOf('auth0|123')?.federated; // 'unsupported': nothing to log out of
 * identityProviderOf('samlp|acme|jo')?.note; // what a SAML connection needs for it
 */
export function identityProviderOf(sub: string): IdentityProvider | null {
  const strategy = strategyOf(sub);
  if (!strategy) return null;
  return {
    strategy,
    name: NAMES.get(strategy) ?? strategy,
    kind: kindOf(strategy),
    federated: NO_PROVIDER.test(strategy)
      ? 'unsupported'
      : SOCIAL.test(strategy) || NOT_SOCIAL.test(strategy)
        ? 'supported'
        : 'unknown',
    note: [
      federatedAdvice(sub),
      MORE.get(strategy),
      OLDER_LIST_ONLY.test(strategy) && "Only Auth0's older list of providers names it.",
    ]
      .filter(Boolean)
      .join(' '),
  };
}
