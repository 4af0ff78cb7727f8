/** Who the tenant is: `{ domain, clientId, tenantUrl, idpUrl, local }`. */
export async function readConfig() {
  const response = await fetch('/config.json');
  return response.json();
}
