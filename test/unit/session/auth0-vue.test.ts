import { type Auth0Plugin, createAuth0 } from '@auth0/auth0-vue';
import { describe, expect, test } from 'vitest';
import { createApp } from 'vue';
import { clientId, domain, logOutHere, ownKey, startSession } from './page-session.js';

/** The plugin of a page that is opened now, with a session around it, not yet in an application. */
function openPage(): Auth0Plugin {
  const auth0 = createAuth0({ domain, clientId });
  startSession({ auth0Client: auth0 });
  return auth0;
}
const install = (auth0: Auth0Plugin): unknown => createApp({ render: () => null }).use(auth0);

// An application shows neither its content nor a way to log in while it is true.
describe('the isLoading of auth0-vue', () => {
  test('ends in a page that is opened after a logout', async () => {
    await logOutHere();
    const auth0 = openPage();

    install(auth0);

    await expect.poll(() => auth0.isLoading.value).toBe(false);
    expect(auth0.isAuthenticated.value).toBe(false);
  });

  test('ends where a login comes back that a logout has overtaken', async () => {
    await logOutHere();
    // It was about to leave from this tab when the logout came.
    const tab = JSON.parse(sessionStorage.getItem(ownKey)!) as object;
    sessionStorage.setItem(ownKey, JSON.stringify({ ...tab, login: 'an older one' }));
    history.replaceState(null, '', '/callback?code=c&state=s');
    const auth0 = openPage();

    install(auth0);

    await expect.poll(() => auth0.isLoading.value).toBe(false);
    expect(JSON.parse(localStorage.getItem(ownKey)!)).not.toHaveProperty('login');
  });

  test('goes on where a token is refused: a login may be coming back', async () => {
    await logOutHere();
    const auth0 = openPage();

    const token = auth0.getAccessTokenSilently();

    await expect(token).rejects.toMatchObject({ error: 'login_required' });
    expect(auth0.isLoading.value).toBe(true);
  });
});
