import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect } from 'vitest';
import type * as Core from '../../src/index.js';
import type * as Ui from '../../src/ui.js';
import {
  browserTest,
  escapeToPlaywrightPage,
  type Context,
  type SeenRequest,
  type Tab,
} from './driver/index.js';

const ORIGIN = 'http://app.localhost';
const TENANT = 'https://tenant.eu.auth0.com';
const ATTRIBUTES =
  'data-domain="tenant.eu.auth0.com" data-client-id="abc" data-return-to="/bye.html"';
const POLICY =
  "default-src 'none'; script-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";

const dist = (path: string): string =>
  readFileSync(fileURLToPath(new URL(`../../dist${path}`, import.meta.url)), 'utf8');

/** Serves a static site, under a strict policy, and a tenant that sends back to where it is told. */
async function serve(context: Context, html: string): Promise<SeenRequest[]> {
  const logouts: SeenRequest[] = [];
  await context.route(`${ORIGIN}/**`, ({ url, answer }) => {
    const { pathname } = new URL(url);
    return pathname.endsWith('.js')
      ? answer({ contentType: 'text/javascript', body: dist(pathname) })
      : answer({
          headers: { 'content-security-policy': POLICY },
          body: `<!doctype html><html lang="en"><title>Notes</title>${html}</html>`,
        });
  });
  await context.route(`${TENANT}/**`, (request) => {
    logouts.push(request);
    const returnTo = new URL(request.url).searchParams.get('returnTo');
    // Not a redirect: what it leads to would not be intercepted.
    const next = returnTo ? `<meta http-equiv="refresh" content="0;url=${returnTo}">` : '';
    return request.answer({ body: `<!doctype html><link rel="icon" href="data:,">${next}` });
  });
  return logouts;
}

const script = (attributes = ATTRIBUTES, how = ''): string =>
  `<script ${how} src="/auth0-logout.umd.js" ${attributes}></script>`;

/** What the page complained about, in the console and of its policy. */
function complaints(tab: Tab): string[] {
  const said: string[] = [];
  tab.onConsole(({ level, text }) => level === 'error' && said.push(text));
  return said;
}

const BUTTON = '<button id="out" data-auth0-logout>Log out</button>';
const RECEIPT = '<div data-auth0-logout-receipt></div>';

