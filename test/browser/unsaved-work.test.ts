import { describe, expect } from 'vitest';
import type { LogoutConfig, LogoutResult, UnsavedWork, UnsavedWorkAnswer } from 'auth0-logout';
import { appTest as test, isReady } from './app/test-app.js';
import { freeze, inTheBackground, type Context, type Tab } from './driver/index.js';

type Saving = 'works' | 'fails' | 'hangs' | 'impossible';

declare global {
  interface Window {
    /** What a test's page was asked about, and how the person in front of it answers. */
    questions: (readonly UnsavedWork[])[];
    answer: (answer: UnsavedWorkAnswer) => void;
    saved: string[];
    clean: () => void;
    result: Promise<LogoutResult>;
    cancelling: AbortController;
  }
}

const MODE = 'localstorage.rt';

/** Gives every page of this browser more configuration than page.mjs has. */
const configure = (context: Context, more: Partial<LogoutConfig>): Promise<void> =>
  context.beforeEveryPage((more) => {
    window.moreConfig = { ...window.moreConfig, ...more };
  }, more);

/** Asks in a way of the test's own, which waits for `window.answer`. */
const askByHand = (context: Context): Promise<void> =>
  context.beforeEveryPage(() => {
    window.questions = [];
    window.moreConfig = {
      ...window.moreConfig,
      confirmUnsavedWork: (work) => {
        window.questions.push(work);
        return new Promise((resolve) => (window.answer = resolve));
      },
    };
  }, null);

/** Lets a tab that hears of a logout stay where it is. */
const stayPut = (context: Context): Promise<void> =>
  context.beforeEveryPage(() => {
    window.moreConfig = { ...window.moreConfig, onOtherTabLogout: () => {} };
  }, null);

/** Says whether the browser would ask before this page goes. */
const warns = (tab: Tab): Promise<boolean> =>
  tab.evaluate(() => !dispatchEvent(new Event('beforeunload', { cancelable: true })));

/** Opens a page, signed in, with a title and with unsaved work. */
async function openWith(
  app: { open(context: Context, mode: string, path: string): Promise<Tab> },
  context: Context,
  title: string,
  work: Readonly<Record<string, Saving>>,
): Promise<Tab> {
  const tab = await app.open(context, MODE, `/${title.toLowerCase()}`);
  await isReady(tab, 'in');
  await tab.click('h1');
  await tab.evaluate(
    ([title, work]) => {
      document.title = title;
      window.saved = [];
      const dirty = new Set<string>();
      window.clean = () => dirty.clear();
      for (const [label, saving] of Object.entries(work)) {
        dirty.add(label);
        const save = {
          works: () => {
            window.saved.push(label);
            dirty.delete(label);
          },
          fails: () => Promise.reject(new Error('no network')),
          hangs: () => new Promise(() => {}),
        };
        window.app.session.guardUnsavedWork({
          label,
          isDirty: () => dirty.has(label),
          ...(saving !== 'impossible' && { save: save[saving] }),
        });
      }
    },
    [title, work] as const,
  );
  const isGuarded = Object.keys(work).length > 0;
  if (isGuarded) {
    await tab.waitFor(() => !dispatchEvent(new Event('beforeunload', { cancelable: true })));
  }
  return tab;
}

/** Guards a letter, and waits until the file that answers has come, or could not. */
async function guardLetter(tab: Tab): Promise<void> {
  await tab.evaluate(
    () => void window.app.session.guardUnsavedWork({ label: 'Letter', isDirty: () => true }),
  );
  await tab.waitFor(() =>
    performance.getEntriesByType('resource').some(({ name }) => name.endsWith('/ask.mjs')),
  );
}

/** Leaves word of what was saved in this tab, for when its page is gone. */
const keepWhatIsSaved = (tab: Tab): Promise<unknown> =>
  tab.evaluate(
    () =>
      void window.app.session.onLogout(() => localStorage.setItem('saved', window.saved.join())),
  );

const beginLogout = (tab: Tab, options: object = {}): Promise<void> =>
  tab.evaluate((options) => {
    window.result = window.app.session.logout(options);
  }, options);

