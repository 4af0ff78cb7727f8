import { describe, expect } from 'vitest';
import { appTest as test, isReady, type TestApp } from '../browser/app/test-app.js';
import type { Context, Tab } from '../browser/driver/index.js';
import { comparePaired, report, type Measure } from './paired.js';

const ROUNDS = 15;

type Stored = readonly (readonly [key: string, value: string])[];

/** Logs in once, for real, and answers what the client has stored. */
async function logInOnce(app: TestApp, context: Context, settings: string): Promise<Stored> {
  const tab = await app.open(context, settings);
  await app.logIn(tab);
  const stored = await tab.evaluate(() => Object.entries(localStorage));
  await tab.close();
  return stored;
}

/** From the click to the request at the server, in a page that is signed in. */
function fromClick(
  app: TestApp,
  tab: Tab,
  settings: string,
  stored: Stored,
  click: (url: string) => number,
): Measure {
  const { domain, control } = app.tenant;
  const returnTo = encodeURIComponent(`${app.url}/bye`);
  return async () => {
    await tab.goto(`${app.url}/config.json`);
    await tab.evaluate((entries) => {
      localStorage.clear();
      sessionStorage.clear();
      for (const [key, value] of entries) localStorage.setItem(key, value);
    }, stored);
    await tab.goto(`${app.url}/home?${settings}`);
    await isReady(tab);
    const request = control.waitFor('/v2/logout');
    const clicked = await tab.evaluate(
      click,
      `${domain}/v2/logout?client_id=demo-app&returnTo=${returnTo}`,
    );
    const { at } = await request;
    await tab.waitForUrl(/\/bye/);
    return at - clicked;
  };
}

const byHand = (url: string): number => {
  const clicked = performance.timeOrigin + performance.now();
  for (const key of Object.keys(localStorage)) localStorage.removeItem(key);
  location.replace(url);
  return clicked;
};
const ours = (): number => {
  const clicked = performance.timeOrigin + performance.now();
  void window.app.session.logout();
  return clicked;
};
const sdk = (): number => {
  const clicked = performance.timeOrigin + performance.now();
  const { client } = window.app;
  void client
    .revokeRefreshToken()
    .then(() => client.logout({ logoutParams: { returnTo: `${location.origin}/bye` } }));
  return clicked;
};

describe('from the click to the request at the server', () => {
  test('against removeItem and location.replace', async ({ app, context }) => {
    const stored = await logInOnce(app, context, 'localstorage.iframe');
    const tab = await context.newTab();
    const way = (settings: string, click: (url: string) => number): Measure =>
      fromClick(app, tab, settings, stored, click);

    const result = await comparePaired(
      way('localstorage.iframe', ours),
      way('localstorage.iframe.nosession', byHand),
      ROUNDS,
    );

    report('click to request, by hand (limit 1.1)', result);
    expect(result.ours).toBeLessThan(1000);
  });

  test('with a revocation that is awaited', async ({ app, context }) => {
    const stored = await logInOnce(app, context, 'localstorage.rt');
    const tab = await context.newTab();
    const way = (settings: string, click: (url: string) => number): Measure =>
      fromClick(app, tab, settings, stored, click);
    const withoutUs = 'localstorage.rt.nosession';

    const result = await comparePaired(
      way('localstorage.rt', ours),
      way(withoutUs, byHand),
      ROUNDS,
    );
    report('click to request with a revocation, by hand without one (limit 1.45)', result);
    report(
      'click to request with a revocation, auth0-spa-js with one',
      await comparePaired(way('localstorage.rt', ours), way(withoutUs, sdk), ROUNDS),
    );
    expect(result.ours).toBeLessThan(2000);
  });
});
