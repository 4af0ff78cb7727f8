import { expect } from 'vitest';
import { appTest as test, isReady } from '../app/test-app.js';
import { badReceipt, openUi, page, receipt, showReceipt } from './ui-page.js';

test('a receipt says what ended and what was only asked for', async ({ app, context }) => {
  const tab = await openUi(app, context);
  await showReceipt(tab, receipt);
  const shown = page(tab).getByRole('region', { name: 'You are logged out of this application' });
  const entries = await shown.getByRole('listitem').allInnerTexts();
  expect(entries.map((entry) => entry.replace(/\s+/g, ' '))).toEqual([
    '✓ This application Ended in this browser.',
    '··· Auth0 Sign-out was requested.',
    '··· Google Sign-out was requested.',
  ]);
  expect(await shown.innerText()).toMatch(/You logged out\.[^]*Nov 21, 2026[^]*In 3 tabs/);
  expect(await shown.getByRole('button').allInnerTexts()).toEqual(['Log in again']);
});

test('a receipt says what is still alive, and what could not be saved', async ({
  app,
  context,
}) => {
  const tab = await openUi(app, context);
  await showReceipt(tab, badReceipt);
  const shown = page(tab).getByRole('region', { name: 'You are not completely logged out' });
  const text = await shown.innerText();
  expect(text).toContain('You were logged out because you were away for a while.');
  expect(text).toContain(
    'You are still signed in at Auth0: the next login may not ask for your password.',
  );
  expect(text).toContain('You are still signed in to Google in this browser.');
  expect(text).toMatch(/Acme Mail\s+Ended/);
  expect(text).toMatch(/Acme Files\s+Did not confirm/);
  const unsaved = shown.getByRole('list', { name: 'This could not be saved:' });
  expect(await unsaved.innerText()).toMatch(/^Invoice 17\s+Acme Billing$/);
});

const LOGIN = 'Log in again';
const REST = 'End the remaining sessions';

test.for([
  { what: 'kept', auth0: 'kept', verified: true, buttons: [LOGIN, REST] },
  { what: 'perhaps not reached', auth0: 'requested', verified: false, buttons: [LOGIN, REST] },
  // Without it, nobody would be sent on to the identity provider.
  { what: 'asked to end', auth0: 'requested', verified: true, buttons: [LOGIN] },
] as const)(
  'a receipt offers to end the rest while the session at Auth0 may live: $what',
  async ({ auth0, verified, buttons }, { app, context }) => {
    const tab = await openUi(app, context);
    const sessions = { application: 'ended', auth0, identityProvider: 'kept' } as const;
    await showReceipt(tab, { ...receipt, sessions, verified });
    const shown = page(tab).locator('section');
    const labels = (await shown.getByRole('button').allInnerTexts()).map(
      (text) => text.split('\n')[0],
    );
    expect(labels).toEqual(buttons);
    expect(await shown.innerText()).toMatch(
      /Google\s+You are still signed in to Google in this browser\. To end that too, sign out there\./,
    );
  },
);

test.for([
  ['google-oauth2', 'You will also be signed out of Google in this browser.'],
  ['apple', null],
] as const)(
  'a receipt promises to sign out of %s only what Auth0 documents',
  async ([strategy, promise], { app, context }) => {
    const tab = await openUi(app, context);
    const sessions = { ...receipt.sessions, auth0: 'kept', identityProvider: 'kept' } as const;
    await showReceipt(tab, { ...receipt, sessions, strategy });
    const button = await page(tab).getByRole('button').last().innerText();
    expect(button.split('\n')).toEqual(promise ? [REST, promise] : [REST]);
  },
);

test('a receipt says nothing of an identity provider where there is none', async ({
  app,
  context,
}) => {
  const tab = await openUi(app, context);
  await showReceipt(tab, { ...receipt, strategy: null });
  const entries = page(tab).locator('section').getByRole('listitem');
  expect(await entries.locator('[part=label]').allInnerTexts()).toEqual([
    'This application',
    'Auth0',
  ]);
});

test('a receipt of a logout that is not complete asks for another one first', async ({
  app,
  context,
}) => {
  const tab = await openUi(app, context);
  const sessions = { ...receipt.sessions, application: 'incomplete' } as const;
  await showReceipt(tab, { ...receipt, sessions });
  const shown = page(tab).getByRole('region', { name: 'You are not completely logged out' });
  expect(await shown.getByRole('button').allInnerTexts()).toEqual([REST, LOGIN]);
  expect(await shown.locator('[part~=primary]').allInnerTexts()).toEqual([REST]);
  expect(await shown.innerText()).not.toContain('You logged out.');
});

test('a receipt that does not say when is shown without a time', async ({ app, context }) => {
  const tab = await openUi(app, context);
  await showReceipt(tab, { ...receipt, at: NaN });
  const shown = page(tab).getByRole('region', { name: 'You are logged out of this application' });
  expect(await shown.innerText()).toMatch(/You logged out\.\s+In 3 tabs\s/);
  expect(await shown.locator('time').count()).toBe(0);
});

test('a receipt says of a tab that did not answer nothing but that', async ({ app, context }) => {
  const tab = await openUi(app, context);
  const silent = { label: 'A tab that does not answer', page: '', state: 'unknown' } as const;
  await showReceipt(tab, { ...badReceipt, unsaved: [silent] });
  const unsaved = page(tab).getByRole('list', { name: 'This could not be saved:' });
  expect((await unsaved.innerText()).trim()).toBe(
    'Another tab does not answer. It may hold unsaved work.',
  );
});