describe('a script tag with attributes', () => {
  browserTest.for([
    { where: 'in the head', html: `<head>${script()}</head><body>${BUTTON}` },
    { where: 'deferred', html: `<head>${script(ATTRIBUTES, 'defer')}</head><body>${BUTTON}` },
    { where: 'async', html: `<head>${script(ATTRIBUTES, 'async')}</head><body>${BUTTON}` },
    { where: 'at the end of the body', html: `<body>${BUTTON}${script()}` },
  ])('$where makes a button log out', async ({ html }, { context, tab }) => {
    const logouts = await serve(context, html);
    const said = complaints(tab);
    await tab.goto(`${ORIGIN}/`);
    await tab.click('#out');
    await tab.waitForUrl(`${ORIGIN}/bye.html`);
    expect(logouts.map(({ url }) => url)).toEqual([
      `${TENANT}/v2/logout?client_id=abc&returnTo=${encodeURIComponent(`${ORIGIN}/bye.html`)}`,
    ]);
    expect(said).toEqual([]);
  });

  browserTest('runs beside an AMD loader too', async ({ context, tab }) => {
    const logouts = await serve(context, `<body>${BUTTON}${script()}`);
    // As RequireJS does with what has no name and was not asked for: it is not run.
    await context.beforeEveryPage(() => {
      const define = (): never => {
        throw new Error('Mismatched anonymous define() module');
      };
      Object.assign(window, { define: Object.assign(define, { amd: {} }) });
    }, null);
    await tab.goto(`${ORIGIN}/`);
    await tab.click('#out');
    await tab.waitForUrl(`${ORIGIN}/bye.html`);
    expect(logouts).toHaveLength(1);
    expect(await tab.evaluate(() => 'auth0Logout' in window)).toBe(true);
    expect(tab.uncaught()).toEqual([]);
  });

  browserTest(
    'serves buttons that come later, and what is inside them',
    async ({ context, tab }) => {
      const logouts = await serve(context, `<body>${script()}`);
      await tab.goto(`${ORIGIN}/`);
      await tab.evaluate(() => {
        const button = document.createElement('button');
        const icon = document.createElement('span');
        icon.textContent = 'Log out everywhere';
        button.append(icon);
        button.dataset['auth0Logout'] = '';
        button.dataset['federated'] = '';
        document.body.append(button);
      });
      await tab.click('button span');
      await tab.waitForUrl(`${ORIGIN}/bye.html`);
      expect(new URL(logouts[0]!.url).search).toMatch(/[?&]federated(&|$)/);
    },
  );

  browserTest.for([
    {
      what: 'a custom element in a button',
      html: '<button data-auth0-logout><x-icon></x-icon></button>',
    },
    { what: 'a custom element that is the button', html: '<x-icon data-auth0-logout></x-icon>' },
    { what: 'a button inside a custom element', html: '<x-button></x-button>' },
  ])('looks through open shadow roots: $what', async ({ html }, { context, tab }) => {
    const logouts = await serve(context, `<body>${html}${script()}`);
    await tab.goto(`${ORIGIN}/`);
    await tab.evaluate(() => {
      for (const host of document.querySelectorAll('x-icon, x-button')) {
        const inner = document.createElement('button');
        inner.textContent = 'Log out';
        inner.toggleAttribute('data-auth0-logout', host.localName === 'x-button');
        host.attachShadow({ mode: 'open' }).append(inner);
      }
      // A button in a button is not clicked on by itself.
      const inner = document.querySelector('x-icon, x-button')!.shadowRoot!.firstElementChild!;
      inner.dispatchEvent(
        new MouseEvent('click', { bubbles: true, composed: true, cancelable: true }),
      );
    });
    await tab.waitForUrl(`${ORIGIN}/bye.html`);
    expect(logouts).toHaveLength(1);
  });

  browserTest('goes to Auth0 once for several clicks', async ({ context, tab }) => {
    const logouts = await serve(context, `<body>${BUTTON}${script()}`);
    await tab.goto(`${ORIGIN}/`);
    await tab.evaluate(() => {
      for (let i = 0; i < 5; i++) document.getElementById('out')!.click();
    });
    await tab.waitForUrl(`${ORIGIN}/bye.html`);
    expect(logouts).toHaveLength(1);
  });

  browserTest('serves a button that is clicked on with a key held', async ({ context, tab }) => {
    const logouts = await serve(context, `<body>${BUTTON}${script()}`);
    await tab.goto(`${ORIGIN}/`);
    await escapeToPlaywrightPage(tab).click('#out', { modifiers: ['Shift'] });
    await tab.waitForUrl(`${ORIGIN}/bye.html`);
    expect(logouts).toHaveLength(1);
  });

  const LINK = '<a id="out" data-auth0-logout href="/logout">Log out</a>';

  browserTest('takes a link over', async ({ context, tab }) => {
    const logouts = await serve(context, `<body>${LINK}${script()}`);
    await tab.goto(`${ORIGIN}/`);
    await tab.press('Tab');
    await tab.press('Enter');
    await tab.waitForUrl(`${ORIGIN}/bye.html`);
    expect(logouts).toHaveLength(1);
  });

  browserTest(
    'leaves a link alone that the person opens in another tab',
    async ({ context, tab }) => {
      const logouts = await serve(context, `<body>${LINK}${script()}`);
      await tab.goto(`${ORIGIN}/`);
      const prevented = await tab.evaluate(() =>
        [
          { altKey: true },
          { ctrlKey: true },
          { metaKey: true },
          { shiftKey: true },
          { button: 1 },
        ].map((how) => {
          const click = new MouseEvent('click', { bubbles: true, cancelable: true, ...how });
          let ours: boolean | undefined;
          const look = (event: Event): void => {
            ours = event.defaultPrevented;
            event.preventDefault();
          };
          // Only on the way up, to come after the script's own listener.
          document.addEventListener(
            'click',
            () => addEventListener('click', look, { once: true }),
            {
              once: true,
            },
          );
          document.getElementById('out')!.dispatchEvent(click);
          return ours;
        }),
      );
      expect(prevented).toEqual([false, false, false, false, false]);

      await tab.click('#out');
      await tab.waitForUrl(`${ORIGIN}/bye.html`);
      expect(logouts).toHaveLength(1);
    },
  );

  browserTest.for([
    {
      where: 'before',
      html: (link: string) => `<body>${link}<script src="/router.js"></script>${script()}`,
    },
    {
      where: 'after',
      html: (link: string) => `<body>${link}${script()}<script src="/router.js"></script>`,
    },
  ])(
    'serves a link where a router of the page takes links, loaded $where it',
    async ({ html }, { context, tab }) => {
      const link = '<a data-auth0-logout href="/logout"><b id="out">Log out</b></a>';
      const logouts = await serve(context, html(link));
      // As Astro, swup and Turbo do.
      await context.route(`${ORIGIN}/router.js`, ({ answer }) =>
        answer({
          contentType: 'text/javascript',
          body: `document.addEventListener('click', (event) => {
            const link = event.target.closest('a');
            if (!link || event.defaultPrevented) return;
            event.preventDefault();
            history.pushState(null, '', link.href);
          });`,
        }),
      );
      await tab.goto(`${ORIGIN}/`);
      await tab.click('#out');
      await tab.waitForUrl(`${ORIGIN}/bye.html`);
      expect(logouts).toHaveLength(1);
    },
  );

  browserTest.for([
    { what: 'by the document', stops: '' },
    {
      what: 'by the document, and nobody else hears of it',
      stops: 'event.stopImmediatePropagation();',
    },
  ])(
    'leaves a link alone that the page has dealt with $what',
    async ({ stops }, { context, tab }) => {
      const link =
        '<a id="out" data-confirm data-auth0-logout href="/logout">Log out</a> <a id="next" href="/next">Next</a>';
      const logouts = await serve(
        context,
        `<body>${link}${script()}<script src="/confirm.js"></script>`,
      );
      // As a framework's root and `data-confirm` do.
      await context.route(`${ORIGIN}/confirm.js`, ({ answer }) =>
        answer({
          contentType: 'text/javascript',
          body: `document.addEventListener('click', (event) => {
          if (!event.target.closest('[data-confirm]')) return;
          event.preventDefault();
          ${stops}
        });`,
        }),
      );
      await tab.goto(`${ORIGIN}/`);
      await tab.click('#out');
      await tab.click('#next');
      await tab.waitForUrl(`${ORIGIN}/next`);
      expect(logouts).toEqual([]);
    },
  );

  // A link that leads nowhere is taken for a button.
  browserTest.for([
    { what: 'a button', html: BUTTON },
    { what: 'a link with no address', html: '<a id="out" data-auth0-logout>Log out</a>' },
    {
      what: 'a link with no address yet',
      html: '<a id="out" data-auth0-logout href="#">Log out</a>',
    },
  ])(
    'serves $what in a menu that keeps its clicks to itself',
    async ({ html }, { context, tab }) => {
      const logouts = await serve(context, `<body><div id="menu">${html}</div>${script()}`);
      await tab.goto(`${ORIGIN}/`);
      await tab.evaluate(() =>
        document
          .getElementById('menu')!
          .addEventListener('click', (event) => event.stopPropagation()),
      );
      await tab.click('#out');
      await tab.waitForUrl(`${ORIGIN}/bye.html`);
      expect(logouts).toHaveLength(1);
    },
  );

  browserTest.for([
    LINK,
    '<div data-auth0-logout><a id="out" href="/logout">Log out</a></div>',
    '<svg><a data-auth0-logout href="/logout"><text id="out" y="20">Log out</text></a></svg>',
  ])('opens a link in another tab with Control held: %s', async (link, { context, tab }) => {
    const logouts = await serve(context, `<body>${link}${script()}`);
    await tab.goto(`${ORIGIN}/`);
    await context.tabOpenedBy(() =>
      escapeToPlaywrightPage(tab).click('#out', { modifiers: ['Control'] }),
    );
    expect(tab.url()).toBe(`${ORIGIN}/`);
    expect(logouts).toEqual([]);
  });

  browserTest('leaves a working link where the script does not come', async ({ context, tab }) => {
    await serve(context, `<body>${LINK}${script()}`);
    await context.route(`${ORIGIN}/auth0-logout.umd.js`, ({ fail }) => fail());
    await tab.goto(`${ORIGIN}/`);
    await tab.click('#out');
    await tab.waitForUrl(`${ORIGIN}/logout`);
    expect(tab.url()).toBe(`${ORIGIN}/logout`);
  });

  browserTest('guards forms, and asks in the language of the page', async ({ context, tab }) => {
    const form = '<form><h2>Draft</h2><label>Text <input id="text"></label></form>';
    const logouts = await serve(
      context,
      `<body lang="de">${form}${BUTTON}${script(`${ATTRIBUTES} data-guard-forms`)}`,
    );
    const said = complaints(tab);
    await tab.goto(`${ORIGIN}/`);
    await tab.evaluate(() => (document.documentElement.lang = 'de'));
    await tab.fill('#text', 'unsaved');
    await tab.click('#out');
    await tab.waitForElement('dialog');
    expect(await tab.text('dialog')).toMatch(/Draft[^]*Ohne Speichern abmelden/);
    await tab.press('Escape');
    await tab.waitForElement('dialog', 'hidden');
    expect(logouts).toEqual([]);

    await tab.click('#out');
    await tab.waitForElement('dialog');
    await tab.click('[part~=discard]');
    await tab.waitForUrl(`${ORIGIN}/bye.html`);
    expect(logouts).toHaveLength(1);
    expect(said).toEqual([]);
  });

  browserTest.for([
    { how: 'without crossorigin', attribute: '' },
    { how: 'with crossorigin', attribute: 'crossorigin' },
  ])(
    'speaks the language of the page also from another site, $how',
    async ({ attribute }, { context, tab }) => {
      const cdn = 'http://cdn.localhost';
      await context.route(`${cdn}/**`, ({ url, answer }) =>
        answer({
          headers: { 'access-control-allow-origin': '*' },
          contentType: 'text/javascript',
          body: dist(new URL(url).pathname.replace('/v1', '')),
        }),
      );
      await context.route(`${ORIGIN}/`, ({ answer }) =>
        answer({
          headers: { 'content-security-policy': POLICY.replace("'self'", cdn) },
          body: `<!doctype html><html lang="de"><title>Notes</title><body>${BUTTON}
            <form aria-label="Draft"><input id="text"></form><script ${attribute}
            src="${cdn}/v1/auth0-logout.umd.js" ${ATTRIBUTES} data-guard-forms></script></html>`,
        }),
      );
      const said = complaints(tab);
      await tab.goto(`${ORIGIN}/`);
      await tab.fill('#text', 'unsaved');
      await tab.click('#out');
      await tab.waitForElement('dialog');
      expect(await tab.text('dialog')).toContain('Ohne Speichern abmelden');
      expect(said).toEqual([]);
    },
  );

  browserTest.for([
    { where: 'before the script', html: `<body>${BUTTON}${RECEIPT}${script()}` },
    { where: 'after the script', html: `<head>${script()}</head><body>${BUTTON}${RECEIPT}` },
  ])('shows the receipt once, $where', async ({ html }, { context, tab }) => {
    await serve(context, html);
    await tab.goto(`${ORIGIN}/`);
    expect(await tab.evaluate(() => document.querySelector('auth0-logout-view'))).toBe(null);
    await tab.click('#out');
    await tab.waitForUrl(`${ORIGIN}/bye.html`);
    await tab.waitForElement('section');
    expect(await tab.text('section')).toContain('You are logged out of this application');
    await tab.reload();
    expect(await tab.evaluate(() => document.querySelector('auth0-logout-view'))).toBe(null);
  });

  browserTest('shows no garbled sign on a page that is not in UTF-8', async ({ context, tab }) => {
    await serve(context, `<body>${BUTTON}${script()}`);
    await context.route(`${ORIGIN}/bye.html`, ({ answer }) =>
      answer({
        contentType: 'text/html; charset=windows-1252',
        body: `<!doctype html><html lang="en"><body>${RECEIPT}${script()}`,
      }),
    );
    await tab.goto(`${ORIGIN}/`);
    await tab.click('#out');
    await tab.waitForUrl(`${ORIGIN}/bye.html`);
    await tab.waitForElement('section');
    expect(await tab.evaluate(() => document.characterSet)).toBe('windows-1252');
    const text = await tab.text('section');
    expect(text).toContain('✓');
    expect(text).toContain(' · ');
    expect(text).not.toMatch(/[âÂ]/);
  });

  browserTest(
    'shows what is left to do where the person stays, offline',
    async ({ context, tab }) => {
      await serve(context, `<body>${BUTTON}${RECEIPT}${script()}`);
      await tab.goto(`${ORIGIN}/`);
      await tab.evaluate(() => {
        const place = document.querySelector('[data-auth0-logout-receipt]')!;
        // A screen reader says what comes into a live region, not what has come there before it was one.
        new MutationObserver(() => {
          place.id = place.ariaLive && !place.childElementCount ? 'live' : 'shown';
        }).observe(place, { attributes: true, attributeFilter: ['aria-live', 'role'] });
      });
      await context.setOffline(true);
      await tab.click('#out');
      await tab.waitForElement('section');
      expect(await tab.text('section')).toContain('You are still signed in at Auth0');
      expect(await tab.evaluate(() => !!document.getElementById('live'))).toBe(true);
    },
  );
});

