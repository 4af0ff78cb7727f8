/**
 * @typedef {{ state: 'alive' | 'ended' | 'unknown', user?: { name?: string, sub?: string } }} Session
 */

const unknown = { state: 'unknown' };

/** The answer of the server itself, through the cookie that this browser has for it. */
async function askServer(url) {
  if (!url) return unknown;
  try {
    const response = await fetch(`${url.replace(/\/$/, '')}/__session`, {
      credentials: 'include',
      signal: AbortSignal.timeout(4000),
    });
    const { alive, user } = await response.json();
    return { state: alive ? 'alive' : 'ended', user };
  } catch {
    return unknown;
  }
}

async function askClient(client) {
  if (!(await client.isAuthenticated())) return { state: 'ended' };
  return { state: 'alive', user: await client.getUser() };
}

/** All three, each from where it really lives. */
export async function readSessions(config, client) {
  const [application, auth0, identityProvider] = await Promise.all([
    askClient(client),
    askServer(config.local && config.tenantUrl),
    askServer(config.idpUrl),
  ]);
  return { application, auth0, identityProvider };
}