test('a receipt without buttons leaves no room for them', async ({ app, context }) => {
  const tab = await openUi(app, context);
  await tab.evaluate((receipt) => {
    window.ui.renderReceipt(document.querySelector('main')!, receipt);
  }, receipt);
  await tab.waitForElement('section');
  const { above, below } = await page(tab)
    .locator('section')
    .evaluate((box) => {
      const { top, bottom } = box.getBoundingClientRect();
      return {
        above: box.querySelector('h2')!.getBoundingClientRect().top - top,
        below: bottom - box.querySelector('ul')!.getBoundingClientRect().bottom,
      };
    });
  // As much as above, and what a list keeps from whatever follows it.
  expect(below - above).toBeLessThan(12);
});

test('the buttons of a receipt call back', async ({ app, context }) => {
  const tab = await openUi(app, context);
  await showReceipt(tab, badReceipt);
  await tab.click('button:has-text("Log in again")');
  await tab.click('button:has-text("End the remaining sessions")');
  expect(await tab.text('body')).toMatch(/login all the rest\s*$/);
});

test.for([
  {
    what: 'is gone',
    more: { sessions: { ...badReceipt.sessions, auth0: 'requested' }, verified: true },
  },
  { what: 'has no provider behind it', more: { strategy: null } },
] as const)(
  'nobody is sent on to an identity provider where the session at Auth0 $what',
  async ({ more }, { app, context }) => {
    const tab = await openUi(app, context);
    await showReceipt(tab, { ...badReceipt, ...more });
    const button = page(tab).getByRole('button', { name: REST });
    expect(await button.innerText()).toBe(REST);
    await button.click();
    expect(await tab.text('body')).toMatch(/\nthe rest\s*$/);
  },
);

test('without a receipt nothing is shown, and one that is shown can be taken away', async ({
  app,
  context,
}) => {
  const tab = await openUi(app, context);
  const shown = await tab.evaluate((receipt) => {
    const main = document.querySelector('main')!;
    const before = main.childElementCount;
    window.ui.renderReceipt(main, null)();
    const without = main.childElementCount - before;
    const remove = window.ui.renderReceipt(main, receipt, { texts: { ended: 'Bye' } });
    const title = main.lastElementChild!.shadowRoot!.querySelector('h2')!.textContent;
    remove();
    return [without, title, main.childElementCount - before];
  }, receipt);
  expect(shown).toEqual([0, 'Bye', 0]);
});

test('a receipt speaks the language around its place, also from a shadow root', async ({
  app,
  context,
}) => {
  const tab = await openUi(app, context, { lang: 'de' });
  const titles = await tab.evaluate(async (receipt) => {
    const place = (around: Element): HTMLElement => {
      const root = around.appendChild(document.createElement('div')).attachShadow({ mode: 'open' });
      return root.appendChild(document.createElement('div'));
    };
    const french = document.body.appendChild(document.createElement('div'));
    french.lang = 'fr';
    const places = [place(document.body), place(place(french)), document.createElement('div')];
    places.forEach((target) => window.ui.renderReceipt(target, receipt));
    const shown = () => places.map((target) => target.firstElementChild?.shadowRoot);
    while (!shown().every(Boolean)) await new Promise(requestAnimationFrame);
    return shown().map((root) => root!.querySelector('section')!.lang);
  }, receipt);
  expect(titles).toEqual(['de', 'fr', 'de']);
});

test('a real logout shows its own receipt on the page that Auth0 returned to', async ({
  app,
  context,
}) => {
  await context.route('**/show-receipt.mjs', ({ answer }) =>
    answer({
      contentType: 'text/javascript',
      body: `import { renderReceipt } from '/dist/ui.mjs';
        renderReceipt(document.querySelector('main'), window.app.session.takeReceipt());`,
    }),
  );
  const tab = await app.open(context, 'localstorage.rt');
  await app.logIn(tab);
  await tab.evaluate(() => void window.app.session.logout());
  await tab.waitForUrl(/\/bye\?/);
  await isReady(tab);
  await tab.evaluate(() => {
    const script = document.createElement('script');
    document.head.append(Object.assign(script, { type: 'module', src: '/show-receipt.mjs' }));
  });
  const shown = page(tab).getByRole('region', { name: 'You are logged out of this application' });
  await shown.waitFor();
  expect(await shown.innerText()).toMatch(/Auth0\s+Sign-out was requested\./);
});

test('the saving view says of each piece when it is saved, and lets nobody out', async ({
  app,
  context,
}) => {
  const tab = await openUi(app, context);
  await tab.evaluate(() => {
    const piece = { thisTab: false, canSave: true, state: 'dirty', page: 'Mail' } as const;
    const work = ['One', 'Two'].map((label) => ({ ...piece, label }));
    window.saving = window.ui.showSaving(work);
    window.saving.update(work.slice(1));
  });
  const shown = page(tab).getByRole('dialog', { name: 'Saving your work…' });
  await shown.waitFor();
  const [one, two] = await shown.getByRole('listitem').allInnerTexts();
  expect([one, two]).toEqual([
    expect.stringContaining('Saved'),
    expect.not.stringContaining('Saved'),
  ]);
  // All that a screen reader says of the change (WAI-ARIA 1.2, `aria-atomic`).
  const said = await shown.locator('[aria-live] [part=state]').evaluateAll(([state]) => {
    return (state!.closest('[aria-atomic=true]') ?? state!).textContent;
  });
  expect(said.replace(/\s+/g, ' ')).toBe('One Mail Saved');
  for (let i = 0; i < 3; i++) await tab.press('Escape');
  expect(await shown.isVisible()).toBe(true);
  await tab.evaluate(() => window.saving.done());
  expect(await shown.count()).toBe(0);
  expect(await tab.evaluate(() => document.activeElement?.id)).toBe('open');
});
