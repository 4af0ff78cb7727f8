import { readFileSync } from 'node:fs';
import { describe, expect } from 'vitest';
import { appTest as test, hasReturned, isReady, logOut } from '../app/test-app.js';
import type { Tab } from '../driver/index.js';
import { expectSignedOut } from './signed-out.js';
import { isCovered, visitsIn } from './tabs.js';

declare global {
  interface Window {
    /** Resolves when Auth0 has been asked, and has not answered yet. */
    leaving?: Promise<unknown>;
  }
}

const mode = 'localstorage.rt';
const pageHtml = readFileSync(new URL('../app/page.html', import.meta.url), 'utf8');

/** Ways in which a page can keep itself from being left, each until the function is called again. */
const ways: Record<
  string,
  { cancel(tab: Tab): Promise<unknown>; state?: string; endpoint?: string }
> = {
  "somebody's beforeunload prompt": {
    async cancel(tab) {
      tab.onDialog(({ kind }) => (kind === 'beforeunload' ? 'dismiss' : 'accept'));
      // Chromium asks only for a page that somebody has touched.
      await tab.click('h1');
      await tab.evaluate(() =>
        addEventListener('beforeunload', (event) => event.preventDefault(), { once: true }),
      );
    },
  },
  'the Navigation API': {
    cancel: (tab) =>
      tab.evaluate(() =>
        window.navigation.addEventListener('navigate', (event) => event.preventDefault(), {
          once: true,
        }),
      ),
  },
  'a Content-Security-Policy': {
    // Too long for an address, and so sent as a form, which only that endpoint takes.
    endpoint: '/oidc/logout',
    state: 'x'.repeat(3000),
    cancel: async () => undefined,
  },
};

/** What an application or a person may do in a page that is on its way to Auth0. */
const moves: Record<string, () => void> = {
  'a pushState': () =>
    void window.leaving!.then(() => {
      history.pushState(null, '', '/signed-out');
      console.info('moved');
    }),
  'a replaceState': () =>
    void window.leaving!.then(() => {
      history.replaceState(null, '', '/signed-out');
      console.info('moved');
    }),
  // vue-router keeps the scroll position so.
  'a replaceState in beforeunload': () =>
    addEventListener('beforeunload', () => {
      history.replaceState({ scroll: 7 }, '');
      console.info('moved');
    }),
  'another fragment': () =>
    void window.leaving!.then(() => {
      location.hash = 'signed-out';
      console.info('moved');
    }),
  'a click on a link to "#main"': () => {
    document.body.insertAdjacentHTML('beforeend', '<a id="skip" href="#main">Skip</a>');
    void window.leaving!.then(() => {
      document.querySelector<HTMLElement>('#skip')!.click();
      console.info('moved');
    });
  },
};

test.afterEach(({ app }) => app.tenant.control.reset());

describe('a logout whose navigation is cancelled', () => {
  test.for(Object.entries(ways))(
    'by %s ends here, and is completed when called again',
    async ([, { cancel, state, endpoint = '/v2/logout' }], { app, context }) => {
      const { control } = app.tenant;
      const settings = endpoint === '/v2/logout' ? mode : `${mode}.oidc`;
      await context.route(`${app.url}/second?*`, ({ answer }) =>
        answer({ headers: { 'content-security-policy': "form-action 'self'" }, body: pageHtml }),
      );
      const tab = await app.open(context, settings);
      await app.logIn(tab);
      await tab.goto(`${app.url}/second?${settings}`);
      await isReady(tab, 'in');
      await cancel(tab);
      control.forget();

      const result = await tab.evaluate(
        (state) => window.app.session.logout(state ? { state } : {}),
        state,
      );

      expect(result).toMatchObject({
        status: 'stayed',
        sessions: { application: 'ended', auth0: 'kept' },
      });
      expect(result.steps.at(-1)).toMatchObject({
        name: 'leave',
        status: 'failed',
        error: 'the navigation was cancelled',
      });
      expect(tab.url()).toContain('/second');
      expect(await isCovered(tab)).toBe(false);
      await expectSignedOut(app, tab);
      expect(control.requests().map(({ path }) => path)).not.toContain(endpoint);

      await logOut(tab);
      expect(control.requests().map(({ path }) => path)).toContain(endpoint);
    },
  );

  test('late, by a person who has waited long enough, leaves a page that can log in', async ({
    app,
    context,
  }) => {
    await context.beforeEveryPage(() => {
      window.moreConfig = { stepTimeoutMs: 200 };
    }, null);
    const tab = await app.open(context, mode);
    await app.logIn(tab);
    const visits = visitsIn(context);
    app.tenant.control.behave('/v2/logout', { hang: true });

    await tab.evaluate(() => {
      const { client, session } = window.app;
      void session.logout().then(({ status }) => {
        if (status !== 'left') return;
        window.navigation.addEventListener('navigateerror', () => {
          setTimeout(() => void client.loginWithRedirect());
        });
        window.stop();
      });
    });
    await expect.poll(() => visits).toContain('/callback');
    await isReady(tab, 'in');

    expect(visits.slice(0, 2)).toEqual(['/v2/logout', '/authorize']);
  });

  test('is not what a page that violates its own policy meanwhile has', async ({
    app,
    context,
  }) => {
    await context.route(`${app.url}/second?*`, ({ answer }) =>
      answer({ headers: { 'content-security-policy': "img-src 'none'" }, body: pageHtml }),
    );
    const tab = await app.open(context, mode);
    await app.logIn(tab);
    await tab.goto(`${app.url}/second?${mode}`);
    await isReady(tab, 'in');
    app.tenant.control.behave('/v2/logout', { delayMs: 500 });

    await tab.evaluate(() => {
      void window.app.session.logout().then(({ status }) => console.info(status));
      window.app.session.onLogout(() => {
        new Image().src = '/pixel.gif';
      });
    });
    await hasReturned(tab);

    expect(await tab.evaluate(() => window.app.session.takeReceipt())).toMatchObject({
      verified: true,
    });
  });
});

describe('a logout whose page leaves is not cancelled', () => {
  test.for(Object.entries(moves))('by %s', async ([, move], { app, context }) => {
    const { control } = app.tenant;
    const tab = await app.open(context, mode);
    await app.logIn(tab);
    const visits = visitsIn(context);
    const release = control.behave('/v2/logout', { hang: true });
    const asked = control.waitFor('/v2/logout');
    await context.route('**/leaving', async ({ answer }) => {
      await asked;
      await answer({ status: 204 });
    });
    const moved = new Promise((resolve) => {
      tab.onConsole(({ text }) => text === 'moved' && resolve(text));
    });

    await tab.evaluate(() => {
      window.leaving = fetch('/leaving');
    });
    await tab.evaluate(move);
    await tab.evaluate(() => void window.app.session.logout());
    await Promise.all([asked, moved]);
    release();
    await hasReturned(tab);

    expect(await tab.evaluate(() => window.app.session.takeReceipt())).toMatchObject({
      verified: true,
    });
    expect(await tab.evaluate(() => window.app.session.nextLogin())).toEqual({});
    expect(visits).toEqual(['/v2/logout', '/bye']);
  });
});