/** Says that nothing at all has come of a logout in these tabs. */
async function expectNothingChanged(
  app: { tokensIn(tab: Tab): Promise<string[]> },
  ...tabs: Tab[]
): Promise<void> {
  for (const tab of tabs) {
    expect(await app.tokensIn(tab)).not.toEqual([]);
    const seen = await tab.evaluate(async () => ({
      events: window.app.events.length,
      next: window.app.session.nextLogin(),
      answers: typeof (await window.app.client.getTokenSilently()),
    }));
    expect(seen).toEqual({ events: 0, next: {}, answers: 'string' });
    expect(await tab.text('#private')).toMatch(/^Signed in/);
  }
}

/** Remembers every dialog of the browser's own, and lets a page go that asks to stay. */
function browserDialogs(...tabs: Tab[]): string[] {
  const seen: string[] = [];
  for (const tab of tabs) tab.onDialog(({ kind }) => (seen.push(kind), 'accept'));
  return seen;
}

describe('unsaved work in another tab', () => {
  test('is named with its label and the title of its tab', async ({ app, context }) => {
    await askByHand(context);
    const tab = await app.open(context, MODE);
    await app.logIn(tab);
    const other = await openWith(app, context, 'Invoices', {
      'Invoice 17': 'works',
      'Letter to Ada': 'impossible',
    });
    await tab.bringToFront();

    await beginLogout(tab);
    const work = await tab.waitFor(() => window.questions[0]);

    const piece = { page: 'Invoices', thisTab: false, state: 'dirty' };
    expect(work).toEqual([
      { ...piece, label: 'Invoice 17', canSave: true },
      { ...piece, label: 'Letter to Ada', canSave: false },
    ]);
    await expectNothingChanged(app, tab, other);
  });

  test('is saved in its tab by Save, and then everybody is logged out', async ({
    app,
    context,
  }) => {
    const tab = await app.open(context, MODE);
    await app.logIn(tab);
    const other = await openWith(app, context, 'Invoices', { 'Invoice 17': 'works' });
    await keepWhatIsSaved(other);
    const dialogs = browserDialogs(tab, other);

    await beginLogout(tab);
    await tab.click('button:has-text("Save and log out")');
    await Promise.all([tab, other].map((each) => each.waitForUrl(/\/bye\?/)));

    expect(await other.evaluate(() => localStorage.getItem('saved'))).toBe('Invoice 17');
    expect(await app.tokensIn(tab)).toEqual([]);
    expect(dialogs).toEqual([]);
    await isReady(tab);
    expect(await tab.evaluate(() => window.app.session.takeReceipt()?.unsaved)).toEqual([]);
  });

  test('is asked about once, whatever the title of its tab counts', async ({ app, context }) => {
    await stayPut(context);
    await context.beforeEveryPage(() => {
      window.questions = [];
      window.moreConfig = {
        ...window.moreConfig,
        confirmUnsavedWork: (work) => (window.questions.push(work), 'discard'),
      };
    }, null);
    const tab = await app.open(context, MODE);
    await app.logIn(tab);
    const other = await openWith(app, context, 'Mail', { 'Letter to Ada': 'works' });
    await other.evaluate(() => {
      let news = 0;
      window.app.session.guardUnsavedWork({
        label: 'Letter to Bob',
        isDirty: () => {
          document.title = `(${++news}) Mail`;
          return true;
        },
      });
    });

    const { status } = await tab.evaluate(() => window.app.session.logout({ openUrl: () => {} }));

    expect(status).toBe('left');
    const questions = await tab.evaluate(() => window.questions);
    expect(questions.map((work) => work.map(({ label }) => label))).toEqual([
      ['Letter to Ada', 'Letter to Bob'],
    ]);
  });

  test('is asked about although what it takes could not be loaded at first', async ({
    app,
    context,
  }) => {
    await askByHand(context);
    const tab = await app.open(context, MODE);
    await app.logIn(tab);
    const undo = await context.route('**/dist/shared/ask.mjs', ({ fail }) => fail());
    await guardLetter(tab);
    await undo();

    await beginLogout(tab);

    const work = await tab.waitFor(() => window.questions[0]);
    expect(work).toEqual([expect.objectContaining({ label: 'Letter', state: 'dirty' })]);
  });

  test('is asked about in another tab where the file that answers is still to come', async ({
    app,
    context,
  }) => {
    await askByHand(context);
    const tab = await app.open(context, MODE);
    await app.logIn(tab);
    const other = await app.open(context, MODE, '/other');
    await isReady(other, 'in');
    // Held back until the tab that logs out asks for it as well.
    let both: () => void;
    const wanted = new Promise<void>((resolve) => (both = resolve));
    let times = 0;
    await context.route('**/dist/shared/ask.mjs', async ({ pass }) => {
      if (++times === 2) both();
      await wanted;
      await pass();
    });
    await other.evaluate(() => {
      document.title = 'Other';
      window.app.session.guardUnsavedWork({ label: 'Letter', isDirty: () => true });
    });

    await beginLogout(tab);

    const work = await tab.waitFor(() => window.questions[0]);
    expect(work).toEqual([
      { label: 'Letter', page: 'Other', thisTab: false, canSave: false, state: 'dirty' },
    ]);
  });

  test('is named by a forced logout where what it takes could never be loaded', async ({
    app,
    context,
  }) => {
    const tab = await app.open(context, MODE);
    await app.logIn(tab);
    // As after a deployment, which has taken the files of this page's version away.
    await context.route('**/dist/shared/ask.mjs', ({ fail }) => fail());
    await guardLetter(tab);

    await tab.evaluate(() => void window.app.session.logout({ reason: 'forced' }));
    await tab.waitForUrl(/\/bye\?/);
    await isReady(tab);

    const receipt = await tab.evaluate(() => window.app.session.takeReceipt());
    expect(receipt?.unsaved).toHaveLength(1);
  });

  test('is lost by logging out without saving, with no further question', async ({
    app,
    context,
  }) => {
    const tab = await app.open(context, MODE);
    await app.logIn(tab);
    const here = await openWith(app, context, 'Here', { 'Letter to Ada': 'works' });
    const other = await openWith(app, context, 'Invoices', { 'Invoice 17': 'works' });
    await tab.close();
    const dialogs = browserDialogs(here, other);

    await beginLogout(here);
    await here.click('button:has-text("Log out without saving")');
    await Promise.all([here, other].map((each) => each.waitForUrl(/\/bye\?/)));

    expect(await app.tokensIn(here)).toEqual([]);
    expect(dialogs).toEqual([]);
  });
});

