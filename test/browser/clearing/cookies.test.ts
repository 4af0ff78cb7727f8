import { describe, expect } from 'vitest';
import type { LogoutConfig } from '../../../src/logout-types.js';
import { appTest as test, isReady, type TestApp } from '../app/test-app.js';
import type { Context, Tab } from '../driver/index.js';

/** A host below another one, on which a page may set cookies for both. */
const HOST = 'app.site.localhost';

/** Opens the application deep below a host of its own, with these cookies set by a script. */
async function openWith(
  app: TestApp,
  context: Context,
  cookies: readonly string[],
  config: Partial<LogoutConfig> = {},
): Promise<Tab> {
  await context.beforeEveryPage((config) => void (window.moreConfig = config), config);
  const tab = await context.newTab(`${app.url.replace('localhost', HOST)}/shop/cart/page?plain`);
  await isReady(tab);
  await tab.evaluate((cookies) => {
    for (const cookie of cookies) document.cookie = cookie;
  }, cookies);
  return tab;
}

const logOutHere = (tab: Tab) =>
  tab.evaluate(async () => {
    const { steps, warnings } = await window.app.session.logout({ openUrl: () => {} });
    return { clear: steps.find(({ name }) => name === 'clear')!, warnings };
  });

/** To be polled: the browser is a moment behind what a page writes. */
const names = async (context: Context): Promise<string[]> =>
  (await context.cookies()).map(({ name, domain, path }) => `${name} ${domain}${path}`).sort();

/** One cookie in every place that a script on the page can reach. */
const everywhere = (name: string): string[] =>
  ['/', '/shop', '/shop/', '/shop/cart', '/shop/cart/'].flatMap((path) =>
    ['', ';domain=app.site.localhost', ';domain=site.localhost'].map(
      (domain) => `${name}=1;path=${path}${domain}`,
    ),
  );

