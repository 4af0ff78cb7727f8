import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test, vi } from 'vitest';
import { startTenant } from '../../demo/tenant/start.mjs';

test('starts in well under two seconds, and says nothing', async () => {
  const spies = (['log', 'info', 'warn', 'error'] as const).map((name) => vi.spyOn(console, name));
  // It waits for nothing but the processor, which other tests may be busy with.
  const before = process.cpuUsage();
  const tenant = await startTenant({ tenantPort: 0, idpPort: 0 });
  const { user, system } = process.cpuUsage(before);
  await tenant.stop();
  expect((user + system) / 1000).toBeLessThan(2000);
  for (const spy of spies) expect(spy).not.toHaveBeenCalled();
});

test('names the endpoints as Auth0 does', async () => {
  const { tenantUrl, domain, stop } = await startTenant({ tenantPort: 0, idpPort: 0 });
  const response = await fetch(`${tenantUrl}/.well-known/openid-configuration`);
  const discovered = await response.json();
  await stop();
  expect(domain).toBe(tenantUrl);
  expect(discovered).toMatchObject({
    issuer: `${tenantUrl}/`,
    authorization_endpoint: `${tenantUrl}/authorize`,
    token_endpoint: `${tenantUrl}/oauth/token`,
    revocation_endpoint: `${tenantUrl}/oauth/revoke`,
    userinfo_endpoint: `${tenantUrl}/userinfo`,
    jwks_uri: `${tenantUrl}/.well-known/jwks.json`,
    end_session_endpoint: `${tenantUrl}/oidc/logout`,
    id_token_signing_alg_values_supported: ['RS256'],
  });
});

test.each(['tenantPort', 'idpPort'] as const)('says which port is taken: %s', async (taken) => {
  const squatter = createServer();
  await new Promise<void>((resolve) => squatter.listen(0, '127.0.0.1', resolve));
  const { port } = squatter.address() as AddressInfo;
  try {
    const starting = startTenant({ tenantPort: 0, idpPort: 0, [taken]: port });
    await expect(starting).rejects.toThrow(new RegExp(`Port ${port} is taken.*set PORT`));
  } finally {
    squatter.close();
  }
});

test('gives its ports back at once when it stops, also to a browser that keeps connections', async () => {
  const first = await startTenant({ tenantPort: 0, idpPort: 0 });
  const ports = {
    tenantPort: Number(new URL(first.tenantUrl).port),
    idpPort: Number(new URL(first.idpUrl).port),
  };
  await (await fetch(first.tenantUrl)).text();
  await first.stop();
  const second = await startTenant(ports);
  expect((await fetch(second.tenantUrl)).status).toBe(200);
  await second.stop();
});

test.each([
  ['app.example/bye', 'is no URL with a scheme'],
  ['https://*.com', 'right below a top-level domain'],
  ['https://app.*.example.com', 'outside the leftmost label'],
  ['https://app.example.com/*', 'outside the leftmost label'],
  ['https://*.*.example.com', 'more than one wildcard'],
  ['auth0flutter://*.example.com', 'without http or https'],
])('refuses to list %s, which %s', async (entry, fault) => {
  await expect(startTenant({ tenantPort: 0, idpPort: 0, tenantLogoutUrls: entry })).rejects.toThrow(
    fault,
  );
});

test('refuses to list more than 100 Allowed Logout URLs', async () => {
  const urls = Array.from({ length: 101 }, (_, i) => `https://app.example/${i}`).join(',');
  const clients = [{ clientId: 'demo-app', allowedLogoutUrls: urls }];
  await expect(startTenant({ tenantPort: 0, idpPort: 0, clients })).rejects.toThrow('at most 100');
});
