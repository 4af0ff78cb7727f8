import { startTenant } from '../../demo/tenant/start.mjs';
import type { TenantOptions } from '../../demo/tenant/start.mjs';
import { createApp, createHttpBrowser } from './http-browser.js';
import type { Stop } from './http-browser.js';

export const origin = 'http://localhost:4400';

/** A tenant on free ports, and how a test logs in there. */
export async function startTestTenant(options: TenantOptions = {}) {
  const tenant = await startTenant({
    tenantPort: 0,
    idpPort: 0,
    appOrigins: [origin],
    ...options,
  });
  const { tenantUrl, idpUrl } = tenant;
  const newBrowser = () => createHttpBrowser([tenantUrl, idpUrl]);
  const newApp = (clientId?: string) => createApp({ tenantUrl, origin, clientId });

  /** Logs in a fresh browser: as a database user, or through the identity provider. */
  async function login(
    who: 'Ada Lovelace' | 'Alan Turing' | 'Grace Hopper' = 'Ada Lovelace',
    params?: Record<string, string>,
  ) {
    const browser = newBrowser();
    const app = newApp();
    const page = await browser.open(app.authorizeUrl(params));
    const callback: Stop =
      who === 'Grace Hopper'
        ? await browser.press(
            await browser.press(page, 'Continue with Example IdP'),
            `Log in as ${who}`,
          )
        : await browser.press(page, `Log in as ${who}`);
    return { browser, app, callback, tokens: await app.exchange(callback.url) };
  }

  return { ...tenant, newBrowser, newApp, login };
}

export type TestTenant = Awaited<ReturnType<typeof startTestTenant>>;
