import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import {
  chromium,
  type Browser,
  type BrowserContext,
  type ConsoleMessage,
  type Dialog,
  type Page,
  type Request,
} from 'playwright-core';
import type { BrowserDriver, Context, ContextOptions, SeenRequest, Tab } from './browser-driver.js';
import { answerDialog, POLL_MS, STEP_TIMEOUT_MS, toConsoleMessage } from './common.js';

/** Also lets Chromium run as root and in a container. */
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Turned off here: Playwright turns the bfcache off, and what happens on Back is part of what is tested. */
const NO_BFCACHE = '--disable-back-forward-cache';

/** What lets a second connection in, and what Playwright keeps tabs awake with. */
const ADDRESS_ARGS = ['--enable-automation', '--remote-debugging-port=0'];
const ALWAYS_AWAKE = [
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
];

/** Chromium has been seen not to answer when a page is closed on its way elsewhere. */
const CLOSE_TIMEOUT_MS = 10_000;

const pages = new WeakMap<Tab, Page>();

/**
 * The Playwright page of a tab, for what {@link Tab} does not have. A test that uses this runs in
 * Chromium only: widen the interface instead wherever other engines can do it too.
 */
export function escapeToPlaywrightPage(tab: Tab): Page {
  const page = pages.get(tab);
  if (!page) throw new Error('This tab is not driven by Playwright.');
  return page;
}

/**
 * Freezes a tab that is in the background, as a browser does that saves memory: timers and storage
 * events wait until it thaws. The returned function thaws it.
 */
export async function freeze(tab: Tab): Promise<() => Promise<void>> {
  const page = escapeToPlaywrightPage(tab);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Page.setWebLifecycleState', { state: 'frozen' });
  return async () => {
    await devtools.send('Page.setWebLifecycleState', { state: 'active' });
    await devtools.detach();
  };
}

export async function launchChromium(executablePath: string): Promise<BrowserDriver> {
  const browser = await chromium.launch({
    executablePath,
    args: ARGS,
    ignoreDefaultArgs: [NO_BFCACHE],
  });
  return {
    engine: 'chromium',
    close: await closing(browser),
    async newContext(options: ContextOptions = {}) {
      const context = await browser.newContext({
        ...(options.baseUrl && { baseURL: options.baseUrl }),
        viewport: options.viewport ?? { width: 1280, height: 800 },
        colorScheme: options.colorScheme ?? 'light',
        reducedMotion: options.reducedMotion ? 'reduce' : 'no-preference',
        forcedColors: options.forcedColors ? 'active' : 'none',
        locale: options.locale ?? 'en-US',
      });
      return createContext(context);
    },
  };
}

/**
 * The one profile of a browser as a person has it: only the tab in front is visible, the others are in
 * the background, throttled, and may be frozen. Playwright makes every tab believe that it is in front,
 * except in the default profile of a browser that it did not launch, so this one is launched and then
 * connected to.
 */
