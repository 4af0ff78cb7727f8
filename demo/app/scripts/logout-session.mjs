/**
 * The library under test, set up as an application would. Imported at run time: without a build,
 * the page can say so instead of staying blank.
 */
export async function createSession(config, auth0Client) {
  const { createLogout } = await import('/dist/index.mjs');
  return createLogout({
    domain: config.domain,
    clientId: config.clientId,
    returnTo: '/bye.html',
    allowedLogoutUrls: [`${location.origin}/bye.html`],
    auth0Client,
    clear: { keep: ['theme', 'demo-draft'] },
  });
}