describe('an attribute that is wrong', () => {
  const wrong: readonly {
    attribute: string;
    attributes: string;
    goesTo: string | null;
  }[] = [
    { attribute: 'data-domain', attributes: 'data-domain="" data-client-id="abc"', goesTo: null },
    {
      attribute: 'data-domain',
      attributes: 'data-domain="not a host" data-client-id="abc"',
      goesTo: null,
    },
    {
      attribute: 'data-client-id',
      attributes: 'data-domain="tenant.eu.auth0.com"',
      goesTo: null,
    },
    {
      attribute: 'data-client-id',
      attributes: 'data-domain="tenant.eu.auth0.com" data-client-id=" "',
      goesTo: null,
    },
    ...['javascript:alert(1)', '//evil.example', 'https://a:b@evil.example', 'myapp://x', ''].map(
      (returnTo) => ({
        attribute: 'data-return-to',
        attributes: `data-domain="tenant.eu.auth0.com" data-client-id="abc" data-return-to="${returnTo}"`,
        goesTo: `${TENANT}/v2/logout?client_id=abc`,
      }),
    ),
    {
      attribute: 'data-endpoint',
      attributes: `${ATTRIBUTES} data-endpoint="v3"`,
      goesTo: `${ORIGIN}/bye.html`,
    },
    {
      attribute: 'data-guard-forms',
      attributes: `${ATTRIBUTES} data-guard-forms="false"`,
      goesTo: `${ORIGIN}/bye.html`,
    },
    {
      attribute: 'data-idle-minutes',
      attributes: `${ATTRIBUTES} data-idle-minutes="15"`,
      goesTo: `${ORIGIN}/bye.html`,
    },
  ];

  browserTest.for(wrong)(
    'is one error that names it: $attributes',
    async (row, { context, tab }) => {
      const { attribute, attributes, goesTo } = row;
      await serve(
        context,
        `<body>${BUTTON}<form aria-label="Draft"><input id="text"></form>${script(attributes)}`,
      );
      const said = complaints(tab);
      await tab.goto(`${ORIGIN}/`);
      expect(said).toEqual([expect.stringMatching(new RegExp(`^auth0-logout: ${attribute} `))]);
      // An option that no attribute sets is no way out.
      expect(said[0]).not.toContain('allowedLogoutUrls');
      await tab.fill('#text', 'unsaved');
      await tab.click('#out');
      if (goesTo) await tab.waitForUrl(goesTo);
      expect(tab.url()).toBe(goesTo ?? `${ORIGIN}/`);
      // A page that it leads to has the same script tag.
      expect(new Set(said).size).toBe(1);
    },
  );

  browserTest('is one on a button that says what it is not', async ({ context, tab }) => {
    const button = BUTTON.replace('>', ' data-federated="false">');
    const logouts = await serve(context, `<body>${button}${script()}`);
    const said = complaints(tab);
    await tab.goto(`${ORIGIN}/`);
    await tab.click('#out');
    await tab.waitForUrl(`${ORIGIN}/bye.html`);
    expect(said).toEqual([expect.stringMatching(/^auth0-logout: data-federated /)]);
    expect(logouts.map(({ url }) => /federated/.test(url))).toEqual([false]);
  });

  browserTest.for([
    '<button id="out" data-auth0-logout="false">Log out</button>',
    '<a id="out" data-auth0-logout="False" href="#">Log out</a>',
  ])('is one on what is not to log out, and does not: %s', async (html, { context, tab }) => {
    const logouts = await serve(context, `<body>${html}${script()}`);
    const said = complaints(tab);
    await tab.goto(`${ORIGIN}/`);
    await tab.click('#out');
    await expect
      .poll(() => said)
      .toEqual([expect.stringMatching(/^auth0-logout: data-auth0-logout is on by being there/)]);
    expect(logouts).toEqual([]);
  });

  browserTest.for([
    '<div data-auth0-logout-receipt="false"></div>',
    '<form data-auth0-logout-receipt></form>',
  ])('is one where no receipt is to be shown: %s', async (place, { context, tab }) => {
    await serve(context, `<body>${BUTTON}${place}${script()}`);
    const said = complaints(tab);
    await tab.goto(`${ORIGIN}/`);
    await expect
      .poll(() => said)
      .toEqual([expect.stringMatching(/^auth0-logout: data-auth0-logout-receipt /)]);
    await tab.click('#out');
    await tab.waitForUrl(`${ORIGIN}/bye.html`);
    await expect.poll(() => said).toHaveLength(2);
    expect(await tab.evaluate(() => document.querySelector('auth0-logout-view'))).toBe(null);
    // It is there for whoever can show it.
    const receipt = await tab.evaluate(() => {
      const { auth0Logout } = window as unknown as { auth0Logout: typeof Core };
      const domain = 'tenant.eu.auth0.com';
      return auth0Logout.createLogout({ domain, clientId: 'abc' }).takeReceipt();
    });
    expect(receipt).toMatchObject({ sessions: { application: 'ended' } });
  });

  browserTest('is one on a form, whose fields could answer for it', async ({ context, tab }) => {
    const logouts = await serve(
      context,
      `<body><form data-auth0-logout><input id="field" name="closest"></form>${script()}`,
    );
    const said = complaints(tab);
    await tab.goto(`${ORIGIN}/`);
    await tab.click('#field');
    // Whoever fills it in clicks on it all over.
    await tab.click('#field');
    expect(said).toEqual([expect.stringMatching(/^auth0-logout: data-auth0-logout /)]);
    expect(logouts).toEqual([]);
  });
});

