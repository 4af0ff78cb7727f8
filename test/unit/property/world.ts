import { vi } from 'vitest';
import { type Application, type ApplicationOptions, startApplication } from './application.js';
import { type BrowserOptions, type BrowserTab, createBrowser, type Page } from './fake-browser.js';
import { createTenant } from './fake-tenant.js';

export type WorldOptions = BrowserOptions & ApplicationOptions;

/** The most that can be on its way after any script; more is a loop. */
const MOST_DELIVERIES = 2000;

/** Lets everything run that waits for nothing but its turn. */
const turnEnds = (): Promise<unknown> => new Promise(setImmediate);

/** A browser, a tenant, and one application in every tab. */
export type World = ReturnType<typeof createWorld>;

export function createWorld(options: WorldOptions) {
  const tenant = createTenant();
  const applications = new WeakMap<Page, Application>();
  const log: string[] = [];
  /** Pages in which something has run since all was quiet; in those it must end first. */
  const running = new Set<object>();
  let order = 0;
  let lastLogin = 0;
  let lastLogout = 0;
  let lastDeath = 0;
  let lastTab: BrowserTab | undefined;
  let lastMarker: string | undefined;

  const browser = createBrowser(
    tenant,
    options,
    (page) => applications.set(page, startApplication(page, tenant, options)),
    (key) => {
      // A logout has been when its durable word is written; a word about its login changes nothing.
      const { id } = JSON.parse(browser.local.get(key)?.match(/^{.*"reason".*}$/)?.[0] ?? '{}') as {
        id?: string;
      };
      if (id && id !== lastMarker) {
        lastMarker = id;
        lastLogout = ++order;
        log.push('(the logout is on record)');
      }
    },
  );
  const { deliveries } = browser;
  vi.spyOn(Date, 'now').mockImplementation(deliveries.now);

  /**
   * Does something in one page, and then lets `turns` of the microtasks run. Other pages run at the
   * same time in processes of their own, so that they may be anywhere in theirs; but in one page one
   * thing ends before the next begins.
   */
  const act = async (page: object | undefined, turns: number, run: () => void): Promise<void> => {
    if (page && running.has(page)) await quiet();
    if (page) running.add(page);
    run();
    for (let turn = 0; turn < turns; turn++) await Promise.resolve();
    if (turns >= MANY) await quiet();
  };
  const quiet = async (): Promise<void> => {
    await turnEnds();
    running.clear();
  };

  const world = {
    options,
    browser,
    log,
    act,
    application: (tab: BrowserTab): Application | undefined =>
      tab.page ? applications.get(tab.page) : undefined,
    /** One of the things on their way arrives. */
    async deliver(pick: number, turns: number): Promise<boolean> {
      const possible = deliveries.possible();
      const chosen = possible[pick % possible.length];
      if (!chosen) return false;
      if (chosen.to && running.has(chosen.to)) await quiet();
      // What ran to its end may have made this one pointless.
      if (!deliveries.possible().includes(chosen)) return true;
      log.push(chosen.label);
      deliveries.take(chosen);
      await act(chosen.to, turns, chosen.run);
      return true;
    },
    /** Time passes until a page's timer is due. */
    async timePasses(turns: number): Promise<boolean> {
      const timer = deliveries.nextTimer();
      if (!timer) return false;
      log.push('a timer is due');
      deliveries.takeTimer(timer);
      await act(timer.page, turns, timer.run);
      return true;
    },
    /** Everything in flight lands, or as much of it as it takes. */
    async settle(isEnough = () => false): Promise<void> {
      for (let i = 0; i < MOST_DELIVERIES && !isEnough(); i++) {
        if (await world.deliver(0, 0)) continue;
        await quiet();
        if (deliveries.possible().length) continue;
        if (isEnough() || !(await world.timePasses(0))) return;
      }
      if (!isEnough()) throw new Error('This never comes to rest.');
    },
    /** An explicit login begins. */
    loginBegins: () => void (lastLogin = ++order),
    /** A logout of an application that leaves no word of it. */
    logoutBegins: () => void (lastLogout = ++order),
    /** The tab in which a person was last. */
    lastUsed: () => lastTab,
    uses: (tab: BrowserTab) => void (lastTab = tab),
    /** A page has died; the next one to load finishes what it left half done. */
    pageDied: () => void (lastDeath = ++order),
    hasHalfDone: () => lastDeath > lastLogout,
    /** Whether somebody has logged out, and nobody has begun to log in since. */
    isLoggedOut: () => lastLogout > lastLogin,
  };
  return world;
}

/** So many turns of the microtasks are taken for all of them. */
export const MANY = 12;
