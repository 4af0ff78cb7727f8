import { describe, expect } from 'vitest';
import { appTest as test, hasLoadedAll, isReady, type TestApp } from '../browser/app/test-app.js';
import type { Context, Tab } from '../browser/driver/index.js';
import { comparePaired, report, rest, type Measure } from './paired.js';

declare global {
  interface Window {
    logOut: (url: string) => void;
  }
}

const ROUNDS = 15;

type Stored = readonly (readonly [key: string, value: string])[];

/** Logs in once, for real, and answers what the client has stored. */
async function logInOnce(app: TestApp, context: Context, settings: string): Promise<Stored> {
  const tab = await app.open(context, settings);
  await app.logIn(tab);
  const stored = await tab.evaluate(() =>
    // But for what would say that a later logout has been lost.
    Object.entries(localStorage).filter(([key]) => !key.startsWith('auth0-logout')),
  );
  await tab.close();
  return stored;
}

/**
 * From the click to the request at the server, in a page that is signed in. Each time in a tab of its
 * own: a page that lies in the bfcache would be thrown out by ours, and cost whoever is measured next.
 */
function fromClick(
  app: TestApp,
  context: Context,
  settings: string,
  stored: Stored,
  logOut: (url: string) => void,
): Measure {
  const { domain, control } = app.tenant;
  const returnTo = encodeURIComponent(`${app.url}/bye`);
  return async () => {
    const tab = await context.newTab(`${app.url}/config.json`);
    await tab.evaluate((entries) => {
      localStorage.clear();
      sessionStorage.clear();
      for (const [key, value] of entries) localStorage.setItem(key, value);
    }, stored);
    await tab.goto(`${app.url}/home?${settings}`);
    await isReady(tab);
    // People click when a page has long been loaded, and what it loads afterwards too.
    if (!settings.endsWith('nosession')) await hasLoadedAll(tab);
    await tab.evaluate(rest);
    const clicked = clickTime(tab);
    await tab.evaluate(makeButton, [
      `${domain}/v2/logout?client_id=demo-app&returnTo=${returnTo}`,
      String(logOut),
    ] as const);
    const request = control.waitFor('/v2/logout');
    await tab.click('#log-out');
    const { at } = await request;
    await tab.waitForUrl(/\/bye/);
    await tab.close();
    return at - (await clicked);
  };
}

/** A button as a page has it, that says when it was clicked. */
function makeButton([url, logOut]: readonly [url: string, logOut: string]): void {
  const button = document.createElement('button');
  button.id = 'log-out';
  button.textContent = 'Log out';
  // What a test hands to a page arrives as text.
  const script = document.createElement('script');
  script.textContent = `window.logOut = ${logOut}`;
  document.head.append(script);
  button.onclick = (event) => {
    console.log(`clicked ${performance.timeOrigin + event.timeStamp}`);
    window.logOut(url);
  };
  document.body.prepend(button);
}

function clickTime(tab: Tab): Promise<number> {
  return new Promise((resolve) => {
    const stop = tab.onConsole(({ text }) => {
      const [word, time] = text.split(' ');
      if (word !== 'clicked') return;
      stop();
      resolve(Number(time));
    });
  });
}

const byHand = (url: string): void => {
  for (const key of Object.keys(localStorage)) localStorage.removeItem(key);
  location.replace(url);
};
const ours = (): void => void window.app.session.logout();
const sdk = (): void => {
  const { client } = window.app;
  const logoutParams = { returnTo: `${location.origin}/bye` };
  void client.revokeRefreshToken().then(() => client.logout({ logoutParams }));
};
const sdkAlone = (): void =>
  void window.app.client.logout({ logoutParams: { returnTo: `${location.origin}/bye` } });

describe('from the click to the request at the server', () => {
  test('against removeItem and location.replace', async ({ app, context }) => {
    const stored = await logInOnce(app, context, 'localstorage.iframe');
    const way = (settings: string, logOut: (url: string) => void): Measure =>
      fromClick(app, context, settings, stored, logOut);

    const result = await comparePaired(
      way('localstorage.iframe', ours),
      way('localstorage.iframe.nosession', byHand),
      ROUNDS,
    );

    report('click to request, by hand (limit 1.1)', result);
    report(
      'for comparison: auth0-spa-js, by hand',
      await comparePaired(
        way('localstorage.iframe.nosession', sdkAlone),
        way('localstorage.iframe.nosession', byHand),
        ROUNDS,
      ),
    );
    expect(result.ours).toBeLessThan(1000);
  });

  test('with a revocation that is awaited', async ({ app, context }) => {
    const stored = await logInOnce(app, context, 'localstorage.rt');
    const way = (settings: string, logOut: (url: string) => void): Measure =>
      fromClick(app, context, settings, stored, logOut);
    const withoutUs = 'localstorage.rt.nosession';

    const result = await comparePaired(
      way('localstorage.rt', ours),
      way(withoutUs, byHand),
      ROUNDS,
    );
    report('click to request with a revocation, by hand without one (limit 1.45)', result);
    report(
      'for comparison: auth0-spa-js with a revocation, by hand without one',
      await comparePaired(way(withoutUs, sdk), way(withoutUs, byHand), ROUNDS),
    );
    expect(result.ours).toBeLessThan(2000);
  });
});
