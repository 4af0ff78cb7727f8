/** What the README hands in: the types of auth0-spa-js fit, without a cast. */
import type { Auth0Client, Auth0ClientOptions } from '@auth0/auth0-spa-js';
import { createLogout } from 'auth0-logout';

export const start = (
  { domain, clientId }: Auth0ClientOptions,
  auth0Client: Auth0Client,
): Promise<void> => {
  const session = createLogout({ domain, clientId, auth0Client, returnTo: '/bye' });
  return auth0Client.loginWithRedirect({ authorizationParams: session.nextLogin() });
};
