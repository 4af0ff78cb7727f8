import { launch, type ConsoleMessage as Logged, type Dialog, type Page } from 'puppeteer-core';
import type {
  BrowserDriver,
  Context,
  ContextOptions,
  InterceptedRequest,
  SeenRequest,
  Tab,
} from './browser-driver.js';
import { answerDialog, POLL_MS, STEP_TIMEOUT_MS, toConsoleMessage } from './common.js';

const POPUP_MS = 1000;

type Url = string | RegExp | ((url: URL) => boolean);

/** What WebDriver BiDi says that a request is about to be sent with. */
interface BidiRequest {
  readonly context: string | null;
  readonly navigation: string | null;
  readonly isBlocked: boolean;
  readonly redirectCount: number;
  readonly request: {
    readonly request: string;
    readonly url: string;
    readonly method: string;
    readonly bodySize: number | null;
  };
}

/** The protocol itself, for what Puppeteer has no word for or asks of one tab at a time. */
interface Bidi {
  send(method: string, params: object): Promise<{ result: Record<string, unknown> }>;
  on<Event>(method: string, listen: (event: Event) => void): void;
  off<Event>(method: string, listen: (event: Event) => void): void;
}

/** Calls back with every request of a context. Returns the undo. */
type Seen = (listen: (event: BidiRequest) => void) => () => void;

/** What Puppeteer calls a tab in the protocol. */
const idOf = (page: Page): string => (page.mainFrame() as unknown as { _id: string })._id;

/**
 * Drives Firefox by WebDriver BiDi. In every context only the tab in front is visible, as on a person's
 * screen. Colours and motion of a context's options, and service workers of routed pages, it has not.
 */
