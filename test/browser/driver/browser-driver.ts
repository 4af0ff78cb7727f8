/**
 * What the browser tests ask of a browser. It is thin on purpose, and names nothing that only one
 * engine has, so that a driver for Firefox (WebDriver BiDi) or WebKit (WebDriver) can join.
 */
export interface BrowserDriver {
  readonly engine: 'chromium' | 'firefox' | 'webkit';
  /** Opens a fresh profile: its own cookies, storage and cache. */
  newContext(options?: ContextOptions): Promise<Context>;
  close(): Promise<void>;
}

export interface ContextOptions {
  /** What relative addresses are resolved against. */
  readonly baseUrl?: string;
  /** The size of the window's inside. Default: 1280 by 800. */
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly colorScheme?: 'light' | 'dark';
  readonly reducedMotion?: boolean;
  readonly forcedColors?: boolean;
  /** A language tag. Default: `en-US`. */
  readonly locale?: string;
}

/** A profile with its tabs. What one tab stores, the others see. */
export interface Context {
  newTab(url?: string): Promise<Tab>;
  /** Does something that opens a tab or a popup, and answers the tab once it has loaded. */
  tabOpenedBy(act: () => Promise<unknown>): Promise<Tab>;
  tabs(): readonly Tab[];
  /**
   * Answers requests of every tab, the latest handler first. `url` is an address in which `*`
   * stands for anything but a slash and `**` for anything, or an expression. Returns the undo.
   */
  route(
    url: string | RegExp,
    handle: (request: InterceptedRequest) => void | Promise<void>,
  ): Promise<() => Promise<void>>;
  /** Calls back with every request of every tab. Returns the undo. */
  onRequest(listen: (request: SeenRequest) => void): () => void;
  /** Runs this in every page, before the page's own scripts. */
  beforeEveryPage<Arg>(run: (arg: Arg) => void, arg: Arg): Promise<void>;
  setOffline(offline: boolean): Promise<void>;
  cookies(): Promise<readonly Cookie[]>;
  setCookies(
    cookies: readonly (Pick<Cookie, 'name' | 'value'> & { url: string; httpOnly?: boolean })[],
  ): Promise<void>;
  close(): Promise<void>;
}

export interface Tab {
  readonly context: Context;
  /** Goes there and waits for the page's `load`. */
  goto(url: string): Promise<void>;
  reload(): Promise<void>;
  /** Goes back in history; waits for the page to be shown, also from the bfcache. */
  back(): Promise<void>;
  forward(): Promise<void>;
  url(): string;
  title(): Promise<string>;
  /** Runs this in the page. Counts as a user gesture in some engines. */
  evaluate<Result>(run: () => Result | Promise<Result>): Promise<Result>;
  evaluate<Result, Arg>(run: (arg: Arg) => Result | Promise<Result>, arg: Arg): Promise<Result>;
  /** Waits until this answers something truthy in the page, and answers that. */
  waitFor<Result>(run: () => Result | Promise<Result>): Promise<Result>;
  waitFor<Result, Arg>(run: (arg: Arg) => Result | Promise<Result>, arg: Arg): Promise<Result>;
  /** Waits until the tab is at this address and the page there has loaded. */
  waitForUrl(url: string | RegExp | ((url: URL) => boolean)): Promise<void>;
  /** Waits until an element is visible (default), gone or in the document. Selectors pierce shadow roots. */
  waitForElement(selector: string, state?: 'visible' | 'hidden' | 'attached'): Promise<void>;
  /** Waits for the next request to an address; start it before what sends the request. */
  waitForRequest(url: string | RegExp): Promise<SeenRequest>;
  /** The visible text of the one element that the selector finds. */
  text(selector: string): Promise<string>;
  click(selector: string): Promise<void>;
  fill(selector: string, value: string): Promise<void>;
  /** Presses a key or a chord, as in `Escape` and `Shift+Tab`. */
  press(key: string): Promise<void>;
  /** Calls back with every console message. Returns the undo. */
  onConsole(listen: (message: ConsoleMessage) => void): () => void;
  /** Uncaught exceptions and unhandled rejections in the page so far. */
  uncaught(): readonly string[];
  /** Decides about `alert`, `confirm`, `prompt` and `beforeunload`. Without one they are dismissed. */
  onDialog(decide: (dialog: PageDialog) => 'accept' | 'dismiss'): () => void;
  setViewport(width: number, height: number): Promise<void>;
  /** A PNG of the window's inside, or of the whole page. */
  screenshot(options?: {
    readonly path?: string;
    readonly fullPage?: boolean;
  }): Promise<Uint8Array>;
  bringToFront(): Promise<void>;
  /** Closes the tab as a user does, or, with `beforeunload`, lets the page object. */
  close(options?: { readonly beforeunload?: boolean }): Promise<void>;
  isClosed(): boolean;
}

export interface SeenRequest {
  readonly url: string;
  readonly method: string;
  /** Whether it was a navigation of a tab or a frame. */
  readonly isNavigation: boolean;
  readonly body: string | null;
}

export interface InterceptedRequest extends SeenRequest {
  /** Lets it go to the network, or to an earlier handler. */
  pass(): Promise<void>;
  answer(response: {
    readonly status?: number;
    readonly headers?: Readonly<Record<string, string>>;
    /** Default: `text/html`. */
    readonly contentType?: string;
    readonly body?: string;
  }): Promise<void>;
  /** Fails it as a broken network does. */
  fail(): Promise<void>;
}

export interface ConsoleMessage {
  readonly level: 'debug' | 'log' | 'info' | 'warning' | 'error';
  readonly text: string;
}

export interface PageDialog {
  readonly kind: 'alert' | 'confirm' | 'prompt' | 'beforeunload';
  readonly message: string;
}

export interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly domain: string;
  readonly path: string;
  readonly httpOnly: boolean;
}