// What has a name in a document or a form stands for what they have by that name (HTML, "named access").
describe('a name in the page', () => {
  /** Edits a field and logs out, by id: the driver itself looks for elements with what is hidden here. */
  const editAndLogOut = (tab: Tab): Promise<void> =>
    tab.evaluate(() => {
      const field = document.getElementById('text') as HTMLInputElement;
      field.value = 'new';
      field.dispatchEvent(new Event('input', { bubbles: true }));
      document.getElementById('out')!.click();
    });

  browserTest(
    'takes the place of nothing that the script asks the page for',
    async ({ context, tab }) => {
      const logouts = await serve(
        context,
        `<body><img name="currentScript" data-domain="evil.example" data-client-id="x">
       <form name="auth0Logout"><input name="matches"><input name="hasAttribute">${BUTTON}</form>
       ${script()}`,
      );
      const said = complaints(tab);
      await tab.goto(`${ORIGIN}/`);
      await tab.evaluate(() => document.getElementById('out')!.click());
      await tab.waitForUrl(`${ORIGIN}/bye.html`);
      expect(logouts).toHaveLength(1);
      expect(said.filter((text) => text.startsWith('auth0-logout'))).toEqual([]);
    },
  );

  browserTest('hides nothing that is shown', async ({ context, tab }) => {
    const names = 'readyState querySelector querySelectorAll body createElement host'.split(' ');
    const logouts = await serve(
      context,
      `<body>${names.map((name) => `<img name="${name}">`).join('')}${BUTTON}
         <form aria-label="Letter"><input id="text" value="old"></form>
         ${script(`${ATTRIBUTES} data-guard-forms`)}
         <div id="receipt" data-auth0-logout-receipt></div>`,
    );
    const said = complaints(tab);
    await tab.goto(`${ORIGIN}/`);
    await editAndLogOut(tab);
    await tab.waitFor(() => {
      const view = document.documentElement.lastElementChild!.lastElementChild;
      return !!view?.shadowRoot?.querySelector('[open]')?.checkVisibility();
    });
    await tab.evaluate(() =>
      document.documentElement
        .lastElementChild!.lastElementChild!.shadowRoot!.querySelector<HTMLElement>(
          '[part~=discard]',
        )!
        .click(),
    );
    await tab.waitForUrl(`${ORIGIN}/bye.html`);
    await tab.waitFor(() => !!document.getElementById('receipt')?.firstElementChild?.shadowRoot);
    expect(logouts).toHaveLength(1);
    expect(said.filter((text) => text.startsWith('auth0-logout'))).toEqual([]);
  });

  browserTest.for([
    '<img name="documentElement"><img name="documentElement">',
    '<iframe name="documentElement"></iframe>',
  ])('keeps no view from being shown: %s', async (names, { context, tab }) => {
    await serve(
      context,
      `<body>${names}${BUTTON}<form aria-label="Letter"><input id="text"></form>
       ${script(`${ATTRIBUTES} data-guard-forms`)}`,
    );
    const dialogs: string[] = [];
    tab.onDialog(({ kind }) => {
      dialogs.push(kind);
      return 'dismiss';
    });
    await tab.goto(`${ORIGIN}/`);
    await editAndLogOut(tab);
    const shown = (): Promise<string | undefined> =>
      tab.evaluate(
        () => document.body.lastElementChild!.shadowRoot?.querySelector('h2')!.textContent,
      );
    await expect.poll(shown).toBe('Log out without saving your work?');
    expect(dialogs).toEqual([]);
    await tab.press('Escape');

    const piece = { label: 'Letter', page: '', thisTab: true, canSave: true, state: 'dirty' };
    await tab.evaluate((piece) => {
      const { auth0Logout } = window as unknown as { auth0Logout: typeof Ui };
      auth0Logout.showSaving([piece as Ui.UnsavedWorkItem]);
    }, piece);
    await expect.poll(shown).toBe('Saving your work…');

    // In no document yet.
    const title = await tab.evaluate(() => {
      const { auth0Logout } = window as unknown as { auth0Logout: typeof Ui };
      const place = document.createElement('div');
      auth0Logout.renderReceipt(place, {
        reason: 'user',
        at: 0,
        sessions: { application: 'ended', auth0: 'requested', identityProvider: 'kept' },
        tabs: 1,
        verified: true,
      });
      return place.firstElementChild?.shadowRoot?.querySelector('h2')?.textContent;
    });
    expect(title).toBe('You are logged out of this application');
  });

  browserTest.for([
    '<iframe name="auth0LogoutTexts" src="http://elsewhere.localhost/"></iframe>',
    '<form id="auth0LogoutTexts"><input name="de"></form>',
  ])('keeps no text from being found: %s', async (names, { context, tab }) => {
    await serve(context, `<body lang="de">${names}${BUTTON}${RECEIPT}${script()}`);
    await context.route('http://elsewhere.localhost/', ({ answer }) => answer({ body: '' }));
    await tab.goto(`${ORIGIN}/`);
    await tab.click('#out');
    await tab.waitForUrl(`${ORIGIN}/bye.html`);
    await tab.waitForElement('section');
    expect(await tab.text('section')).toContain('Sie sind von dieser Anwendung abgemeldet');
    expect(tab.uncaught()).toEqual([]);
  });

  browserTest('keeps no cookie from being removed', async ({ context, tab }) => {
    await serve(context, `<body><form name="cookie"></form>${BUTTON}${script()}`);
    const name = 'auth0.abc.is.authenticated';
    await context.setCookies([{ name, value: 'true', url: ORIGIN }]);
    await tab.goto(`${ORIGIN}/`);
    await tab.click('#out');
    await tab.waitForUrl(`${ORIGIN}/bye.html`);
    expect(await context.cookies()).toEqual([]);
  });

  browserTest('keeps no logout from leaving', async ({ context, tab }) => {
    await serve(context, `<body><img name="addEventListener">${BUTTON}${script()}`);
    let release = (): void => {};
    await context.route(`${TENANT}/**`, async ({ pass }) => {
      await new Promise<void>((resolve) => (release = resolve));
      await pass();
    });
    const said: string[] = [];
    tab.onConsole(({ text }) => said.push(text));
    await tab.goto(`${ORIGIN}/`);
    await tab.evaluate(() => {
      const { auth0Logout } = window as unknown as { auth0Logout: typeof Core };
      void auth0Logout
        .logout()
        .then(({ status, steps }) => console.info(status, steps.at(-1)!.error ?? 'no error'));
    });
    await expect.poll(() => said).toEqual(['left no error']);
    release();
    await tab.waitForUrl(`${ORIGIN}/bye.html`);
  });

  browserTest('keeps no form from being posted', async ({ context, tab }) => {
    const logouts = await serve(
      context,
      `<body><img name="createElement"><img name="documentElement">
       ${script(`${ATTRIBUTES} data-endpoint="oidc"`)}`,
    );
    await tab.goto(`${ORIGIN}/`);
    await tab.evaluate(() => {
      const { auth0Logout } = window as unknown as { auth0Logout: typeof Core };
      void auth0Logout.logout({ state: 'x'.repeat(3000) });
    });
    await expect.poll(() => logouts.map(({ method }) => method)).toEqual(['POST']);
  });

  browserTest('does not change what the question calls the tab', async ({ context, tab }) => {
    await serve(
      context,
      `<body><img name="title">${BUTTON}<form aria-label="Letter"><input id="text"></form>
         ${script(`${ATTRIBUTES} data-guard-forms`)}`,
    );
    await tab.goto(`${ORIGIN}/`);
    await tab.fill('#text', 'unsaved');
    await tab.click('#out');
    await tab.waitForElement('dialog');
    expect(await tab.text('dialog li')).toMatch(/^Letter\s+Notes/);
  });
});