export async function launchFirefox(executablePath: string): Promise<BrowserDriver> {
  const browser = await launch({
    browser: 'firefox',
    executablePath,
    defaultViewport: null,
    protocolTimeout: 2 * STEP_TIMEOUT_MS,
  });
  const bidi = (browser as unknown as { connection: Bidi }).connection;
  return {
    engine: 'firefox',
    close: () => browser.close(),
    async newContext(options: ContextOptions = {}) {
      const context = await browser.createBrowserContext();
      const tabs = new Map<Page, Tab>();
      const frames = new Set<string>();
      const seeFrame = (frame: { context: string; userContext: string }): void => {
        if (frame.userContext === context.id) frames.add(frame.context);
      };
      bidi.on('browsingContext.contextCreated', seeFrame);
      const { viewport = { width: 1280, height: 800 }, locale, baseUrl = '' } = options;
      const ofThis = { userContexts: [context.id] };
      await bidi.send('browsingContext.setViewport', { viewport, ...ofThis });
      if (locale) await bidi.send('emulation.setLocaleOverride', { locale, ...ofThis });

      const tabOf = (page: Page): Tab => {
        let tab = tabs.get(page);
        if (!tab) {
          page.once('close', () => tabs.delete(page));
          tabs.set(page, (tab = createTab(page, self, { bidi, seen, baseUrl })));
        }
        return tab;
      };
      context.on('targetcreated', async (target) => {
        const page = target.type() === 'page' && (await target.page());
        if (page) tabOf(page);
      });

      const seen: Seen = (listen) => {
        const onRequest = (event: BidiRequest): void => {
          const mine = event.context !== null && frames.has(event.context);
          // What Playwright passes over, too.
          const shown = !/^data:|\/favicon\.ico$/.test(event.request.url);
          if (mine && shown) listen(event);
        };
        bidi.on('network.beforeRequestSent', onRequest);
        return () => bidi.off('network.beforeRequestSent', onRequest);
      };

      const routes: { matches(url: string): boolean; handle: Handler }[] = [];
      type Handler = (request: InterceptedRequest) => void | Promise<void>;
      let intercept: ReturnType<Bidi['send']> | undefined;
      /** Hands a request to the latest handler first; the last word is to let it go. */
      const answer = async (event: BidiRequest, left: typeof routes): Promise<void> => {
        const { request, url } = event.request;
        const say = async (method: string, params = {}): Promise<void> => {
          // A request whose page has gone needs no answer any more.
          await bidi.send(`network.${method}`, { request, ...params }).catch(() => undefined);
        };
        const last = left.findLastIndex(({ matches }) => matches(url));
        // As in Chromium, what an answer from the network leads to is not intercepted.
        if (last < 0 || event.redirectCount) return say('continueRequest');
        await left[last]!.handle({
          ...toSeenRequest(event),
          body: await bodyOf(bidi, event),
          pass: () => answer(event, left.slice(0, last)),
          fail: () => say('failRequest'),
          answer: ({ status = 200, contentType = 'text/html', headers, body = '' }) =>
            say('provideResponse', {
              statusCode: status,
              reasonPhrase: '',
              headers: Object.entries({
                'content-type': contentType,
                'content-length': String(Buffer.byteLength(body)),
                ...headers,
              }).map(([name, value]) => ({ name, value: { type: 'string', value } })),
              body: { type: 'string', value: body },
            }),
        });
      };
      // Also where this one intercepts nothing: one that does holds up the requests of all.
      const onBlocked = (event: BidiRequest): void => {
        const mine = event.context === null || frames.has(event.context);
        if (event.isBlocked && mine) void answer(event, [...routes]);
      };
      bidi.on('network.beforeRequestSent', onBlocked);

      const self: Context = {
        async newTab(url) {
          const tab = tabOf(await context.newPage());
          if (url !== undefined) await tab.goto(url);
          return tab;
        },
        async tabOpenedBy(act) {
          const known = new Set(tabs.values());
          await act();
          const tab = await until(() => [...tabs.values()].find((tab) => !known.has(tab)), 'a tab');
          const isThere = (): boolean =>
            location.href !== 'about:blank' && document.readyState === 'complete';
          // A popup whose server does not answer stays where it began.
          await until(() => tab.evaluate(isThere), 'its page', POPUP_MS).catch(() => undefined);
          return tab;
        },
        tabs: () => [...tabs.values()],
        async route(url, handle) {
          const entry = { matches: matcher(url), handle };
          routes.push(entry);
          await (intercept ??= bidi.send('network.addIntercept', {
            phases: ['beforeRequestSent'],
          }));
          return async () => void routes.splice(routes.indexOf(entry), 1);
        },
        // Without the body, which has to be asked for.
        onRequest: (listen) => seen((event) => listen(toSeenRequest(event))),
        async beforeEveryPage(run, arg) {
          await bidi.send('script.addPreloadScript', {
            functionDeclaration: `() => { (${String(run)})(${JSON.stringify(arg)}); }`,
            ...ofThis,
          });
        },
        async setOffline(offline) {
          const networkConditions = offline ? { type: 'offline' } : null;
          await bidi.send('emulation.setNetworkConditions', { networkConditions, ...ofThis });
        },
        cookies: async () =>
          (await context.cookies()).map((cookie) => ({ ...cookie, httpOnly: !!cookie.httpOnly })),
        async setCookies(cookies) {
          await context.setCookie(
            ...cookies.map(({ url, ...cookie }) => ({
              ...cookie,
              domain: new URL(url).hostname,
              path: '/',
            })),
          );
        },
        async close() {
          bidi.off('browsingContext.contextCreated', seeFrame);
          routes.length = 0;
          await context.close();
          // It would hold up what comes after this context.
          if (intercept) await bidi.send('network.removeIntercept', (await intercept).result);
          bidi.off('network.beforeRequestSent', onBlocked);
        },
      };
      return self;
    },
  };
}

/** What a tab needs of its context. */
interface Lent {
  readonly bidi: Bidi;
  readonly seen: Seen;
  readonly baseUrl: string;
}