describe('a save', () => {
  test.for([
    ['fails', 'saving failed'],
    ['hangs', 'not saved within 1500 ms'],
  ] as const)(
    'that %s brings the question back with its name, and nothing is destroyed',
    async ([saving, error], { app, context }) => {
      await configure(context, { stepTimeoutMs: 1500 });
      await askByHand(context);
      const tab = await app.open(context, MODE);
      await app.logIn(tab);
      const other = await openWith(app, context, 'Invoices', {
        'Invoice 17': saving,
        'Letter to Ada': 'works',
      });

      await beginLogout(tab);
      await tab.waitFor(() => window.questions.length === 1);
      await tab.evaluate(() => window.answer('save'));
      const work = await tab.waitFor(() => window.questions[1]);

      expect(work).toEqual([
        {
          label: 'Invoice 17',
          page: 'Invoices',
          thisTab: false,
          canSave: true,
          state: 'dirty',
          error,
        },
      ]);
      expect(await other.evaluate(() => window.saved)).toEqual(['Letter to Ada']);
      await expectNothingChanged(app, tab, other);

      await tab.evaluate(() => window.answer('cancel'));
      expect(await tab.evaluate(async () => (await window.result).status)).toBe('cancelled');
      await expectNothingChanged(app, tab, other);
    },
  );

  test('that failed can be followed by one that works', async ({ app, context }) => {
    await askByHand(context);
    const tab = await app.open(context, MODE);
    await app.logIn(tab);
    const other = await openWith(app, context, 'Invoices', { 'Invoice 17': 'fails' });

    await beginLogout(tab);
    await tab.waitFor(() => window.questions.length === 1);
    await tab.evaluate(() => window.answer('save'));
    await tab.waitFor(() => window.questions.length === 2);
    await other.evaluate(() => window.clean());
    await tab.evaluate(() => window.answer('save'));

    await tab.waitForUrl(/\/bye\?/);
    expect(await app.tokensIn(tab)).toEqual([]);
  });

  test('that failed is named in the receipt when the person logs out all the same', async ({
    app,
    context,
  }) => {
    await askByHand(context);
    const tab = await app.open(context, MODE);
    await app.logIn(tab);
    await openWith(app, context, 'Invoices', { 'Invoice 17': 'fails' });

    await beginLogout(tab);
    await tab.waitFor(() => window.questions.length === 1);
    await tab.evaluate(() => window.answer('save'));
    await tab.waitFor(() => window.questions.length === 2);
    await tab.evaluate(() => window.answer('discard'));
    await tab.waitForUrl(/\/bye\?/);
    await isReady(tab);

    const receipt = await tab.evaluate(() => window.app.session.takeReceipt());
    expect(receipt?.unsaved).toEqual([{ label: 'Invoice 17', page: 'Invoices' }]);
  });
});

