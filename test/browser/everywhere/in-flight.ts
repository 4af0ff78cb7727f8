import { expect } from 'vitest';
import type { TestApp } from '../app/test-app.js';
import type { Context, Tab } from '../driver/index.js';
import { NOBODY } from './signed-out.js';

declare global {
  interface Window {
    /** What the client's own methods, below any fence, have not answered yet or have. */
    underway?: Promise<unknown>[];
    /** What became of the call in flight, for its caller. */
    outcome?: Promise<string>;
  }
}

/** The calls by which a client gets tokens. */
export type Call =
  'getTokenSilently' | 'handleRedirectCallback' | 'loginWithPopup' | 'loginWithCustomTokenExchange';

/** A call that waits for the tenant's answer. */
export interface InFlight {
  /** What its caller gets: `resolved`, or the code of the rejection. */
  outcome(): Promise<string>;
  /** Lets the answer through. */
  release(): void;
  /** Lets the answer through, and waits until the client itself has dealt with it. */
  land(): Promise<void>;
}

/** Makes pages remember what the client itself, without a fence around it, has in hand. */
export async function watchClients(context: Context, stepTimeoutMs = 300): Promise<void> {
  await context.beforeEveryPage((stepTimeoutMs) => {
    window.moreConfig = { ...window.moreConfig, stepTimeoutMs };
    window.underway = [];
    window.onClient = (client) => {
      const methods = client as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>;
      for (const name of [
        'getTokenSilently',
        'handleRedirectCallback',
        'loginWithPopup',
        'loginWithCustomTokenExchange',
      ]) {
        const original = methods[name]!;
        methods[name] = (...args) => {
          const work = original.apply(client, args);
          window.underway!.push(work.catch(() => undefined));
          return work;
        };
      }
    };
  }, stepTimeoutMs);
}

/** Starts a call in a tab that is signed in, and answers once the tenant has issued its tokens. */
export async function startCall(app: TestApp, tab: Tab, call: Call): Promise<InFlight> {
  const release = await (call === 'loginWithCustomTokenExchange'
    ? startExchange(app, tab)
    : startTokenCall(app, tab, call));
  return {
    outcome: () => tab.evaluate(() => window.outcome!),
    release,
    async land() {
      release();
      await tab.evaluate(async () => void (await Promise.all(window.underway!)));
    },
  };
}

async function startTokenCall(
  { tenant: { control } }: TestApp,
  tab: Tab,
  call: Exclude<Call, 'loginWithCustomTokenExchange'>,
): Promise<() => void> {
  const issued = control.issuedTokens().length;
  const release = control.behave('/oauth/token', { hang: true, hold: 'response', times: 1 });
  if (call === 'handleRedirectCallback') {
    await tab.evaluate(() => void window.app.client.loginWithRedirect());
    await tab.waitForUrl(/\/callback\?/);
    await tab.waitFor(() => window.underway?.length);
    await tab.evaluate(() => {
      window.outcome = window.app.ready.then(() => window.app.failure ?? 'resolved');
    });
  } else {
    await tab.evaluate((call) => {
      const { client } = window.app;
      const work: Promise<unknown> =
        call === 'loginWithPopup'
          ? client.loginWithPopup()
          : client.getTokenSilently({ cacheMode: 'off' });
      window.outcome = work.then(
        () => 'resolved',
        (error: { error?: string }) => error.error ?? String(error),
      );
    }, call);
  }
  await expect.poll(() => control.issuedTokens().length).toBeGreaterThan(issued);
  return release;
}

/** The tenant knows no token exchange: the tokens that it issued last are the answer. */
async function startExchange({ tenant: { control } }: TestApp, tab: Tab): Promise<() => void> {
  const last = (kind: string): string =>
    control.issuedTokens().findLast((token) => token.kind === kind)!.value;
  const body = JSON.stringify({
    access_token: last('access'),
    id_token: last('id'),
    token_type: 'Bearer',
    expires_in: 3600,
    scope: 'openid profile email',
  });
  let release = (): void => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  let arrive = (): void => {};
  const arrived = new Promise<void>((resolve) => (arrive = resolve));
  let over = false;
  await tab.context.route('**/oauth/token', async (request) => {
    if (over || !request.body?.includes('token-exchange')) return request.pass();
    arrive();
    await released;
    const headers = { 'access-control-allow-origin': '*' };
    await request.answer({ contentType: 'application/json', headers, body });
  });
  await tab.evaluate(() => {
    window.outcome = window.app.client
      .loginWithCustomTokenExchange({
        subject_token: 'of-another-system',
        subject_token_type: 'urn:example:token',
        audience: 'https://api.example/',
      })
      .then(
        () => 'resolved',
        (error: { error?: string }) => error.error ?? String(error),
      );
  });
  await arrived;
  return () => {
    over = true;
    release();
  };
}

/**
 * Lets a page that is about to leave say by itself what became of its call in flight and of its
 * client: Chromium lets nobody into a page that is waiting for the answer to a navigation.
 */
export async function lastWordsOf(tab: Tab): Promise<() => Promise<void>> {
  const words = new Promise<unknown>((resolve) => {
    tab.onConsole(({ text }) => {
      if (text.startsWith('last words ')) resolve(JSON.parse(text.slice(11)));
    });
  });
  await tab.evaluate(() => {
    void (async () => {
      const outcome = await window.outcome;
      await Promise.all(window.underway!);
      while (await window.app.client.getUser()) {
        await new Promise((next) => requestAnimationFrame(next));
      }
      console.info('last words', JSON.stringify({ outcome, ...(await window.app.whoIsThere()) }));
    })();
  });
  return async () => expect(await words).toEqual({ outcome: 'login_required', ...NOBODY });
}

/** Asks the client for tokens as if there were no fence; the answer is a code or `a token`. */
export const askUnfenced = (tab: Tab): Promise<string> =>
  tab.evaluate(() => {
    window.app.session.dispose();
    return window.app.client.getTokenSilently({ cacheMode: 'off' }).then(
      () => 'a token',
      (error: { error?: string }) => error.error ?? String(error),
    );
  });
