import type { Env } from '../../../src/env.js';
import { createDeliveries, type Deliveries } from './deliveries.js';
import { createLocks } from './fake-locks.js';
import { cookieView, type Entries, storageView } from './fake-storage.js';
import { APP, type FakeTenant } from './fake-tenant.js';

/** What a browser may lack. */
export interface BrowserOptions {
  readonly channel: boolean;
  readonly locks: boolean;
}

/** A document in a tab, from its load until it is left, closed or killed. */
export interface Page {
  readonly tab: BrowserTab;
  readonly env: Env;
  isAlive(): boolean;
  /** Whether it is on its way to another page. */
  isLeaving(): boolean;
  url(): string;
  /** `history.replaceState`. */
  replaceUrl(url: string): void;
  /** Asks a server; the request, and the answer to it, arrive when they are delivered. */
  ask<T>(label: string, serve: () => T): Promise<T>;
  /** Something happens to the window: `focus`. */
  fire(type: string): void;
}

export interface BrowserTab {
  readonly name: number;
  readonly session: Entries;
  /** The application's page in it; `null` while the tab shows a page of the tenant's. */
  page: Page | null;
}

export interface FakeBrowser {
  readonly deliveries: Deliveries;
  readonly local: Entries;
  readonly cookies: Entries;
  readonly tabs: readonly BrowserTab[];
  /** Opens a tab; with `opener` by `window.open`, which copies the opener's sessionStorage. */
  open(opener?: BrowserTab): BrowserTab;
  reload(tab: BrowserTab): void;
  /** Goes back from a page of the tenant's without having signed in. */
  back(tab: BrowserTab): void;
  close(tab: BrowserTab): void;
  /** The tab's process dies: nothing more runs, and no event says so. */
  crash(tab: BrowserTab): void;
  /** The same, and the browser brings the tab back. */
  restore(tab: BrowserTab): void;
}

/** A page's own way to other pages: what it posts reaches every other one that listens by that name. */
interface Listener {
  readonly page: Page;
  readonly name: string;
  readonly receive: (data: unknown) => void;
}

