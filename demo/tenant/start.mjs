import { randomBytes } from 'node:crypto';
import { parseAllowedLogoutUrls } from './allowed-logout-urls.mjs';
import { defaultClients, defaultLogoutUrls, registerClients } from './clients.mjs';
import { controlEndpoint, createControl } from './control.mjs';
import { createIdentityProvider } from './identity-provider.mjs';
import { openServer } from './server.mjs';
import { createTenant } from './tenant.mjs';

/**
 * Starts the local tenant and the identity provider upstream of it, on loopback, in memory.
 *
 * @param {object} [options]
 * @param {number} [options.tenantPort] default 4401; 0 picks a free one
 * @param {number} [options.idpPort] default 4402; 0 picks a free one
 * @param {readonly string[]} [options.appOrigins] where applications are; default
 *   `http://localhost:4400`
 * @param {readonly import('./clients.mjs').ClientSettings[]} [options.clients] default: `demo-app`
 *   and `demo-app-2`
 * @param {string | readonly string[]} [options.tenantLogoutUrls] the tenant's own Allowed Logout
 *   URLs; default: those that applications have by default
 * @param {number} [options.accessTokenTtl] how many seconds an access token lives; default a day
 */
export async function startTenant({
  tenantPort = 4401,
  idpPort = 4402,
  appOrigins = ['http://localhost:4400'],
  clients = defaultClients,
  tenantLogoutUrls = defaultLogoutUrls(appOrigins),
  accessTokenTtl = 24 * 60 * 60,
} = {}) {
  const registered = registerClients(clients, appOrigins);
  const allowed = parseAllowedLogoutUrls(tenantLogoutUrls);
  const stopping = new AbortController();
  const tenantServer = await openServer(tenantPort, 'the local tenant');
  const idpServer = await openServer(idpPort, 'Example IdP').catch(async (error) => {
    await tenantServer.stop();
    throw error;
  });
  const tenantUrl = tenantServer.url;
  const idpUrl = idpServer.url;

  async function stop() {
    stopping.abort(new Error('The local tenant was stopped.'));
    await Promise.all([tenantServer.stop(), idpServer.stop()]);
  }

  try {
    const upstreamSecret = randomBytes(32).toString('base64url');
    const [tenant, idp] = await Promise.all([
      createTenant({
        tenantUrl,
        idpUrl,
        upstreamSecret,
        clients: registered,
        tenantLogoutUrls: allowed,
        appOrigins,
        accessTokenTtl,
        traffic: tenantServer.traffic,
        signal: stopping.signal,
      }),
      createIdentityProvider({
        idpUrl,
        tenantUrl,
        upstreamSecret,
        appOrigins,
        traffic: idpServer.traffic,
      }),
    ]);
    const control = createControl({
      tenant,
      idp,
      tenantTraffic: tenantServer.traffic,
      idpTraffic: idpServer.traffic,
    });
    tenantServer.serve(tenant.provider.use(controlEndpoint(control, appOrigins)).callback());
    idpServer.serve(idp.provider.callback());
    return { tenantUrl, idpUrl, domain: tenantUrl, control, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
