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

// By kind: the strategy, unless it is the name in small letters, and the name.
const NAMES = {
  database: 'auth0:Auth0 database',
  passwordless: 'email:Passwordless by email,sms:Passwordless by SMS',
  custom: 'custom:Custom,oauth1:OAuth 1.0,oauth2:OAuth 2.0',
  enterprise:
    'ad:Active Directory / LDAP,adfs:AD Federation Services,auth0-adldap:Auth0 AD/LDAP,auth0-oidc:Auth0 OpenID Connect,google-apps:Google Workspace,ip:IP address,office365:Microsoft 365,oidc:OpenID Connect,Okta,PingFederate,samlp:SAML,SharePoint,waad:Microsoft Entra ID,wsfed:WS-Federation',
  social:
    'Amazon,AOL,Apple,Baidu,Bitbucket,Bitly,Box,daccount:d ACCOUNT,Dropbox,Dwolla,Evernote,Evernote Sandbox,Exact,Facebook,Fitbit,GitHub,google-oauth2:Google,Instagram,LINE,LinkedIn,PayPal,PayPal Sandbox,planningcenter:Planning Center,Salesforce,Salesforce Community,Salesforce Sandbox,Shop,Shopify,SoundCloud,thirtysevensignals:37signals,twitter:X (Twitter),Untappd,VKontakte,Weibo,windowslive:Microsoft account,WordPress,Yahoo,yammer:Viva Engage,Yandex',
};

// A `Map`, because a `sub` may well begin with `__proto__|` or `constructor|`.
const KNOWN = /* @__PURE__ */ readNames();

function readNames(): Map<string, readonly [kind: keyof typeof NAMES, name: string]> {
  const known: ReturnType<typeof readNames> = new Map();
  for (const [kind, names] of Object.entries(NAMES)) {
    for (const line of names.split(',')) {
      const [strategy, name = strategy] = line.split(':') as [string, string?];
      known.set(strategy.toLowerCase().replace(' ', '-'), [kind as keyof typeof NAMES, name]);
    }
  }
  return known;
}

const OLDER_LIST_ONLY = /^(ad|aol|custom|linkedin|oauth[12]|salesforce-community|wsfed)$/;

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
  const [kind, name] = KNOWN.get(strategy) ?? ['unknown', strategy];
  return {
    strategy,
    name,
    kind,
    federated: NO_PROVIDER.test(strategy)
      ? 'unsupported'
      : SOCIAL.test(strategy) || NOT_SOCIAL.test(strategy)
        ? 'supported'
        : 'unknown',
    note: `${federatedAdvice(sub)}${OLDER_LIST_ONLY.test(strategy) ? " Only Auth0's older list names it." : ''}`,
  };
}