export function createBrowser(
  tenant: FakeTenant,
  options: BrowserOptions,
  load: (page: Page) => void,
  wrote: (key: string) => void,
): FakeBrowser {
  const deliveries = createDeliveries();
  const { post } = deliveries;
  const locks = createLocks(post);
  const local: Entries = new Map();
  const cookies: Entries = new Map();
  const tabs: BrowserTab[] = [];
  const kill = new Map<Page, () => void>();
  const channels = new Set<Listener>();
  let names = 0;

  const livePages = (): Page[] => tabs.flatMap(({ page }) => (page?.isAlive() ? page : []));

  const leave = (tab: BrowserTab, quietly = false): void => {
    const { page } = tab;
    if (!page) return;
    if (!quietly) page.fire('pagehide');
    kill.get(page)!();
    locks.releaseAll(page);
    deliveries.forget(page);
    for (const channel of channels) if (channel.page === page) channels.delete(channel);
    tab.page = null;
  };

  const arrive = (tab: BrowserTab, url: string): void => {
    if (!tabs.includes(tab)) return;
    if (url.startsWith(APP)) {
      tab.page = createPage(tab, url);
      load(tab.page);
    } else {
      post({
        label: `the user signs in (tab ${tab.name})`,
        run() {
          if (!tabs.includes(tab) || tab.page) return;
          tenant.signIn();
          arrive(tab, tenant.visit(new URL(url))!);
        },
      });
    }
  };

  function createPage(tab: BrowserTab, loaded: string): Page {
    let alive = true;
    let url = loaded;
    let navigation: object | undefined;
    const target = new EventTarget();
    const isAlive = (): boolean => alive;

    const navigate = (to: string): void => {
      if (!alive) return;
      const mine = (navigation = {});
      const { href } = new URL(to, url);
      post({
        label: `request ${href} (tab ${tab.name})`,
        run() {
          if (mine !== navigation) return;
          const end = href.startsWith(APP) ? href : tenant.visit(new URL(href));
          post({
            to: page,
            label: `commit ${end ?? 'login page'} (tab ${tab.name})`,
            run() {
              // A navigation ends with the page that began it, when that dies first.
              if (!alive || mine !== navigation) return;
              leave(tab);
              arrive(tab, end ?? href);
            },
          });
        },
      });
    };

    class Channel {
      onmessage: ((event: { data: unknown }) => void) | null = null;
      readonly #entry: Listener;
      constructor(name: string) {
        this.#entry = { page, name, receive: (data) => this.onmessage?.({ data }) };
        channels.add(this.#entry);
      }
      postMessage(data: unknown): void {
        if (!alive) return;
        for (const other of channels) {
          if (other === this.#entry || other.name !== this.#entry.name) continue;
          post({
            to: other.page,
            label: `message ${JSON.stringify(data)} from tab ${tab.name} to ${other.page.tab.name}`,
            queue: `message ${tab.name} ${other.page.tab.name}`,
            run: () => other.receive(data),
          });
        }
      }
      close(): void {
        channels.delete(this.#entry);
      }
    }

    const wroteLocal = (key: string): void => {
      wrote(key);
      for (const other of livePages()) {
        if (other === page) continue;
        post({
          to: other,
          label: `storage event ${key} from tab ${tab.name} to ${other.tab.name}`,
          queue: `storage ${tab.name} ${other.tab.name}`,
          run: () => other.env.document.defaultView!.dispatchEvent(storageEvent(key)),
        });
      }
    };
    const env = {
      addEventListener: target.addEventListener.bind(target),
      removeEventListener: target.removeEventListener.bind(target),
      setTimeout: (run: () => void, ms: number) => (alive ? deliveries.setTimer(page, run, ms) : 0),
      clearTimeout: deliveries.clearTimer,
      localStorage: storageView(local, { isAlive, wrote: wroteLocal }),
      sessionStorage: storageView(tab.session, { isAlive, wrote: () => {} }),
      // What a document has is its prototype's: something in the page could go by its name.
      document: Object.create(
        Object.defineProperties(
          {
            hidden: false,
            defaultView: target,
            documentElement: { style: { display: '', setProperty: () => {} } },
            addEventListener: () => {},
            removeEventListener: () => {},
          },
          Object.getOwnPropertyDescriptors(cookieView(cookies, isAlive)),
        ),
      ),
      location: {
        get href() {
          return url;
        },
        origin: APP,
        hostname: new URL(APP).hostname,
        pathname: '/',
        replace: navigate,
        assign: navigate,
        reload: () => navigate(url),
      },
      navigator: { onLine: true, ...(options.locks && { locks: undefined as unknown }) },
      ...(options.channel && { BroadcastChannel: Channel }),
      scrollX: 0,
      scrollY: 0,
      scrollTo: () => {},
    };

    const page: Page = {
      tab,
      env: env as unknown as Env,
      isAlive,
      isLeaving: () => !!navigation,
      url: () => url,
      replaceUrl: (next) => (url = new URL(next, url).href),
      ask: (label, serve) =>
        new Promise((resolve, reject) => {
          if (!alive) return;
          post({
            label: `${label} reaches the server (tab ${tab.name})`,
            run() {
              let answer: () => void;
              try {
                const result = serve();
                answer = () => resolve(result);
              } catch (error) {
                answer = () => reject(error as Error);
              }
              if (alive)
                post({ to: page, label: `answer to ${label} (tab ${tab.name})`, run: answer });
            },
          });
        }),
      fire: (type) => void target.dispatchEvent(new Event(type)),
    };
    if (options.locks) env.navigator.locks = locks.for(page, isAlive);
    kill.set(page, () => (alive = false));
    return page;
  }

  const remove = (tab: BrowserTab): void => void tabs.splice(tabs.indexOf(tab), 1);

  return {
    deliveries,
    local,
    cookies,
    tabs,
    open(opener) {
      const tab: BrowserTab = { name: ++names, session: new Map(opener?.session), page: null };
      tabs.push(tab);
      arrive(tab, `${APP}/home`);
      return tab;
    },
    reload(tab) {
      const url = tab.page?.url();
      leave(tab);
      if (url) arrive(tab, url);
    },
    back(tab) {
      if (!tab.page) arrive(tab, `${APP}/home`);
    },
    close(tab) {
      leave(tab);
      remove(tab);
    },
    crash(tab) {
      leave(tab, true);
      remove(tab);
    },
    restore(tab) {
      const url = tab.page?.url();
      leave(tab, true);
      if (url) arrive(tab, url);
    },
  };
}

const storageEvent = (key: string): Event => Object.assign(new Event('storage'), { key });
