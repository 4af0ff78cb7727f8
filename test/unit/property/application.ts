import { createSession } from '../../../src/create-logout.js';
// What createSession loads when it is needed is there from the start, so that runs can be repeated.
import '../../../src/credentials/beyond-storage.js';
import '../../../src/steps.js';
import type { LogoutConfig, LogoutSession } from '../../../src/logout-types.js';
import type { Page } from './fake-browser.js';
import { type ClientMode, createFakeClient, type FakeClient } from './fake-client.js';
import { APP, CLIENT_ID, type FakeTenant, TENANT } from './fake-tenant.js';

/** How the application is written. */
export interface ApplicationOptions extends ClientMode {
  /** Creates the session only after the callback was handled. */
  readonly late: boolean;
  /**
   * `ours`: as the README says. Known to be broken: `plain`, the client's own logout and no session;
   * `unfenced`, a session that is kept from putting its fence around the client.
   */
  readonly logout: 'ours' | 'plain' | 'unfenced';
}

/** The application's code in one page. */
export interface Application {
  readonly client: FakeClient;
  readonly session: () => LogoutSession | undefined;
  /** Credentials in this page's memory: the client's, the worker's and the application's own. */
  readonly inMemory: () => string[];
  /** Gets a token, as for a call of an API, and keeps a copy. */
  renew(cacheMode?: 'on' | 'off'): Promise<unknown>;
  /** Logs in without leaving the page. */
  logIn(how: 'loginWithPopup' | 'loginWithCustomTokenExchange'): Promise<unknown>;
  logOut(localOnly: boolean): Promise<unknown>;
}

export function startApplication(
  page: Page,
  tenant: FakeTenant,
  options: ApplicationOptions,
): Application {
  const { client, held } = createFakeClient(page, tenant, options);
  let session: LogoutSession | undefined;
  let copy: string | undefined;

  const start = (): void => {
    if (options.logout === 'plain') return;
    const { logout, revokeRefreshToken } = client;
    const config: LogoutConfig = {
      domain: TENANT,
      clientId: CLIENT_ID,
      returnTo: `${APP}/bye`,
      auth0Client: options.logout === 'ours' ? client : { logout, revokeRefreshToken },
      onWarning: () => {},
    };
    session = createSession(config, page.env);
    session.holdCredentials(() => (copy = undefined));
  };
  const keep = async (token: Promise<string>): Promise<void> => {
    copy = await token;
  };
  const load = async (): Promise<void> => {
    if (!options.late) start();
    try {
      if (/[?&]code=/.test(page.url())) {
        await client.handleRedirectCallback().finally(() => page.replaceUrl('/home'));
      } else await client.checkSession();
    } catch {
      // Nobody is signed in.
    }
    if (options.late) start();
    await client.getUser();
  };
  void load();
  const isReady = (): unknown => session ?? options.logout === 'plain';

  return {
    client,
    session: () => session,
    inMemory: () => [...held(), ...(copy ? [copy] : [])],
    // Before its session is there, an application that creates it late does nothing.
    renew: async (cacheMode) => isReady() && keep(client.getTokenSilently({ cacheMode })),
    logIn: async (how) => isReady() && keep(client[how]()),
    logOut: async (localOnly) =>
      options.logout === 'plain'
        ? client.logout(localOnly ? { openUrl: false } : {})
        : session?.logout({ localOnly }),
  };
}
