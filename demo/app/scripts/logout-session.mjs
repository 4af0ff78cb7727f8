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

/** What the next login should ask for; parts that come with a later version may be missing. */
export const nextLogin = (session) => session.nextLogin?.() ?? {};

export const takeReceipt = (session) => session.takeReceipt?.() ?? null;