describe('a tab that goes while it saves', () => {
  test.for([
    ['because it was closed', ''],
    ['because its save leads elsewhere', `/list?${MODE}`],
  ] as const)('%s has nothing left to save', async ([, goesTo], { app, context }) => {
    await configure(context, { stepTimeoutMs: 1500 });
    await askByHand(context);
    const tab = await app.open(context, MODE);
    await app.logIn(tab);
    const other = await openWith(app, context, 'Mail', {});
    await other.evaluate((goesTo) => {
      window.app.session.guardUnsavedWork({
        label: 'Letter',
        isDirty: () => true,
        save: () => {
          localStorage.setItem('saving', 'yes');
          if (goesTo) location.assign(goesTo);
          return new Promise(() => {});
        },
      });
    }, goesTo);

    await beginLogout(tab);
    await tab.waitFor(() => window.questions.length === 1);
    await tab.evaluate(() => window.answer('save'));
    await tab.waitFor(() => localStorage.getItem('saving'));
    if (!goesTo) await other.close();
    await tab.waitForUrl(/\/bye\?/);
    await isReady(tab);

    expect(await tab.evaluate(() => window.app.session.takeReceipt()?.unsaved)).toEqual([]);
  });
});

describe('Cancel', () => {
  test('leaves everything as it was, in every tab', async ({ app, context }) => {
    const first = await app.open(context, MODE);
    await app.logIn(first);
    const here = await openWith(app, context, 'Here', {});
    const others = [
      await openWith(app, context, 'Invoices', { 'Invoice 17': 'works' }),
      await openWith(app, context, 'Letters', { 'Letter to Ada': 'impossible' }),
    ];
    app.tenant.control.forget();

    await beginLogout(here);
    await here.click('button:has-text("Cancel")');

    const result = await here.evaluate(() => window.result);
    expect(result.status).toBe('cancelled');
    expect(result.sessions).toEqual({
      application: 'kept',
      auth0: 'kept',
      identityProvider: 'kept',
    });
    expect(result.steps.map(({ name }) => name)).toEqual(['ask']);
    await expectNothingChanged(app, first, here, ...others);
    expect(app.tenant.control.requests()).toEqual([]);
    for (const other of others) {
      expect(await other.evaluate(() => window.saved)).toEqual([]);
      expect(await warns(other)).toBe(true);
    }
  });

  test('by the signal takes the built-in question back', async ({ app, context }) => {
    const tab = await app.open(context, MODE);
    await app.logIn(tab);
    const other = await openWith(app, context, 'Invoices', { 'Invoice 17': 'works' });

    await tab.evaluate(() => {
      window.cancelling = new AbortController();
      window.result = window.app.session.logout({ signal: window.cancelling.signal });
    });
    await tab.waitForElement('dialog[open]');
    await tab.evaluate(() => window.cancelling.abort());

    expect(await tab.evaluate(async () => (await window.result).status)).toBe('cancelled');
    await tab.waitForElement('dialog', 'hidden');
    await expectNothingChanged(app, tab, other);
    expect(await warns(other)).toBe(true);
  });

  test("by the signal does not wait for the application's own question", async ({
    app,
    context,
  }) => {
    await askByHand(context);
    const tab = await app.open(context, MODE);
    await app.logIn(tab);
    const other = await openWith(app, context, 'Invoices', { 'Invoice 17': 'works' });

    await tab.evaluate(() => {
      window.cancelling = new AbortController();
      window.result = window.app.session.logout({ signal: window.cancelling.signal });
    });
    await tab.waitFor(() => window.questions.length === 1);
    await tab.evaluate(() => window.cancelling.abort());

    expect(await tab.evaluate(async () => (await window.result).status)).toBe('cancelled');
    await expectNothingChanged(app, tab, other);
    expect(await warns(other)).toBe(true);
  });
});

