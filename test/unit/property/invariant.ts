import { play, type Step } from './script.js';
import { createWorld, type World, type WorldOptions } from './world.js';

/** One whole run. */
export interface Run {
  readonly options: WorldOptions;
  /** Whether somebody is signed in when it begins. */
  readonly signedIn: boolean;
  readonly before: readonly Step[];
  readonly last: Step;
  readonly after: readonly Step[];
}

const CREDENTIAL = /(access|id|refresh)\d|is\.authenticated/;

/** Where in this browser a credential lies, in the words of a person who looks for it. */
function credentials({ browser, application }: World): string[] {
  const places: string[] = [];
  const look = (place: string, text: string): void => {
    if (CREDENTIAL.test(text)) places.push(`${place}: ${text}`);
  };
  browser.local.forEach((value) => look('localStorage', value));
  browser.cookies.forEach((value, name) => look('cookie', `${name}=${value}`));
  for (const tab of browser.tabs) {
    tab.session.forEach((value) => look(`sessionStorage of tab ${tab.name}`, value));
    application(tab)
      ?.inMemory()
      .forEach((value) => look(`memory of tab ${tab.name}`, value));
  }
  return places;
}

/** Whether `getTokenSilently` answers a token in any tab. */
async function tokens({ browser, application, settle }: World, ...modes: ('on' | 'off')[]) {
  const answers: string[] = [];
  for (const tab of browser.tabs) {
    for (const cacheMode of modes) {
      application(tab)
        ?.client.getTokenSilently({ cacheMode })
        .then(
          (token) => answers.push(`tab ${tab.name} gets ${token}`),
          () => {},
        );
    }
  }
  await settle();
  return answers;
}

/** Signs somebody in; after this, everything has landed. */
async function signIn(world: World): Promise<void> {
  const tab = world.browser.open();
  await world.settle();
  await play(world, ['popup', world.browser.tabs.indexOf(tab), 0, 0]);
  await world.settle();
}

/** Opens a tab when there is none. */
async function someTab({ browser, settle }: World): Promise<void> {
  if (browser.tabs.some(({ page }) => page)) return;
  browser.open();
  await settle();
}

/** Plays a run until everything has landed. */
async function toTheEnd(run: Run): Promise<World> {
  const world = createWorld(run.options);
  const { browser, settle, log } = world;
  if (run.signedIn) await signIn(world);
  for (const step of run.before) await play(world, step);
  await someTab(world);
  if (run.options.logout === 'plain') world.logoutBegins();
  await play(world, run.last);
  for (const step of run.after) await play(world, step);
  await settle();
  // What was left by a page that died, or by the last page of the application, the next one has to
  // deal with.
  if (world.hasHalfDone()) browser.open();
  await someTab(world);
  await settle();
  log.push('— everything has landed');
  return world;
}

/** What became of a run. */
export interface Outcome {
  /** Empty: all is as it should be. */
  readonly wrong: readonly string[];
  /** What happened, in order. */
  readonly log: readonly string[];
  /** Whether there was a logout at all: its tab may have died before it had begun. */
  readonly counts: boolean;
}

/** After the last logout and without a later login, no tab has a credential or gets one. */
export async function staysLoggedOut(run: Run): Promise<Outcome> {
  const world = await toTheEnd(run);
  const { browser, settle, log } = world;
  if (!world.isLoggedOut()) return { wrong: [], log, counts: false };

  const wrong = credentials(world);
  wrong.push(...(await tokens(world, 'on', 'off')));
  wrong.push(...credentials(world).map((place) => `after asking, ${place}`));
  browser.tabs.forEach(browser.reload);
  browser.open();
  await settle();
  wrong.push(...credentials(world).map((place) => `after a reload, ${place}`));
  wrong.push(...(await tokens(world, 'off')).map((answer) => `after a reload, ${answer}`));
  return { wrong, log, counts: true };
}

/** Whether an explicit login in this tab holds, and survives a reload where the client's does. */
async function holds(world: World, how: Login, which: number): Promise<string[]> {
  const { browser, settle, options } = world;
  const wrong: string[] = [];
  await play(world, [how, which, 0, 0]);
  const tab = world.lastUsed();
  await settle();
  const mustHold = async (when: string): Promise<void> => {
    const found = await tokens(world, 'on');
    if (!found.some((answer) => answer.startsWith(`tab ${tab?.name} `))) {
      wrong.push(`${when}, tab ${tab?.name} gets no token`);
    }
  };
  await mustHold('after a login');
  // A refresh token in the worker's memory does not outlive its page, with or without a logout.
  if (tab && !(options.cache === 'memory' && options.renewal === 'rt')) {
    browser.reload(tab);
    await settle();
    await mustHold('after a reload');
  }
  return wrong;
}

type Login = 'redirect' | 'popup';

/** An explicit login works in any tab once the logout has landed everywhere. */
export async function logsInAgain(run: Run, how: Login, which: number): Promise<Outcome> {
  const world = await toTheEnd(run);
  return { wrong: await holds(world, how, which), log: world.log, counts: true };
}

/** It works at once in the tab that has just logged out, whatever is still on its way elsewhere. */
export async function logsInAtOnce(run: Run, how: Login): Promise<Outcome> {
  const world = createWorld(run.options);
  const { browser, settle, log } = world;
  if (run.signedIn) await signIn(world);
  for (const step of run.before) await play(world, step);
  const tab = browser.open();
  await settle();
  // Another tab's logout at the same time would take this tab along to where it goes.
  const others = run.after.filter(([action]) => !/logout/i.test(action));
  for (const step of others) await play(world, step);
  const { page } = tab;
  const application = world.application(tab);
  if (!page || !application?.session()) return { wrong: [], log, counts: false };
  let over = false;
  const finish = (): void => void (over = true);
  application.logOut(true).then(finish, finish);
  await settle(() => over);
  // A page that goes to Auth0, to finish an earlier logout, is not one to log in from.
  if (!page.isAlive() || page.isLeaving()) return { wrong: [], log, counts: false };
  if (!over) return { wrong: ['the logout never ends'], log, counts: true };
  const which = browser.tabs.filter(({ page }) => page).indexOf(tab);
  log.push('— logged out');
  return { wrong: await holds(world, how, which), log, counts: true };
}