function createTab(page: Page, context: Context, { bidi, seen, baseUrl }: Lent): Tab {
  const uncaught: string[] = [];
  page.on('pageerror', (error) => {
    const { message } = error as Error;
    // What a policy forbids is told of in the same way.
    if (!message.startsWith('Content-Security-Policy')) uncaught.push(message);
  });
  page.setDefaultTimeout(STEP_TIMEOUT_MS);
  let deciders = 0;
  page.on('dialog', (dialog) => {
    // As Playwright does where nobody listens.
    if (!deciders) void dialog[dialog.type() === 'beforeunload' ? 'accept' : 'dismiss']();
  });
  /** Where it is, after a page came back from the bfcache: Puppeteer does not hear of that. */
  let restored: string | undefined;
  page.on('framenavigated', (frame) => {
    if (frame === page.mainFrame()) restored = undefined;
  });
  const travel = async (delta: number): Promise<void> => {
    await bidi.send('browsingContext.traverseHistory', { context: idOf(page), delta });
    await tab.waitFor(() => document.readyState === 'complete');
    restored = await page.evaluate(() => location.href);
  };
  /** Where the middle of an element is, once it can be seen. */
  const spot = (selector: string): Promise<{ x: number; y: number }> =>
    tab.waitFor(whereIs, selector) as Promise<{ x: number; y: number }>;
  const tab: Tab = {
    context,
    async goto(url) {
      await page.goto(baseUrl ? new URL(url, baseUrl).href : url);
    },
    async reload() {
      await page.reload();
    },
    back: () => travel(-1),
    forward: () => travel(1),
    url: () => restored ?? page.url(),
    title: () => page.title(),
    evaluate: (run: (arg?: never) => unknown, arg?: unknown) =>
      page.evaluate(run as (arg: unknown) => never, arg),
    // Asked again and again from here: the page may be on its way elsewhere.
    waitFor: (run: (arg?: never) => unknown, arg?: unknown) =>
      until(() => page.evaluate(run as (arg: unknown) => never, arg), String(run)),
    async waitForUrl(url) {
      const matches = matcher(url);
      await until(async () => {
        const address = await page.evaluate(() => {
          // An image of the page's may go by that name.
          const state: unknown = Reflect.get(Document.prototype, 'readyState', document);
          return state === 'complete' && location.href;
        });
        return address && matches(address);
      }, String(url));
    },
    async waitForElement(selector, state = 'visible') {
      await until(async () => {
        const found = await page.evaluate(whereIs, selector);
        return state === 'hidden'
          ? !found?.visible
          : found && (found.visible || state !== 'visible');
      }, `${selector} to be ${state}`);
    },
    waitForRequest: (url) =>
      new Promise((resolve) => {
        const matches = matcher(url);
        const stop = seen((event) => {
          if (!matches(event.request.url)) return;
          stop();
          resolve(bodyOf(bidi, event).then((body) => ({ ...toSeenRequest(event), body })));
        });
      }),
    text: (selector) =>
      until(async () => (await page.evaluate(whereIs, selector))?.text, `text in ${selector}`),
    async click(selector) {
      const { x, y } = await spot(selector);
      await page.mouse.click(x, y);
    },
    async fill(selector, value) {
      await tab.click(selector);
      await page.evaluate((value) => {
        let element = document.activeElement;
        while (element?.shadowRoot) element = element.shadowRoot.activeElement;
        if (element instanceof HTMLInputElement && element.type === 'date') {
          element.value = value;
          for (const type of ['input', 'change']) {
            element.dispatchEvent(new Event(type, { bubbles: true }));
          }
          return;
        }
        document.execCommand('selectAll');
        document.execCommand(value ? 'insertText' : 'delete', false, value);
      }, value);
    },
    async press(chord) {
      const keys = chord.split('+') as Parameters<typeof page.keyboard.press>[0][];
      for (const key of keys) await page.keyboard.down(key);
      for (const key of keys.reverse()) await page.keyboard.up(key);
    },
    onConsole(listen) {
      const onConsole = (message: Logged): void => listen(toConsoleMessage(message));
      page.on('console', onConsole);
      return () => void page.off('console', onConsole);
    },
    uncaught: () => uncaught,
    onDialog(decide) {
      const onDialog = (dialog: Dialog): void => answerDialog(dialog, decide);
      deciders++;
      page.on('dialog', onDialog);
      return () => {
        deciders--;
        page.off('dialog', onDialog);
      };
    },
    setViewport: (width, height) => page.setViewport({ width, height }),
    screenshot: (options) => page.screenshot(options as { path: `${string}.png` }),
    bringToFront: () => page.bringToFront(),
    close: (options) => page.close({ runBeforeUnload: options?.beforeunload ?? false }),
    isClosed: () => page.isClosed(),
  };
  return tab;
}

