import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished } from 'vitest';
import { appTest as test, hasReturned, type TestApp } from '../app/test-app.js';
import type { Context, Tab } from '../driver/index.js';
import { openFrame } from './tabs.js';

const umd = readFileSync(new URL('../../../dist/auth0-logout.umd.js', import.meta.url), 'utf8');

test.afterEach(({ app }) => app.tenant.control.reset());

/** A page with somebody signed in, and the same application in a frame of it. */
async function openFramed(
  app: TestApp,
  context: Context,
  settings: string,
  around = settings,
): Promise<Tab> {
  const tab = await app.open(context, around);
  await app.logIn(tab);
  await openFrame(tab, `${app.url}/home?${settings}`);
  return tab;
}

test.for(['localstorage.rt', 'localstorage.rt.oidc'])(
  'a logout in a frame takes the page around it to Auth0 and back, in %s',
  async (settings, { app, context }) => {
    const tab = await openFramed(app, context, settings);

    await tab.evaluate(() => {
      const { session } = (frames[0] as Window).app;
      // Too long for an address: `/oidc/logout` gets a form.
      void session.logout(location.search.endsWith('oidc') ? { state: 's'.repeat(2000) } : {});
    });
    await hasReturned(tab);

    expect(await tab.evaluate(() => window.app.session.takeReceipt())).toMatchObject({
      verified: true,
      sessions: { auth0: 'requested' },
    });
    expect(app.tenant.control.sessions().tenant).toEqual([]);
  },
);

test('a logout in a frame of another site says that Auth0 may not see its session there', async ({
  app,
  context,
}) => {
  const { control, domain } = app.tenant;
  const tab = await app.open(context, 'memory.rt');
  await app.logIn(tab);
  // Without auth0-spa-js, which does not even start in such a frame where storage is blocked there.
  const returnTo = `${app.url}/bye?memory.rt`;
  const config = JSON.stringify({ domain, clientId: 'demo-app', returnTo });
  const server = createServer((_request, response) =>
    response.setHeader('content-type', 'text/html').end(`<script>${umd}</script><script>
      const onWarning = (text) => parent.postMessage(text, '*');
      auth0Logout.createLogout({ ...${config}, onWarning }).logout().then(() => onWarning('over'));
    </script>`),
  );
  await once(server.listen(0, 'localhost'), 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  await tab.goto(`${app.url.replace('localhost', 'portal.localhost')}/home?nosession`);
  const release = control.behave('/v2/logout', { hang: true });

  const said = await tab.evaluate(async (src) => {
    const said: unknown[] = [];
    const over = new Promise<void>((resolve) => {
      addEventListener('message', ({ data }) => {
        said.push(data);
        if (data === 'over') resolve();
      });
    });
    document.body.append(Object.assign(document.createElement('iframe'), { src }));
    await over;
    return said;
  }, `http://localhost:${port}/`);
  const returned = tab.waitForRequest(returnTo);
  release();
  await returned;

  expect(said).toContainEqual(expect.stringContaining('In a frame Auth0 may not see'));
  // Auth0 was asked, but not for whom: the cookie of the session does not go into such a frame.
  expect(control.sessions().tenant).toEqual(['auth0|ada']);
});

test('a logout in a frame leaves a page alone that has no session, as a test runner', async ({
  app,
  context,
}) => {
  const tab = await openFramed(app, context, 'localstorage.rt', 'nosession');
  const asked = tab.waitForRequest(/\/v2\/logout/);

  await tab.evaluate(() => void (frames[0] as Window).app.session.logout());
  await asked;
  await tab.waitFor(() => (frames[0] as Window).location.pathname === '/bye');

  expect(tab.url()).toContain('/home');
});