describe('a tab that does not answer', () => {
  const unknown = {
    label: expect.any(String),
    page: '',
    thisTab: false,
    canSave: false,
    state: 'unknown',
    error: 'no answer within 1500 ms',
  };

  test('because its script is busy is unknown, not clean, beside what others say', async ({
    app,
    context,
  }) => {
    await configure(context, { stepTimeoutMs: 1500 });
    await askByHand(context);
    const tab = await app.open(context, MODE);
    await app.logIn(tab);
    const letters = await openWith(app, context, 'Letters', { 'Letter to Ada': 'works' });
    const other = await openWith(app, context, 'Invoices', { 'Invoice 17': 'works' });
    await other.evaluate(() => window.clean());
    const busy = other.evaluate(() => {
      localStorage.setItem('busy', 'yes');
      const end = Date.now() + 6000;
      while (Date.now() < end);
    });
    await tab.waitFor(() => localStorage.getItem('busy'));

    await beginLogout(tab);
    const work = await tab.waitFor(() => window.questions[0]);
    expect(work).toEqual([expect.objectContaining({ label: 'Letter to Ada' }), unknown]);
    await tab.evaluate(() => window.answer('cancel'));
    await busy;
    await expectNothingChanged(app, tab, letters, other);
  });
});

describe('unsaved work in a tab without a network', () => {
  test('is asked about', async ({ app, context }) => {
    await askByHand(context);
    const tab = await app.open(context, MODE);
    await app.logIn(tab);
    const here = await openWith(app, context, 'Here', { 'Letter to Ada': 'works' });
    const dialogs = browserDialogs(here);
    await context.setOffline(true);

    await beginLogout(here);
    const work = await here.waitFor(() => window.questions[0]);

    expect(work).toEqual([expect.objectContaining({ label: 'Letter to Ada' })]);
    await here.evaluate(() => window.answer('cancel'));
    expect(await here.evaluate(async () => (await window.result).status)).toBe('cancelled');
    expect(dialogs).toEqual([]);
    expect(await here.evaluate(() => window.app.events)).toEqual([]);
    await context.setOffline(false);
    await expectNothingChanged(app, tab, here);
  });
});

