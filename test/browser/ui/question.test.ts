import { describe, expect } from 'vitest';
import { appTest as test, isReady } from '../app/test-app.js';
import type { Tab } from '../driver/index.js';
import { ask, openUi, page, POLICY, work } from './ui-page.js';

const MODE = 'localstorage.rt';
const BUTTONS = ['Save and log out', 'Log out without saving', 'Cancel'];

/** Guards a piece of work in a page of the test application, and waits until it is guarded. */
async function guard(tab: Tab): Promise<void> {
  await tab.evaluate(() => {
    window.app.session.guardUnsavedWork({
      label: 'Invoice 17',
      isDirty: () => true,
      save: () => {},
    });
  });
  await tab.waitFor(() => !dispatchEvent(new Event('beforeunload', { cancelable: true })));
}

const status = (tab: Tab): Promise<string> =>
  tab.evaluate(async () => (await window.app.session.logout()).status);

describe('the built-in question', () => {
  test('comes up without any configuration, out of reach of the page', async ({ app, context }) => {
    const tab = await app.open(context, MODE);
    await app.logIn(tab);
    await guard(tab);

    const answered = status(tab);
    await tab.waitForElement('dialog[open]');

    const question = page(tab).getByRole('dialog', { name: 'Save your work before you log out?' });
    expect(await question.getByRole('button').allInnerTexts()).toEqual(BUTTONS);
    expect(await question.getByRole('listitem').innerText()).toMatch(
      /^Invoice 17\s+Test application\s+This tab$/,
    );
    expect(await tab.evaluate(() => document.querySelector('dialog'))).toBeNull();
    await tab.click('button:has-text("Cancel")');
    expect(await answered).toBe('cancelled');
    await isReady(tab, 'in');
  });

  test('says where a federated logout goes on to', async ({ app, context }) => {
    const tab = await openUi(app, context);
    await ask(tab, work);
    const also = 'You will also be signed out of Google in this browser.';
    expect(await tab.text('dialog')).toContain(also);
    // What a screen reader reads out by itself: nobody looks for more above the button with the focus.
    const readOut = await page(tab)
      .locator('dialog')
      .evaluate((dialog) =>
        dialog
          .getAttribute('aria-describedby')!
          .split(' ')
          .map((id) => (dialog.getRootNode() as ShadowRoot).getElementById(id)?.textContent)
          .join(' '),
      );
    expect(readOut).toContain('Invoice 17');
    expect(readOut).toContain(also);
  });

  test.for([
    ['google-oauth2|1', true],
    ['apple|1', false],
  ] as const)(
    'promises to sign out of %s, where Auth0 documents that: %s',
    async ([sub, promised], { app, context }) => {
      const tab = await app.open(context, MODE);
      await app.logIn(tab);
      await guard(tab);
      const answered = tab.evaluate(async (sub) => {
        const { client, session } = window.app;
        client.getIdTokenClaims = () => Promise.resolve({ __raw: '', sub });
        return (await session.logout({ federated: true })).status;
      }, sub);
      await tab.waitForElement('dialog[open]');
      const said = (await tab.text('dialog')).includes('You will also be signed out of');
      await tab.press('Escape');
      expect([said, await answered]).toEqual([promised, 'cancelled']);
    },
  );

  test('tells work that can be saved, that cannot, and that is not known', async ({
    app,
    context,
  }) => {
    const tab = await openUi(app, context);
    await ask(tab, work);

    const question = page(tab).getByRole('dialog');
    expect(await question.getByRole('list', { name: 'You could lose:' }).count()).toBe(1);
    const [here, letter, silent] = await question.getByRole('listitem').allInnerTexts();
    expect(here).toMatch(/^Invoice 17\s+Acme Billing\s+This tab$/);
    expect(letter).toMatch(/^Letter to Ada\s+Acme Mail\s+Cannot be saved from here\./);
    expect(silent).toMatch(/Another tab does not answer\. It may hold unsaved work\./);
  });

  test('does not say that saving failed of what cannot be saved', async ({ app, context }) => {
    const tab = await openUi(app, context);
    await ask(tab, [{ ...work[1]!, error: 'could not be checked' }]);
    const [letter] = await page(tab).getByRole('listitem').allInnerTexts();
    expect(letter).toMatch(/Cannot be saved from here\. It is lost/);
    expect(letter).not.toMatch(/Could not be saved/);
  });

  test('does not offer to save what cannot be saved', async ({ app, context }) => {
    const tab = await openUi(app, context);
    await ask(tab, work.slice(1));
    const question = page(tab).getByRole('dialog', { name: 'Log out without saving your work?' });
    expect(await question.getByRole('button').allInnerTexts()).toEqual(BUTTONS.slice(1));
  });

  test.for([
    ['Save and log out', 'save'],
    ['Log out without saving', 'discard'],
    ['Cancel', 'cancel'],
  ] as const)('answers a press of "%s" with %s', async ([name, answer], { app, context }) => {
    const tab = await openUi(app, context);
    await ask(tab, work);
    await page(tab).getByRole('button', { name, exact: true }).click();
    expect(await tab.evaluate(() => window.answered)).toBe(answer);
    await tab.waitForElement('dialog', 'hidden');
  });

  test('is not answered by the second click of a double one on "Log out"', async ({
    app,
    context,
  }) => {
    const tab = await openUi(app, context);
    await ask(tab, work);
    const { mouse } = page(tab);
    const discard = page(tab).getByRole('button', { name: 'Log out without saving' });
    const { x, y } = (await discard.boundingBox())!;
    await tab.press('Escape');
    await tab.waitForElement('dialog', 'hidden');
    // "Log out" lies where the question will have its own button.
    await tab.evaluate(
      ([work, left, top]) => {
        const open = document.querySelector<HTMLElement>('#open')!;
        Object.assign(open.style, { position: 'fixed', left: `${left}px`, top: `${top}px` });
        open.onclick = () => {
          window.answered = window.ui.askUnsavedWork(work, { identityProvider: 'Google' });
        };
      },
      [work, x, y] as const,
    );

    await mouse.click(x + 5, y + 5);
    await tab.waitForElement('dialog[open]');
    await mouse.down({ clickCount: 2 });
    await mouse.up({ clickCount: 2 });
    await tab.press('Escape');
    expect(await tab.evaluate(() => window.answered)).toBe('cancel');

    // A click that is meant for it does.
    await ask(tab, work);
    await mouse.click(x + 5, y + 5);
    expect(await tab.evaluate(() => window.answered)).toBe('discard');
  });

  test.for([1, 2])(
    'takes %d times Escape for Cancel, and gives the focus back',
    async (times, { app, context }) => {
      const tab = await openUi(app, context);
      await ask(tab, work);
      for (let i = 0; i < times; i++) await tab.press('Escape');
      expect(await tab.evaluate(() => window.answered)).toBe('cancel');
      expect(await tab.evaluate(() => document.activeElement?.id)).toBe('open');
      expect(await page(tab).getByRole('dialog').count()).toBe(0);
    },
  );

  test('gives the focus back to what opened the popover that it was asked from', async ({
    app,
    context,
  }) => {
    const tab = await openUi(app, context);
    await tab.evaluate((work) => {
      const menu = document.body.appendChild(document.createElement('div'));
      const item = menu.appendChild(document.createElement('button'));
      menu.popover = 'auto';
      item.id = 'item';
      item.textContent = 'Log out';
      item.onclick = () => (window.answered = window.ui.askUnsavedWork(work));
      document.querySelector<HTMLButtonElement>('#open')!.popoverTargetElement = menu;
    }, work);
    await tab.click('#open');
    await tab.click('#item');
    await tab.waitForElement('dialog[open]');
    await tab.press('Escape');
    expect(await tab.evaluate(() => window.answered)).toBe('cancel');
    expect(await tab.evaluate(() => document.activeElement?.id)).toBe('open');
  });

  test('begins on Cancel, and Tab never leads to the page behind', async ({ app, context }) => {
    const tab = await openUi(app, context);
    await ask(tab, work);
    const focused = (): Promise<string> =>
      tab.evaluate(() => {
        const { activeElement } = document;
        return activeElement?.shadowRoot?.activeElement?.textContent ?? activeElement?.id ?? '';
      });
    expect(await focused()).toBe('Cancel');
    for (const key of ['Tab', 'Shift+Tab']) {
      const seen = new Set<string>();
      for (let i = 0; i < 8; i++) {
        await tab.press(key);
        seen.add(await focused());
      }
      // Empty: the browser's own bars have it.
      expect([...seen].filter(Boolean).sort()).toEqual([...BUTTONS].sort());
    }
    await page(tab).getByRole('button', { name: 'Save and log out' }).focus();
    await tab.press('Enter');
    expect(await tab.evaluate(() => window.answered)).toBe('save');
  });

  test("keeps its keys from the page's shortcuts", async ({ app, context }) => {
    const tab = await openUi(app, context);
    await tab.evaluate(() => {
      for (const type of ['keydown', 'keypress', 'keyup'] as const)
        document.addEventListener(type, ({ key }) => (document.title = `${type} ${key}`));
    });
    await ask(tab, work);
    await tab.press('s');
    expect(await tab.title()).toBe('Notes');
    // It is gone before Escape is let go of.
    await page(tab).keyboard.down('Escape');
    await tab.evaluate(() => window.answered);
    expect(await tab.title()).toBe('Notes');
  });

  test.for([
    ['click', 'save'],
    ['Tab', 'discard'],
  ] as const)(
    'is answered also where the menu that it was asked from traps the focus, by %s',
    async ([by, answer], { app, context }) => {
      const tab = await openUi(app, context);
      // As focus-trap does, with what is not inside.
      await tab.evaluate(() => {
        const trap = (event: Event): void => {
          event.preventDefault();
          event.stopImmediatePropagation();
        };
        document.addEventListener('click', trap, true);
        document.addEventListener('keydown', (event) => event.key === 'Tab' && trap(event), true);
      });
      await ask(tab, work);
      if (by === 'click') await page(tab).getByRole('button', { name: 'Save and log out' }).click();
      else {
        await tab.press('Shift+Tab');
        await tab.press('Enter');
      }
      expect(await tab.evaluate(() => window.answered)).toBe(answer);
    },
  );

  // What libraries of popovers listen for, to close one that somebody has left.
  test.for([
    ['focusout', 'click'],
    ['focusin', 'Escape'],
    ['pointerdown', 'click'],
    ['mousedown', 'click'],
  ] as const)(
    'leaves open what it was asked from, which closes itself at a %s elsewhere; Cancel by %s',
    async ([type, by], { app, context }) => {
      const tab = await openUi(app, context);
      await tab.evaluate((type) => {
        const main = document.querySelector('main')!;
        document.addEventListener(type, (event) => {
          const at = type === 'focusout' ? (event as FocusEvent).relatedTarget : event.target;
          if (!main.contains(at as Node | null)) main.remove();
        });
      }, type);
      await ask(tab, work);
      if (by === 'click') await page(tab).getByRole('button', { name: 'Cancel' }).click();
      else await tab.press(by);
      expect(await tab.evaluate(() => window.answered)).toBe('cancel');
      expect(await tab.evaluate(() => document.activeElement?.id)).toBe('open');
    },
  );

  test.for(['a field', 'a custom element'])(
    'lets %s that takes over what was typed when it is left do so before it asks',
    async (what, { app, context }) => {
      const tab = await openUi(app, context);
      await tab.evaluate((what) => {
        const host = document.createElement('x-field');
        const field = document.createElement('input');
        field.addEventListener('blur', () => (document.title = field.value));
        const isClosed = what === 'a custom element';
        if (isClosed) host.attachShadow({ mode: 'closed' }).append(field);
        document.querySelector('main')!.append(isClosed ? host : field);
        field.focus();
      }, what);
      await page(tab).keyboard.type('Ada');
      await ask(tab, work);
      expect(await tab.title()).toBe('Ada');
    },
  );

  test('is cancelled when the page takes it away, and the caller still gets an answer', async ({
    app,
    context,
  }) => {
    const tab = await openUi(app, context);
    await ask(tab, work);
    await tab.evaluate(() => document.body.replaceChildren());
    expect(await tab.evaluate(() => window.answered)).toBe('cancel');
  });

  test('shows names as they are, never as markup', async ({ app, context }) => {
    const tab = await openUi(app, context);
    const label = '<img src=x onerror=alert(1)> & <b>bold</b>';
    await ask(tab, [{ ...work[0]!, label, page: label }]);
    expect(await page(tab).getByRole('listitem').innerText()).toContain(label);
    expect(await tab.evaluate(() => window.violations)).toEqual([]);
  });

  test('says anything else that the application wants it to', async ({ app, context }) => {
    const tab = await openUi(app, context, { lang: 'de' });
    await tab.evaluate((work) => {
      window.ui.setTexts({ cancel: 'Stay', save: 'Keep' });
      // A condition in plain JavaScript may leave one out so.
      const texts: Record<string, unknown> = { cancel: 'Stay here', discard: undefined };
      window.answered = window.ui.askUnsavedWork(work, { texts });
    }, work);
    await tab.waitForElement('dialog[open]');
    const buttons = page(tab).getByRole('dialog').getByRole('button');
    expect(await buttons.allInnerTexts()).toEqual(['Keep', 'Ohne Speichern abmelden', 'Stay here']);
  });
});