export async function launchChromiumAsPeopleDo(executablePath: string): Promise<Context> {
  const browser = await chromium.launch({
    executablePath,
    args: [...ARGS, ...ADDRESS_ARGS],
    ignoreDefaultArgs: [NO_BFCACHE, ...ALWAYS_AWAKE],
  });
  const close = await closing(browser);
  try {
    const address = await addressOf(browser);
    const connection = await chromium.connectOverCDP(address, { noDefaults: true });
    return { ...createContext(connection.contexts()[0]!), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** A browser that can be killed, with all that it has not written to disk, and started again. */
export interface KillableContext extends Context {
  readonly kill: () => Promise<void>;
}

/** Opens the profile that lies in this folder, or makes one there. */
export async function launchChromiumIn(
  profile: string,
  executablePath: string,
): Promise<KillableContext> {
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    args: ARGS,
    ignoreDefaultArgs: [NO_BFCACHE],
  });
  const [pid] = await processIds(context.browser()!, 'browser');
  return {
    ...createContext(context),
    close: () => context.close(),
    async kill() {
      const closed = new Promise((resolve) => context.once('close', resolve));
      process.kill(pid!, 'SIGKILL');
      await closed;
    },
  };
}

/** Where else a browser can be driven from: it writes that into its profile. */
async function addressOf(browser: Browser): Promise<string> {
  const { arguments: args } = await askBrowser(browser, 'Browser.getBrowserCommandLine');
  const option = '--user-data-dir=';
  const profile = args.find((arg) => arg.startsWith(option))!.slice(option.length);
  const [port] = (await readFile(`${profile}/DevToolsActivePort`, 'utf8')).split('\n');
  return `http://127.0.0.1:${port}`;
}

/** Makes what closes a browser, if need be by force. */
async function closing(browser: Browser): Promise<() => Promise<void>> {
  const [pid] = await processIds(browser, 'browser');
  return async () => {
    if (!(await endsInTime(browser.close()))) process.kill(pid!, 'SIGKILL');
  };
}

/** The processes of a browser: its own, which is of type `browser`, and those that run pages. */
export async function processIds(
  browser: Browser,
  type: 'browser' | 'renderer',
): Promise<number[]> {
  const { processInfo } = await askBrowser(browser, 'SystemInfo.getProcessInfo');
  return processInfo.filter((process) => process.type === type).map(({ id }) => id);
}

/** Asks the browser itself something that Playwright has no word for. */
const askBrowser = async <
  Question extends 'Browser.getBrowserCommandLine' | 'SystemInfo.getProcessInfo',
>(
  browser: Browser,
  question: Question,
) => {
  const devtools = await browser.newBrowserCDPSession();
  const answer = await devtools.send(question);
  await devtools.detach();
  return answer;
};

/** Waits for something to close, and answers whether it did. */
const endsInTime = (closing: Promise<void>): Promise<boolean> =>
  Promise.race([
    closing.then(() => true),
    once(AbortSignal.timeout(CLOSE_TIMEOUT_MS), 'abort').then(() => false),
  ]);

function createContext(context: BrowserContext): Context {
  context.setDefaultTimeout(STEP_TIMEOUT_MS);
  const tabs = new Map<Page, Tab>();
  const tabOf = (page: Page): Tab => {
    let tab = tabs.get(page);
    if (!tab) tabs.set(page, (tab = createTab(page, self)));
    return tab;
  };
  const self: Context = {
    async newTab(url) {
      const tab = tabOf(await context.newPage());
      if (url !== undefined) await tab.goto(url);
      return tab;
    },
    async tabOpenedBy(act) {
      const [page] = await Promise.all([context.waitForEvent('page'), act()]);
      await page.waitForLoadState();
      return tabOf(page);
    },
    tabs: () => context.pages().map(tabOf),
    async route(url, handle) {
      await context.route(url, (route, request) =>
        handle({
          ...toSeenRequest(request),
          pass: () => route.fallback(),
          answer: ({ contentType = 'text/html', ...response }) =>
            route.fulfill({ contentType, ...response }),
          fail: () => route.abort('failed'),
        }),
      );
      return () => context.unroute(url);
    },
    onRequest(listen) {
      const onRequest = (request: Request): void => listen(toSeenRequest(request));
      context.on('request', onRequest);
      return () => void context.off('request', onRequest);
    },
    async beforeEveryPage(run, arg) {
      await context.addInitScript(run as (arg: unknown) => void, arg);
    },
    setOffline: (offline) => context.setOffline(offline),
    cookies: () => context.cookies(),
    setCookies: (cookies) => context.addCookies(cookies),
    async close() {
      const close = async (): Promise<void> => {
        // A request that a test has left without an answer would hold the closing up.
        await context.unrouteAll({ behavior: 'ignoreErrors' });
        await context.close();
      };
      // What does not close now is closed with the browser.
      await endsInTime(close());
    },
  };
  context.on('page', tabOf);
  return self;
}

function createTab(page: Page, context: Context): Tab {
  const uncaught: string[] = [];
  page.on('pageerror', (error) => uncaught.push(String(error)));
  const tab: Tab = {
    context,
    async goto(url) {
      await page.goto(url);
    },
    async reload() {
      await page.reload();
    },
    back: () => travel(page, 'back'),
    forward: () => travel(page, 'forward'),
    url: () => page.url(),
    title: () => page.title(),
    evaluate: (run: (arg?: never) => unknown, arg?: unknown) =>
      page.evaluate(run as (arg: unknown) => never, arg),
    async waitFor(run: (arg?: never) => unknown, arg?: unknown) {
      // By the clock: a tab in the background draws no frames.
      const options = { polling: POLL_MS };
      const handle = await page.waitForFunction(run as (arg: unknown) => never, arg, options);
      return handle.jsonValue();
    },
    waitForUrl: (url) => page.waitForURL(url),
    async waitForElement(selector, state = 'visible') {
      await page.locator(selector).first().waitFor({ state });
    },
    waitForRequest: async (url) => toSeenRequest(await page.waitForRequest(url)),
    text: (selector) => page.locator(selector).innerText(),
    click: (selector) => page.locator(selector).click(),
    fill: (selector, value) => page.locator(selector).fill(value),
    press: (key) => page.keyboard.press(key),
    onConsole(listen) {
      const onConsole = (message: ConsoleMessage): void => listen(toConsoleMessage(message));
      page.on('console', onConsole);
      return () => void page.off('console', onConsole);
    },
    uncaught: () => uncaught,
    onDialog(decide) {
      const onDialog = (dialog: Dialog): void => answerDialog(dialog, decide);
      page.on('dialog', onDialog);
      return () => void page.off('dialog', onDialog);
    },
    setViewport: (width, height) => page.setViewportSize({ width, height }),
    screenshot: (options) => page.screenshot(options),
    bringToFront: () => page.bringToFront(),
    close: (options) => page.close({ runBeforeUnload: options?.beforeunload ?? false }),
    isClosed: () => page.isClosed(),
  };
  pages.set(tab, page);
  return tab;
}

/**
 * Travels in history. Playwright's own `goBack` waits for a navigation that commits, and on a page
 * restored from the bfcache its `load` never comes; `pageshow` does in both cases.
 */
async function travel(page: Page, direction: 'back' | 'forward'): Promise<void> {
  const options = { waitUntil: 'commit' } as const;
  await (direction === 'back' ? page.goBack(options) : page.goForward(options));
  await page.waitForFunction(() => document.readyState === 'complete');
}

function toSeenRequest(request: Request): SeenRequest {
  return {
    url: request.url(),
    method: request.method(),
    isNavigation: request.isNavigationRequest(),
    body: request.postData(),
  };
}