describe('a tab in the background', () => {
  const backgroundTest = test.extend(inTheBackground);

  backgroundTest.for(['throttled', 'frozen'])(
    'that is %s is asked, and saves, without being shown',
    async (how, { app, context }) => {
      await configure(context, { stepTimeoutMs: 10_000 });
      await askByHand(context);
      const tab = await app.open(context, MODE);
      await app.logIn(tab);
      const other = await openWith(app, context, 'Invoices', { 'Invoice 17': 'works' });
      await keepWhatIsSaved(other);
      await tab.bringToFront();
      expect(await other.evaluate(() => document.visibilityState)).toBe('hidden');
      const thaw = how === 'frozen' ? await freeze(other) : undefined;

      await beginLogout(tab);
      const work = await tab.waitFor(() => window.questions[0]);
      expect(work).toEqual([expect.objectContaining({ label: 'Invoice 17', state: 'dirty' })]);
      await tab.evaluate(() => window.answer('save'));
      await thaw?.();
      await Promise.all([tab, other].map((each) => each.waitForUrl(/\/bye\?/)));

      expect(await other.evaluate(() => localStorage.getItem('saved'))).toBe('Invoice 17');
      expect(await app.tokensIn(tab)).toEqual([]);
    },
  );
});

describe('nothing is asked', () => {
  test('when nobody guards anything, and the step is skipped', async ({ app, context }) => {
    await askByHand(context);
    await stayPut(context);
    const tab = await app.open(context, MODE);
    await app.logIn(tab);
    await openWith(app, context, 'Other', {});
    const chunks: string[] = [];
    context.onRequest(({ url }) => chunks.push(new URL(url).pathname));

    const { steps } = await tab.evaluate(() => window.app.session.logout({ openUrl: () => {} }));

    expect(steps[0]).toMatchObject({ name: 'ask', status: 'skipped' });
    expect(await tab.evaluate(() => window.questions)).toEqual([]);
    expect(chunks.filter((path) => /\/(ask|unsaved|show)/.test(path))).toEqual([]);
  });

  test('when all guards of a handful of tabs are clean, and it costs no noticeable time', async ({
    app,
    context,
  }) => {
    await askByHand(context);
    await stayPut(context);
    const tab = await app.open(context, MODE);
    await app.logIn(tab);
    for (const title of ['One', 'Two', 'Three']) {
      const other = await openWith(app, context, title, { [title]: 'works' });
      await other.evaluate(() => window.clean());
    }

    const { status, steps } = await tab.evaluate(() =>
      window.app.session.logout({ openUrl: () => {} }),
    );

    expect(status).toBe('left');
    expect(await tab.evaluate(() => window.questions)).toEqual([]);
    expect(steps[0]).toMatchObject({ name: 'ask', status: 'done' });
    expect(steps[0]!.ms).toBeLessThan(500);
  });

  test.for(['idle', 'expired', 'forced'] as const)(
    'by a logout for the reason "%s", which saves in every tab what it can and names the rest',
    async (reason, { app, context }) => {
      await configure(context, { stepTimeoutMs: 1500 });
      await askByHand(context);
      const first = await app.open(context, MODE);
      await app.logIn(first);
      await first.close();
      const tab = await openWith(app, context, 'Here', { 'Letter to Ada': 'works' });
      const other = await openWith(app, context, 'Invoices', {
        'Invoice 17': 'works',
        'Invoice 18': 'hangs',
        'Invoice 19': 'fails',
        'Invoice 20': 'impossible',
      });
      for (const each of [tab, other]) {
        await each.evaluate(() =>
          window.app.session.onLogout(() =>
            localStorage.setItem(`saved in ${document.title}`, window.saved.join()),
          ),
        );
      }
      const dialogs = browserDialogs(tab, other);
      const release = app.tenant.control.behave('/v2/logout', { hang: true });

      await beginLogout(tab, { reason });
      await tab.waitFor(() => localStorage.getItem('saved in Invoices'));
      release();
      await Promise.all([tab, other].map((each) => each.waitForUrl(/\/bye\?/)));
      await isReady(tab);

      const { receipt, here, there } = await tab.evaluate(() => ({
        receipt: window.app.session.takeReceipt(),
        here: localStorage.getItem('saved in Here'),
        there: localStorage.getItem('saved in Invoices'),
      }));
      expect([here, there]).toEqual(['Letter to Ada', 'Invoice 17']);
      expect(receipt).toMatchObject({
        reason,
        tabs: 2,
        unsaved: ['Invoice 18', 'Invoice 19', 'Invoice 20'].map((label) => ({
          label,
          page: 'Invoices',
        })),
      });
      expect(await app.tokensIn(tab)).toEqual([]);
      expect(dialogs).toEqual([]);
    },
  );
});