test('the question comes up in an application with the strictest policy', async ({
  app,
  context,
}) => {
  await context.beforeEveryPage(() => {
    window.violations = [];
    document.addEventListener('securitypolicyviolation', ({ violatedDirective }) =>
      window.violations.push(violatedDirective),
    );
  }, null);
  await context.route(`${app.url}/strict?*`, ({ answer }) =>
    answer({
      // The application itself talks to its tenant.
      headers: {
        'content-security-policy': `${POLICY}; connect-src 'self' ${app.tenant.tenantUrl}`,
      },
      body: `<!doctype html><html lang="de"><title>Strict</title><main><p id="private"></p></main>
        <script type="module" src="/page.mjs"></script>`,
    }),
  );
  const first = await app.open(context, MODE);
  await app.logIn(first);
  const tab = await app.open(context, MODE, '/strict');
  await isReady(tab, 'in');

  const answered = tab.evaluate(async () => {
    const { session } = window.app;
    session.guardUnsavedWork({ label: 'A', isDirty: () => true, save: () => Promise.reject() });
    return (await session.logout()).status;
  });
  await tab.click('button:has-text("Speichern und abmelden")');
  // The saving view was there meanwhile, and then the question again.
  await tab.waitForElement('dialog:has-text("Konnte nicht gespeichert werden.")');
  await tab.click('button:has-text("Abbrechen")');

  expect(await answered).toBe('cancelled');
  expect(await tab.evaluate(() => window.violations)).toEqual([]);
  expect(tab.uncaught()).toEqual([]);
  await isReady(tab, 'in');
});