/**
 * Finds an element in the page: through shadow roots, and by `:has-text("…")`, as Playwright does.
 * Runs in the page.
 */
function whereIs(selector: string) {
  const [, css, , text = ''] = /^(.*?)(:has-text\("(.*)"\))?$/.exec(selector)!;
  const inside = (root: ParentNode, step: string): Element[] => [
    ...root.querySelectorAll(step),
    ...[root, ...root.querySelectorAll('*')].flatMap((host) => {
      const shadow = (host as Element).shadowRoot;
      return shadow ? inside(shadow, step) : [];
    }),
  ];
  let found: ParentNode[] = [document];
  for (const step of css!.split(/\s+(?![^[]*\])/)) {
    found = found.flatMap((root) => inside(root, step));
  }
  const elements = [...new Set(found as HTMLElement[])].filter(
    (element) => !text || `${element.textContent}${element.shadowRoot?.textContent}`.includes(text),
  );
  const isVisible = (element: Element): boolean =>
    element.checkVisibility({ visibilityProperty: true }) &&
    element.getBoundingClientRect().height > 0;
  const element = elements.find(isVisible) ?? elements[0];
  if (!element) return null;
  const visible = isVisible(element);
  const inView = (): DOMRect => element.getBoundingClientRect();
  if (inView().bottom > innerHeight || inView().top < 0) {
    element.scrollIntoView({ block: 'center', behavior: 'instant' });
  }
  const { left, top, width, height } = inView();
  return { visible, x: left + width / 2, y: top + height / 2, text: element.innerText };
}

/** Asks until the answer is truthy. A page that is on its way elsewhere does not answer. */
async function until<Result>(
  ask: () => Result | Promise<Result>,
  what: string,
  ms = STEP_TIMEOUT_MS,
): Promise<Exclude<NonNullable<Result>, false>> {
  const end = Date.now() + ms;
  for (;;) {
    let failure: unknown;
    try {
      const answer = await ask();
      if (answer) return answer as Exclude<NonNullable<Result>, false>;
    } catch (error) {
      failure = error;
    }
    if (Date.now() > end) throw new Error(`Timed out waiting for ${what}`, { cause: failure });
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** As Playwright reads addresses: `*` stands for anything but a slash, `**` for anything. */
function matcher(url: Url): (address: string) => boolean {
  if (typeof url === 'function') return (address) => url(new URL(address));
  if (url instanceof RegExp) return (address) => url.test(address);
  const literal = url.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
  const pattern = literal.replace(/\*\*\/?|\*/g, (stars) => (stars === '*' ? '[^/]*' : '.*'));
  const expression = new RegExp(`^${pattern}$`);
  return (address) => expression.test(address);
}

function toSeenRequest({ request: { url, method }, navigation }: BidiRequest): SeenRequest {
  return { url, method, isNavigation: navigation !== null, body: null };
}

async function bodyOf(bidi: Bidi, { request }: BidiRequest): Promise<string | null> {
  if (!request.bodySize) return null;
  const ofThis = { dataType: 'request', request: request.request };
  const { result } = await bidi.send('network.getData', ofThis);
  const { type, value } = result['bytes'] as { type: string; value: string };
  return type === 'base64' ? Buffer.from(value, 'base64').toString() : value;
}
