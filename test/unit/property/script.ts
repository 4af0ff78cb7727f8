import fc from 'fast-check';
import type { BrowserTab } from './fake-browser.js';
import { MANY, type World } from './world.js';

/** What people, tabs and the network do. */
const ANYTIME = {
  arrives: 12,
  settles: 1,
  time: 1,
  opens: 1,
  copies: 1,
  closes: 1,
  crashes: 1,
  restores: 1,
  reloads: 2,
  back: 1,
  focus: 1,
  looks: 1,
  renews: 3,
  asks: 1,
};
const LOGINS = { redirect: 3, popup: 2, exchange: 1 };
const LOGOUTS = { logout: 2, localLogout: 2 };

export type Action = keyof typeof ANYTIME | keyof typeof LOGINS | keyof typeof LOGOUTS;

/** One thing that happens: in which tab, which of several, and how far the code then gets. */
export type Step = readonly [action: Action, tab: number, pick: number, turns: number];

const steps = (weights: Partial<Record<Action, number>>, maxLength: number) => {
  const actions = Object.entries(weights).flatMap(([action, weight]) =>
    Array<Action>(weight).fill(action as Action),
  );
  return fc.array(
    fc.tuple(fc.constantFrom(...actions), fc.nat(3), fc.nat(7), fc.nat(MANY)) as fc.Arbitrary<Step>,
    { maxLength },
  );
};

/** Anything, then a logout, then anything but a login. */
export const scripts = fc.record({
  before: steps({ ...ANYTIME, ...LOGINS, ...LOGOUTS }, 16),
  last: fc.tuple(
    fc.constantFrom<Action>('logout', 'localLogout'),
    fc.nat(3),
    fc.constant(0),
    fc.nat(MANY),
  ) as fc.Arbitrary<Step>,
  after: steps({ ...ANYTIME, ...LOGOUTS }, 16),
});

const ignore = (work: Promise<unknown> | undefined): void => void work?.catch(() => {});

/** Lets one step happen; one that makes no sense now is left out. */
export async function play(world: World, [action, which, pick, turns]: Step): Promise<void> {
  const { browser, log, act } = world;
  const shown = browser.tabs.filter(({ page }) => page);
  const tab: BrowserTab | undefined = shown[which % shown.length];
  const page = tab?.page ?? undefined;

  if (action === 'arrives') return void (await world.deliver(pick, turns));
  if (action === 'time') return void (await world.timePasses(turns));
  if (action === 'settles') return world.settle();
  if (action === 'opens') {
    if (browser.tabs.length > 3) return;
    log.push('a tab is opened');
    return act(undefined, turns, () => browser.open());
  }
  if (action === 'back') {
    const away = browser.tabs.filter((one) => !one.page);
    log.push('somebody goes back from a login');
    return act(undefined, turns, () => away.forEach(browser.back));
  }
  if (!tab || !page) return;
  const application = world.application(tab)!;
  const run: Record<
    Exclude<Action, 'arrives' | 'time' | 'settles' | 'opens' | 'back'>,
    () => void
  > = {
    copies: () => browser.tabs.length < 4 && browser.open(tab),
    closes: () => browser.close(tab),
    crashes: () => browser.crash(tab),
    restores: () => browser.restore(tab),
    reloads: () => browser.reload(tab),
    focus: () => page.fire('focus'),
    looks: () => ignore(application.client.getUser()),
    renews: () => ignore(application.renew('off')),
    asks: () => ignore(application.renew('on')),
    redirect: () => ignore(application.client.loginWithRedirect()),
    popup: () => ignore(application.logIn('loginWithPopup')),
    exchange: () => ignore(application.logIn('loginWithCustomTokenExchange')),
    logout: () => ignore(application.logOut(false)),
    localLogout: () => ignore(application.logOut(true)),
  };
  const dies = action === 'crashes' || action === 'restores';
  await act(dies ? undefined : page, turns, () => {
    world.uses(tab);
    if (dies) world.pageDied();
    log.push(`${action} (tab ${tab.name})`);
    if (action in LOGINS) world.loginBegins();
    run[action]();
  });
}