describe('cookies', () => {
  test('of the SDK go in every variant that a script can reach', async ({ app, context }) => {
    const tab = await openWith(app, context, [
      ...everywhere('auth0.demo-app.is.authenticated'),
      ...everywhere('_legacy_auth0.demo-app.is.authenticated'),
      'auth0.demo-app.organization_hint=org;path=/;domain=site.localhost',
      'auth0.demo-app-2.is.authenticated=1;path=/',
    ]);
    await expect
      .poll(() => names(context))
      .toContain('auth0.demo-app.is.authenticated .site.localhost/shop/');

    const { clear } = await logOutHere(tab);

    expect(clear.status).toBe('done');
    await expect
      .poll(() => names(context))
      .toEqual(['auth0.demo-app-2.is.authenticated app.site.localhost/']);
  });

  test('of auth0-js go, and the second ones that it sets for old browsers', async ({
    app,
    context,
  }) => {
    const tab = await openWith(app, context, [
      'auth0.ssodata=1;path=/',
      '_auth0.ssodata_compat=1;path=/',
      'com.auth0.auth.state=1;path=/',
      '_com.auth0.auth.state_compat=1;path=/',
      'auth0.ssodata_other=1;path=/',
    ]);

    const { clear } = await logOutHere(tab);

    expect(clear.status).toBe('done');
    await expect.poll(() => names(context)).toEqual(['auth0.ssodata_other app.site.localhost/']);
  });

  test('given by name go in every variant, secure and partitioned ones too', async ({
    app,
    context,
  }) => {
    const tab = await openWith(
      app,
      context,
      [
        ...everywhere('sid'),
        'secure=1;path=/;secure',
        '__Secure-sid=1;path=/shop;secure',
        '__Host-sid=1;path=/;secure',
        'chips=1;path=/;secure;partitioned;samesite=none',
        'sid2=1;path=/',
        'theme=dark;path=/',
      ],
      { clear: { cookies: ['sid', 'secure', '__Secure-sid', '__Host-sid', 'chips'] } },
    );
    await expect
      .poll(() => names(context))
      .toEqual(
        expect.arrayContaining(['chips app.site.localhost/', '__Host-sid app.site.localhost/']),
      );

    const { clear, warnings } = await logOutHere(tab);

    expect(clear.status).toBe('done');
    await expect
      .poll(() => names(context))
      .toEqual(['sid2 app.site.localhost/', 'theme app.site.localhost/']);
    expect(warnings).toEqual([]);
  });

  test('given with domain or path go in that variant alone, seen or not', async ({
    app,
    context,
  }) => {
    const tab = await openWith(
      app,
      context,
      [
        'sid=1;path=/',
        'sid=1;path=/;domain=site.localhost',
        'sid=1;path=/elsewhere',
        'sid=1;path=/elsewhere;domain=.site.localhost',
        'other=1;path=/elsewhere/;domain=site.localhost;secure',
        'other=1;path=/elsewhere;domain=site.localhost',
        'more=1;path=/',
        'more=1;path=/elsewhere',
        'null=1;path=/elsewhere',
      ],
      {
        clear: {
          cookies: [
            { name: 'sid', domain: 'site.localhost' },
            { name: 'sid', path: '/elsewhere' },
            { name: 'other', domain: '.site.localhost', path: '/elsewhere/' },
            { name: 'more', domain: '', path: '/elsewhere' },
            // As plain JavaScript may have it.
            { name: 'null', domain: null as unknown as string, path: '/elsewhere' },
            { name: 'never-there', domain: 'site.localhost' },
          ],
        },
      },
    );

    const { clear, warnings } = await logOutHere(tab);

    expect(clear.status).toBe('done');
    expect(warnings).toEqual([expect.stringContaining('cookies never-there.')]);
    await expect
      .poll(() => names(context))
      .toEqual([
        'more app.site.localhost/',
        'other .site.localhost/elsewhere',
        'sid .site.localhost/elsewhere',
        'sid app.site.localhost/',
      ]);
  });

  test('that are to be kept stay', async ({ app, context }) => {
    const tab = await openWith(app, context, ['sid=1;path=/', 'consent=1;path=/'], {
      clear: { cookies: ['sid', 'consent', { name: 'sid', path: '/' }], keep: ['sid'] },
    });

    await logOutHere(tab);

    await expect.poll(() => names(context)).toEqual(['sid app.site.localhost/']);
  });

  test('that a script cannot see are warned of by name, and those it can see are gone', async ({
    app,
    context,
  }) => {
    const tab = await openWith(app, context, ['sid=1;path=/'], {
      clear: { cookies: ['appSession', 'sid', '__session'] },
    });
    const url = tab.url();
    await context.setCookies([{ name: 'appSession', value: 'secret', url, httpOnly: true }]);

    const { clear, warnings } = await logOutHere(tab);

    expect(clear.status).toBe('done');
    expect(warnings).toEqual([
      expect.stringMatching(/cookies appSession, __session\. .*HttpOnly.*serverLogoutUrl/),
    ]);
    expect(await tab.evaluate(() => window.app.warnings)).toEqual(warnings);
    await expect.poll(() => names(context)).toEqual([expect.stringMatching(/^appSession /)]);
  });

  test('that a script cannot see are warned of also when given with domain or path, and only those', async ({
    app,
    context,
  }) => {
    const tab = await openWith(app, context, ['sid=1;path=/shop'], {
      clear: {
        cookies: [
          'appSession',
          { name: 'appSession', domain: HOST, path: '/shop' },
          { name: 'sid', path: '/shop' },
          'sid',
          { name: 'elsewhere', path: '/elsewhere' },
        ],
      },
    });

    const { warnings } = await logOutHere(tab);

    expect(warnings).toEqual([expect.stringContaining('cookies appSession.')]);
  });

  test('that a script cannot see are warned of even where something else fails', async ({
    app,
    context,
  }) => {
    const tab = await openWith(app, context, [], { clear: { cookies: ['appSession'] } });

    const { clear, warnings } = await tab.evaluate(async () => {
      window.app.session.holdCredentials(() => Promise.reject(new Error('no')));
      const { steps, warnings } = await window.app.session.logout({ openUrl: () => {} });
      return { clear: steps.find(({ name }) => name === 'clear')!, warnings };
    });

    expect(clear.status).toBe('failed');
    expect(warnings).toEqual([expect.stringContaining('appSession')]);
  });

  test('that a script cannot see are the server’s, when it is told', async ({ app, context }) => {
    await context.route('**/session/logout', ({ answer }) => answer({ status: 204 }));
    const tab = await openWith(app, context, [], {
      clear: { cookies: ['appSession'] },
      serverLogoutUrl: '/session/logout',
    });

    const { warnings } = await logOutHere(tab);

    expect(warnings).toEqual([]);
  });

  test('that cannot be removed are a failed step that names them', async ({ app, context }) => {
    const tab = await openWith(app, context, ['sid=1;path=/', 'gone=1;path=/'], {
      clear: { cookies: ['sid', 'gone'] },
    });
    await tab.evaluate(() => {
      const { get, set } = Object.getOwnPropertyDescriptor(Document.prototype, 'cookie')!;
      Object.defineProperty(Document.prototype, 'cookie', {
        get,
        set(text: string) {
          if (!text.startsWith('sid=')) set!.call(document, text);
        },
      });
    });

    const { clear } = await logOutHere(tab);

    expect(clear).toMatchObject({
      status: 'failed',
      error: 'elsewhere: cookies: still there: sid',
    });
    await expect.poll(() => names(context)).toEqual(['sid app.site.localhost/']);
  });
});
