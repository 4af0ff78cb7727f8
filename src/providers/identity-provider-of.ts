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

// A line each: the strategy, unless it is the name in small letters, and the name. A `Map`, because a
// `sub` may well begin with `__proto__|` or `constructor|`.
const NAMES: ReadonlyMap<string, string> = /* @__PURE__ */ readNames(`ad:Active Directory / LDAP
adfs:Active Directory Federation Services
Amazon
AOL
Apple
auth0:Auth0 database
auth0-adldap:Auth0 AD/LDAP
auth0-oidc:Auth0 OpenID Connect
Baidu
Bitbucket
Bitly
Box
custom:Custom (Passport, WS-Federation, SAML)
daccount:d ACCOUNT
Dropbox
Dwolla
email:Passwordless by email
Evernote
Evernote Sandbox
Exact
Facebook
Fitbit
GitHub
google-apps:Google Workspace
google-oauth2:Google
Instagram
ip:IP address
LINE
LinkedIn
oauth1:OAuth 1.0
oauth2:OAuth 2.0
office365:Microsoft 365
oidc:OpenID Connect
Okta
PayPal
PayPal Sandbox
PingFederate
planningcenter:Planning Center
Salesforce
Salesforce Community
Salesforce Sandbox
samlp:SAML
SharePoint
Shop
Shopify
sms:Passwordless by SMS
SoundCloud
thirtysevensignals:37signals
twitter:X (Twitter)
Untappd
VKontakte
waad:Microsoft Entra ID (Azure AD)
Weibo
windowslive:Microsoft account (Windows Live)
WordPress
wsfed:WS-Federation
Yahoo
yammer:Viva Engage (Yammer)
Yandex`);

function readNames(lines: string): Map<string, string> {
  return new Map(
    lines.split('\n').map((line) => {
      const [strategy, name = strategy] = line.split(':') as [string, string?];
      return [strategy.toLowerCase().replace(' ', '-'), name];
    }),
  );
}

const CUSTOM = /^(custom|oauth[12])$/;
const OTHER_ENTERPRISE = /^(auth0-(adldap|oidc)|ip|pingfederate|sharepoint)$/;
const OLDER_LIST_ONLY = /^(ad|aol|custom|linkedin|oauth[12]|salesforce-community|wsfed)$/;

/** What federatedAdvice leaves out, because a table has more room than a warning. */
const moreOn = (strategy: string): string | false =>
  strategy === 'facebook'
    ? 'With its own access token, returnTo becomes https://DOMAIN/logout?returnTo=…, encoded once more.'
    : strategy === 'samlp'
      ? 'Without a sign-out URL Auth0 uses the sign-in URL; without a SessionIndex the logout fails. The provider answers to https://DOMAIN/logout.'
      : /^(adfs|wsfed)$/.test(strategy) &&
        'Auth0 keeps one logout URL per browser: two logouts at once lose the way back.';

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
      moreOn(strategy),
      OLDER_LIST_ONLY.test(strategy) && "Only Auth0's older list of providers names it.",
    ]
      .filter(Boolean)
      .join(' '),
  };
}
