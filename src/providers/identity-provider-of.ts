import { federatedAdvice } from './federated-advice.js';
import { providerStrategy, strategyOf } from './strategies.js';

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

// By kind: the strategy, unless it is the name in small letters, and the name; `!` after those that
// Auth0 names for federated logout, `?` where only its older list does.
const NAMES = {
  database: 'auth0:Auth0 database',
  passwordless: 'email:Passwordless by email,sms:Passwordless by SMS',
  custom: 'custom:Custom?,oauth1:OAuth 1.0?,oauth2:OAuth 2.0?',
  enterprise:
    'ad:Active Directory / LDAP?,adfs:AD Federation Services!,auth0-adldap:Auth0 AD/LDAP,auth0-oidc:Auth0 OpenID Connect,google-apps:Google Workspace!,ip:IP address,office365:Microsoft 365!,oidc:OpenID Connect!,Okta!,PingFederate,samlp:SAML!,SharePoint,waad:Microsoft Entra ID!,wsfed:WS-Federation?',
  social:
    'Amazon,AOL?,Apple,Baidu,Bitbucket,Bitly,Box,daccount:d ACCOUNT,Dropbox,Dwolla,Evernote!,Evernote Sandbox,Exact,Facebook!,Fitbit!,GitHub!,google-oauth2:Google!,Instagram,LINE,LinkedIn?,PayPal,PayPal Sandbox,planningcenter:Planning Center,Salesforce!,Salesforce Community?,Salesforce Sandbox!,Shop,Shopify,SoundCloud,thirtysevensignals:37signals,twitter:X (Twitter)!,Untappd,VKontakte,Weibo,windowslive:Microsoft account!,WordPress,Yahoo!,yammer:Viva Engage!,Yandex',
};

interface Known {
  readonly kind: IdentityProvider['kind'];
  readonly name: string;
  readonly listed?: string | undefined;
}

function find(strategy: string): Known {
  for (const [kind, names] of Object.entries(NAMES)) {
    for (const entry of names.split(',')) {
      const [, text, listed] = /([^!?]+)(.?)/.exec(entry)!;
      const [id, name = id] = text!.split(':') as [string, string?];
      if (id.toLowerCase().replace(' ', '-') === strategy) {
        return { kind: kind as keyof typeof NAMES, name, listed };
      }
    }
  }
  return { kind: 'unknown', name: strategy };
}

const MORE: readonly (readonly [RegExp, string])[] = [
  [/^google/, 'Google may not come back to returnTo.'],
  [
    /^facebook/,
    'Facebook needs facebookAccessToken, and https://DOMAIN/logout?returnTo=… allowed.',
  ],
  [
    /^samlp/,
    'SAML needs a sign-out URL (or the sign-in URL is used), a SessionIndex, and answers to https://DOMAIN/logout.',
  ],
  [
    /^(adfs|wsfed)/,
    'Auth0 keeps one logout URL per browser: two logouts at once lose the way back.',
  ],
];

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
  const { kind, name, listed } = find(strategy);
  const unsupported = providerStrategy(sub) === null;
  const note = [federatedAdvice(sub)];
  if (!listed && !unsupported) note.push('Auth0 does not document it for this one.');
  if (listed === '?') note.push("Only Auth0's older list names it.");
  if (listed && kind === 'social') note.push('Development keys end the Auth0 session only.');
  for (const [which, text] of MORE) if (which.test(strategy)) note.push(text);
  return {
    strategy,
    name,
    kind,
    federated: unsupported ? 'unsupported' : listed ? 'supported' : 'unknown',
    note: note.join(' '),
  };
}