describe('where the built-in question cannot be loaded', () => {
  test.for([
    ['ask-unsaved-work', 'dismiss', 'cancelled'],
    ['ask-unsaved-work', 'accept', 'left'],
    ['ask', 'dismiss', 'cancelled'],
    ['ask', 'accept', 'left'],
  ] as const)(
    'for want of %s, the browser asks, and %s means %s',
    async ([chunk, answer, outcome], { app, context }) => {
      const other = await app.open(context, MODE);
      await app.logIn(other);
      await guard(other);
      await context.route(`**/dist/shared/${chunk}.mjs`, ({ fail }) => fail());
      const tab = await app.open(context, MODE);
      await isReady(tab, 'in');
      const seen: string[] = [];
      tab.onDialog(({ kind, message }) => {
        seen.push(kind, message);
        return answer;
      });

      const logout = tab.evaluate(
        async () => (await window.app.session.logout({ openUrl: () => {} })).status,
      );
      expect(await logout).toBe(outcome);

      expect(seen).toEqual(['confirm', expect.stringMatching(/^Log out without saving\?/)]);
      if (chunk !== 'ask') expect(seen[1]).toContain('- Invoice 17 (Test application)');
      const tokens = await app.tokensIn(tab);
      expect(tokens.length > 0).toBe(outcome === 'cancelled');
    },
  );
});