describe('closing a tab', () => {
  /** Closes as a person does, and says which dialog came up. The tab stays. */
  const tryToClose = async (tab: Tab): Promise<string> => {
    const seen = new Promise<string>((resolve) => {
      const stop = tab.onDialog(({ kind }) => {
        stop();
        resolve(kind);
        return 'dismiss';
      });
    });
    await tab.close({ beforeunload: true });
    const kind = await seen;
    // Answers only once the dialog is gone.
    await tab.title();
    return kind;
  };
  /** Goes elsewhere, and says which dialogs came up on the way. */
  const goElsewhere = async (tab: Tab): Promise<string[]> => {
    const dialogs = browserDialogs(tab);
    await tab.evaluate(() => location.assign('/elsewhere'));
    await tab.waitForUrl(/\/elsewhere/);
    return dialogs;
  };

  test('with unsaved work warns, and clean work does not', async ({ app, context }) => {
    const first = await app.open(context, MODE);
    await app.logIn(first);
    const tab = await openWith(app, context, 'Invoices', { 'Invoice 17': 'works' });

    expect(await tryToClose(tab)).toBe('beforeunload');
    expect(tab.isClosed()).toBe(false);
    await tab.evaluate(() => window.clean());
    expect(await goElsewhere(tab)).toEqual([]);
  });

  test('does not warn while the question is open, and warns again after Cancel', async ({
    app,
    context,
  }) => {
    await askByHand(context);
    const tab = await app.open(context, MODE);
    await app.logIn(tab);
    const [one, two] = [
      await openWith(app, context, 'One', { A: 'works' }),
      await openWith(app, context, 'Two', { B: 'works' }),
    ];

    await beginLogout(tab);
    await tab.waitFor(() => window.questions.length === 1);
    expect(await goElsewhere(one)).toEqual([]);
    await tab.evaluate(() => window.answer('cancel'));
    await tab.evaluate(() => window.result);
    await two.waitFor(() => !dispatchEvent(new Event('beforeunload', { cancelable: true })));
    expect(await tryToClose(two)).toBe('beforeunload');
  });

  test('warns again when the tab that asks is closed', async ({ app, context }) => {
    await askByHand(context);
    const tab = await app.open(context, MODE);
    await app.logIn(tab);
    const other = await openWith(app, context, 'One', { A: 'works' });

    await beginLogout(tab);
    await tab.waitFor(() => window.questions.length === 1);
    await tab.close();

    await other.waitFor(() => !dispatchEvent(new Event('beforeunload', { cancelable: true })));
    expect(await tryToClose(other)).toBe('beforeunload');
  });

  test('does not warn of what is first guarded during a logout', async ({ app, context }) => {
    const { control } = app.tenant;
    const tab = await app.open(context, MODE);
    await app.logIn(tab);
    await tab.click('h1');
    const dialogs = browserDialogs(tab);
    const release = control.behave('/oauth/revoke', { hang: true });
    const asked = control.waitFor('/oauth/revoke');

    await beginLogout(tab);
    await asked;
    await guardLetter(tab);
    release();
    await tab.waitForUrl(/\/bye\?/);

    expect(dialogs).toEqual([]);
  });

  test('does not warn once a forced logout has arrived', async ({ app, context }) => {
    const tab = await app.open(context, MODE);
    await app.logIn(tab);
    const other = await app.open(context, `${MODE}.stay`, '/other');
    await isReady(other, 'in');
    await other.click('h1');
    await other.evaluate(() =>
      window.app.session.guardUnsavedWork({ label: 'Letter', isDirty: () => true }),
    );
    await other.waitFor(() => !dispatchEvent(new Event('beforeunload', { cancelable: true })));

    await tab.evaluate(() => window.app.session.logout({ localOnly: true, reason: 'forced' }));
    await other.waitFor(() => window.app.events.length > 0);

    expect(await goElsewhere(other)).toEqual([]);
  });
});
