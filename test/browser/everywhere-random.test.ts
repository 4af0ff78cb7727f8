import fc from 'fast-check';
import { describe, expect } from 'vitest';
import { appTest as test, cacheModes, isReady, type TestApp } from './app/test-app.js';
import type { Context, Tab } from './driver/index.js';

declare global {
  interface Window {
    /** How many requests of the page have not been answered. */
    inFlight: number;
  }
}

/** Random sequences in real tabs; the model in `test/unit/property` makes thousands of them. */
const seed = Number(process.env.FC_SEED ?? Date.now() % 2 ** 31);
const numRuns = Number(process.env.FC_BROWSER_RUNS ?? 10);
console.log(`Random sequences in a browser: FC_SEED=${seed}`);

const steps = fc.array(
  fc.tuple(
    fc.constantFrom('renew', 'renew', 'reload', 'open', 'close', 'local', 'log in'),
    fc.nat(2),
  ),
  { minLength: 2, maxLength: 6 },
);
const sequences = fc.record({
  mode: fc.constantFrom(...cacheModes),
  before: steps,
  last: fc.constantFrom('local', 'leave'),
  after: fc.array(fc.tuple(fc.constantFrom('renew', 'renew', 'reload', 'open'), fc.nat(2)), {
    maxLength: 3,
  }),
});

/** Counts what a page has asked and not been answered yet. */
function countRequests(): void {
  const { fetch } = window;
  window.inFlight = 0;
  window.fetch = (...request) => {
    window.inFlight++;
    return fetch(...request).finally(() => window.inFlight--);
  };
}

/** A page that goes while something is asked of it has not answered, and neither did it right or wrong. */
const hasGone = (error: unknown): boolean =>
  /context was destroyed|navigat|ERR_ABORTED|detached/.test(String(error));

type Step = readonly [action: string, tab: number];

/** Lets one thing happen; what makes no sense in a page that is about to go is left out. */
async function tryTo(app: TestApp, context: Context, mode: string, step: Step): Promise<void> {
  await play(app, context, mode, step).catch((error: unknown) => {
    if (!hasGone(error)) throw error;
  });
}

async function play(app: TestApp, context: Context, mode: string, [step, which]: Step) {
  const tabs = context.tabs();
  const tab = tabs[which % tabs.length]!;
  if (step === 'open') {
    if (tabs.length < 3) await app.open(context, mode);
  } else if (step === 'close') {
    if (tabs.length > 1) await tab.close();
  } else if (step === 'reload') await tab.reload();
  else if (step === 'renew') {
    await tab.evaluate(() => {
      window.app?.client.getTokenSilently({ cacheMode: 'off' }).catch(() => {});
    });
  } else if (step === 'local') {
    await isReady(tab);
    await tab.evaluate(() => window.app.session.logout({ localOnly: true }));
  } else {
    await isReady(tab);
    // Auth0 knows the user still: this comes back by itself, maybe after the last logout.
    await tab.evaluate(() => void window.app.client.loginWithRedirect().catch(() => {}));
  }
}

/** Asks the page that is there in the end. */
async function ofLastPage<T>(ask: () => Promise<T>): Promise<T> {
  for (let pages = 0; ; pages++) {
    try {
      return await ask();
    } catch (error) {
      if (!hasGone(error) || pages > 5) throw error;
    }
  }
}

/** What a `getTokenSilently` answers once everything in flight has landed. */
async function tokenOnceQuiet(tab: Tab): Promise<string> {
  await isReady(tab);
  await tab.waitFor(() => window.inFlight === 0 && !document.querySelector('iframe'));
  return tab.evaluate(() =>
    window.app.client.getTokenSilently({ cacheMode: 'off' }).then(
      () => 'a token',
      (error: { error: string }) => error.error,
    ),
  );
}

const isSignedIn = (tab: Tab): Promise<boolean> =>
  tab.evaluate(() => window.app.client.isAuthenticated());

describe('after the last logout of a random sequence', () => {
  test('no tab has a credential', { timeout: 200_000 }, async ({ app, browser }) => {
    const { control } = app.tenant;
    await fc.assert(
      fc.asyncProperty(sequences, async ({ mode, before, last, after }) => {
        const settings = `${mode}.stay`;
        const context = await browser.newContext();
        try {
          await context.beforeEveryPage(countRequests, undefined);
          await app.logIn(await app.open(context, settings));
          control.behave('/oauth/token', { delayMs: 150, hold: 'response' });
          for (const step of before) await tryTo(app, context, settings, step);
          const leaver = await app.open(context, settings);
          if (last === 'local') {
            await leaver.evaluate(() => window.app.session.logout({ localOnly: true }));
          } else {
            await leaver.evaluate(() => void window.app.session.logout());
            await leaver.waitForUrl(/\/bye\?/);
          }
          for (const step of after) await tryTo(app, context, settings, step);
          control.reset();

          for (const tab of context.tabs()) {
            // A login that Auth0 asks about has not come back, and is nobody's yet.
            if (tab.url().startsWith(app.tenant.tenantUrl)) continue;
            expect(await ofLastPage(() => tokenOnceQuiet(tab))).toBe('login_required');
            expect(await ofLastPage(() => app.tokensIn(tab))).toEqual([]);
            expect(await ofLastPage(() => isSignedIn(tab))).toBe(false);
          }
        } finally {
          control.reset();
          await context.close();
        }
      }),
      { seed, numRuns, endOnFailure: true, interruptAfterTimeLimit: numRuns * 4000 },
    );
  });
});
