import type { Auth0Client, Auth0ClientOptions } from '@auth0/auth0-spa-js';
import type * as auth0Logout from 'auth0-logout';

declare global {
  interface Window {
    /** What page.mjs lays open to tests. */
    app: {
      readonly client: Auth0Client;
      /** The client, or what a framework hands out of it. */
      readonly handedOut: Pick<Auth0Client, 'loginWithRedirect' | 'createFetcher'> & {
        getAccessTokenSilently(): Promise<string>;
      };
      readonly clientId: string;
      readonly domain: string;
      readonly settings: string;
      readonly session: auth0Logout.LogoutSession;
      readonly auth0Logout: typeof auth0Logout;
      readonly events: auth0Logout.LogoutEvent[];
      readonly warnings: string[];
      readonly failure?: string;
      whoIsThere(): Promise<object>;
      readonly ready: Promise<void>;
    };
    moreConfig?: Partial<auth0Logout.LogoutConfig>;
    moreClientOptions?: Partial<Auth0ClientOptions>;
    /** Gets the client before anything else does. */
    onClient?: (client: Auth0Client) => void;
    /** Gets the session as soon as it is there. */
    onSession?: (session: auth0Logout.LogoutSession) => void;
    /** Gets every event that the session tells. */
    onLogoutEvent?: (event: auth0Logout.LogoutEvent) => void;
  }
}
