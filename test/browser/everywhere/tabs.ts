import { isReady, type Settings, type TestApp } from '../app/test-app.js';
import type { Context, Tab } from '../driver/index.js';

/** Opens a page and logs in there, and then another one, which finds the login and is in front. */
export async function openTwo(
  app: TestApp,
  context: Context,
  settings: Settings,
  settingsOfOther = settings,
): Promise<[tab: Tab, other: Tab]> {
  const tab = await app.open(context, settings);
  await app.logIn(tab);
  const other = await app.open(context, settingsOfOther);
  await isReady(other, 'in');
  return [tab, other];
}

/** Opens a page of the application in a frame of this one. */
export async function openFrame(tab: Tab, url: string): Promise<void> {
  await tab.evaluate((url) => {
    const frame = document.createElement('iframe');
    frame.src = url;
    document.body.append(frame);
  }, url);
  await tab.waitFor(() => (frames[0] as Window | undefined)?.document.body?.dataset.ready);
}

/** Says whether nothing of the page can be seen. */
export const isCovered = (tab: Tab): Promise<boolean> =>
  tab.evaluate(() => !document.body.checkVisibility());

/** Collects the paths of pages that the tabs of a context go to from now on. */
export function visitsIn(context: Context): string[] {
  const visits: string[] = [];
  context.onRequest(({ url, isNavigation }) => isNavigation && visits.push(new URL(url).pathname));
  return visits;
}

/** Makes pages deaf, whatever another tab says. */
export const deaf = (context: Context): Promise<void> =>
  context.beforeEveryPage(() => {
    // @ts-expect-error -- as in an old browser
    delete window.BroadcastChannel;
    addEventListener('storage', (event) => event.stopImmediatePropagation(), true);
  }, null);

/** Lets a page log its client out when it hears of a logout, so that a framework's state follows. */
export const logsItsClientOut = (tab: Tab): Promise<void> =>
  tab.evaluate(() => {
    window.onLogoutEvent = () => {
      // As auth0-angular does, which waits for it.
      void window.app.client.logout({ openUrl: false }).then(() => {});
    };
  });
