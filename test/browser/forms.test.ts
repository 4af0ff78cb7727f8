import { describe, expect } from 'vitest';
import type { UnsavedWorkGuard } from 'auth0-logout';
import { appTest as test, isReady, type TestApp } from './app/test-app.js';
import { escapeToPlaywrightPage, type Context, type Tab } from './driver/index.js';

declare global {
  interface Window {
    guards: Set<UnsavedWorkGuard>;
    start: () => void;
    stop: () => void;
    passwordReads: number;
  }
}

const SCRIPT = `
  import { guardForms } from '/dist/forms.mjs';
  window.passwordReads = 0;
  const { get, set } = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value');
  Object.defineProperty(HTMLInputElement.prototype, 'value', {
    set,
    get() {
      if (this.matches('.secret')) window.passwordReads++;
      return get.call(this);
    },
  });
  customElements.define('x-rating', class extends HTMLElement {
    static formAssociated = true;
    #internals = this.attachInternals();
    value = this.hasAttribute('unrated') ? null : '0';
    connectedCallback() {
      const { value } = this;
      this.tabIndex = 0;
      this.onclick = () => {
        this.value = this.value === '5' ? value : '5';
        this.#internals.setFormValue(this.value);
        this.dispatchEvent(new Event('change', { bubbles: true }));
      };
    }
  });
  customElements.define('x-switch', class extends HTMLElement {
    static formAssociated = true;
    #internals = this.attachInternals();
    value = 'on';
    selected = false;
    connectedCallback() {
      this.onclick = () => {
        this.selected = !this.selected;
        this.#internals.setFormValue(this.selected ? this.value : null);
        this.dispatchEvent(new Event('change', { bubbles: true }));
      };
    }
  });
  customElements.define('x-fancy', class extends HTMLElement {
    static formAssociated = true;
    #internals = this.attachInternals();
    get value() { return this.shadowRoot.querySelector('input').value; }
    connectedCallback() {
      this.attachShadow({ mode: 'open' }).innerHTML = '<input class="inner" value="a">';
    }
  });
  window.guards = new Set();
  window.start = () => {
    window.stop = guardForms({
      guardUnsavedWork(guard) {
        window.guards.add(guard);
        return () => window.guards.delete(guard);
      },
    });
  };
  window.start();
  document.body.dataset.ready = 'forms';
`;

/**
 * Opens a page with these forms, and with a session that only remembers what is guarded. `before`
 * happens in the page before its script has come.
 */
async function openForms(
  { url }: TestApp,
  context: Context,
  body: string,
  before?: (tab: Tab) => Promise<unknown>,
): Promise<Tab> {
  await context.route('**/forms-page.mjs', ({ answer }) =>
    answer({ contentType: 'text/javascript', body: SCRIPT }),
  );
  await context.route(`${url}/forms`, ({ answer }) =>
    answer({ body: `<!doctype html><title>Forms</title><body>${body}` }),
  );
  const tab = await context.newTab(`${url}/forms`);
  await before?.(tab);
  await addScript(tab, '/forms-page.mjs');
  await tab.waitForElement('body[data-ready=forms]', 'attached');
  return tab;
}

const addScript = (tab: Tab, src: string): Promise<void> =>
  tab.evaluate((src) => {
    const script = document.createElement('script');
    document.head.append(Object.assign(script, { type: 'module', src }));
  }, src);

/** What a logout would ask about. */
const dirty = (tab: Tab): Promise<string[]> =>
  tab.evaluate(() =>
    [...window.guards]
      .filter((guard) => guard.isDirty())
      .map(({ label }) => (typeof label === 'function' ? label() : label)),
  );

const page = escapeToPlaywrightPage;
const form = (fields: string): string => `<form aria-label="Letter">${fields}</form>`;

/** Clicks on a button that stands for a box beside it, and tells it so by a click that toggles nothing. */
async function toggle(tab: Tab): Promise<void> {
  await tab.evaluate(() => {
    document.querySelector('button')!.onclick = () => {
      const off = document.querySelector<HTMLInputElement>('input:not(:checked)');
      const box = off ?? document.querySelector('input')!;
      box.checked = !box.checked;
      box.dispatchEvent(new Event('click', { bubbles: true }));
    };
  });
  await tab.click('button');
}

type Act = (tab: Tab) => Promise<unknown>;

/** Edits by a click, and takes that back by another. */
const toggling = (selector: string): readonly [edit: Act, takeBack: Act] => [
  (tab) => tab.click(selector),
  (tab) => tab.click(selector),
];

/** Edits by one key, and takes that back with Backspace. */
const typing = (selector: string, key: string): readonly [edit: Act, takeBack: Act] => [
  async (tab) => {
    await tab.click(selector);
    await tab.press(key);
  },
  (tab) => tab.press('Backspace'),
];

/** Each kind of field, how a person edits it, and how they take the edit back. */
const kinds: readonly (readonly [kind: string, fields: string, edit: Act, takeBack: Act])[] = [
  [
    'a text field',
    '<input name="a" value="old">',
    (tab) => tab.fill('input', 'new'),
    (tab) => tab.fill('input', 'old'),
  ],
  [
    'a text area',
    '<textarea name="a">old</textarea>',
    (tab) => tab.fill('textarea', 'new'),
    (tab) => tab.fill('textarea', 'old'),
  ],
  [
    'a select',
    '<select><option>one</option><option selected>two</option></select>',
    (tab) => page(tab).selectOption('select', 'one'),
    (tab) => page(tab).selectOption('select', 'two'),
  ],
  [
    'a select that shows its first option',
    '<select><option>one</option><option>two</option></select>',
    (tab) => page(tab).selectOption('select', 'two'),
    (tab) => page(tab).selectOption('select', 'one'),
  ],
  [
    'a select of several',
    '<select multiple><option>one</option><option selected>two</option></select>',
    (tab) => page(tab).selectOption('select', ['one', 'two']),
    (tab) => page(tab).selectOption('select', ['two']),
  ],
  [
    'a checkbox',
    '<input type="checkbox" checked>',
    (tab) => tab.click('input'),
    (tab) => tab.click('input'),
  ],
  [
    'a checkbox, by its label',
    '<label><input type="checkbox"> Agree</label>',
    (tab) => tab.click('label'),
    (tab) => tab.click('label'),
  ],
  [
    'radio buttons',
    '<input type="radio" name="r" value="1" checked><input type="radio" name="r" value="2">',
    (tab) => tab.click('[value="2"]'),
    (tab) => tab.click('[value="1"]'),
  ],
  [
    'a switch that tells a checkbox of its own',
    `<button type="button">Switch</button><input type="checkbox" style="opacity: 0" checked>`,
    toggle,
    toggle,
  ],
  [
    'buttons that tell radio buttons of their own',
    `<button type="button">Other</button>
    <input type="radio" name="r" style="opacity: 0">
    <input type="radio" name="r" style="opacity: 0" checked>`,
    toggle,
    toggle,
  ],
  [
    'a file',
    '<input type="file">',
    (tab) =>
      page(tab).setInputFiles('input', {
        name: 'a.txt',
        mimeType: 'text/plain',
        buffer: Buffer.from('a'),
      }),
    (tab) => page(tab).setInputFiles('input', []),
  ],
  [
    'an editable region',
    '<div contenteditable>old</div>',
    (tab) => tab.fill('[contenteditable]', 'new'),
    (tab) => tab.fill('[contenteditable]', 'old'),
  ],
  [
    'an editable region that is empty',
    '<div contenteditable style="height: 2em"></div>',
    ...typing('[contenteditable]', 'a'),
  ],
  [
    'a custom element that takes part in forms',
    '<x-rating name="stars">stars</x-rating>',
    ...toggling('x-rating'),
  ],
  [
    'a custom element that holds null',
    '<x-rating name="stars" unrated>stars</x-rating>',
    ...toggling('x-rating'),
  ],
  [
    'a custom element with a field inside',
    '<x-fancy name="f"></x-fancy>',
    (tab) => tab.fill('.inner', 'new'),
    (tab) => tab.fill('.inner', 'a'),
  ],
  [
    'a custom element that is on or off',
    '<x-switch name="s">switch</x-switch>',
    ...toggling('x-switch'),
  ],
  [
    'a select that is filled once it is opened',
    `<select onpointerdown="['a', 'b'].forEach((text) => this.add(new Option(text)))">
      <option value="">Choose</option>
    </select>`,
    async (tab) => {
      await tab.evaluate(() => {
        const opens = new PointerEvent('pointerdown', { bubbles: true });
        const select = document.querySelector('select')!;
        if (!select.options[1]) select.dispatchEvent(opens);
      });
      await page(tab).selectOption('select', 'a');
    },
    (tab) => page(tab).selectOption('select', ''),
  ],
  ['a date that is typed by half', '<input type="date">', ...typing('input', '1')],
  ['a number that is typed by half', '<input type="number">', ...typing('input', '-')],
  [
    'a date',
    '<input type="date" value="2026-11-21">',
    (tab) => tab.fill('input', '2026-11-22'),
    (tab) => tab.fill('input', '2026-11-21'),
  ],
];

describe.each(kinds)('%s', (_kind, fields, edit, takeBack) => {
  test('is unsaved work once a person has edited it', async ({ app, context }) => {
    const tab = await openForms(app, context, form(fields));
    expect(await dirty(tab)).toEqual([]);
    await edit(tab);
    expect(await dirty(tab)).toEqual(['Letter']);
    await tab.evaluate(() => document.querySelector('form')!.reset());
    await expect.poll(() => dirty(tab)).toEqual([]);
    await tab.evaluate(() => window.stop());
    expect(await tab.evaluate(() => window.guards.size)).toBe(0);
  });

  test('is none when it reads again as it did', async ({ app, context }) => {
    const tab = await openForms(app, context, form(fields));
    await edit(tab);
    await takeBack(tab);
    expect(await dirty(tab)).toEqual([]);
    await edit(tab);
    expect(await dirty(tab)).toEqual(['Letter']);
  });

  test('is none when a script says that it has changed', async ({ app, context }) => {
    const tab = await openForms(app, context, form(fields));
    await tab.evaluate(() =>
      document
        .querySelector('form :is(input, textarea, select, [contenteditable], [name])')!
        .dispatchEvent(new Event('change', { bubbles: true })),
    );
    expect(await dirty(tab)).toEqual([]);
    await edit(tab);
    expect(await dirty(tab)).toEqual(['Letter']);
  });
});

describe('a form', () => {
  const FIELD = '<input name="a" value="old">';

  test('is clean once it was submitted, also by a script of the page', async ({ app, context }) => {
    const tab = await openForms(app, context, form(`${FIELD}<button>Send</button>`));
    await tab.evaluate(() =>
      document.addEventListener('submit', (event) => event.preventDefault()),
    );
    await tab.fill('input', 'new');
    expect(await dirty(tab)).toEqual(['Letter']);
    await tab.click('button');
    expect(await dirty(tab)).toEqual([]);
    // What was sent is the original from now on.
    await tab.fill('input', 'old');
    expect(await dirty(tab)).toEqual(['Letter']);
    await tab.fill('input', 'new');
    expect(await dirty(tab)).toEqual([]);
  });

  test('tells files apart by more than the name of the first', async ({ app, context }) => {
    const tab = await openForms(app, context, form('<input type="file" multiple>'));
    /** Chooses files of this text each, named in order. */
    const choose = (...texts: string[]): Promise<void> =>
      tab.evaluate((texts) => {
        const chosen = new DataTransfer();
        texts.forEach((text, i) =>
          chosen.items.add(new File([text], `${i}.txt`, { lastModified: text.charCodeAt(0) })),
        );
        const field = document.querySelector('input')!;
        field.files = chosen.files;
        field.dispatchEvent(new Event('change', { bubbles: true }));
      }, texts);
    await tab.evaluate(() =>
      document.addEventListener('submit', (event) => event.preventDefault()),
    );
    await choose('a');
    expect(await dirty(tab)).toEqual(['Letter']);
    await tab.evaluate(() => document.querySelector('form')!.requestSubmit());
    expect(await dirty(tab)).toEqual([]);
    for (const other of [['a', 'b'], ['aa'], ['b'], []]) {
      await choose(...other);
      expect(await dirty(tab)).toEqual(['Letter']);
      await choose('a');
      expect(await dirty(tab)).toEqual([]);
    }
  });

  test('that is not valid was not submitted', async ({ app, context }) => {
    const tab = await openForms(
      app,
      context,
      form(`${FIELD}<input name="b" required><button>Send</button>`),
    );
    await tab.fill('[name=a]', 'new');
    await tab.click('button');
    expect(await dirty(tab)).toEqual(['Letter']);
  });

  test('is clean once it was reset', async ({ app, context }) => {
    const tab = await openForms(app, context, form(`${FIELD}<button type="reset">Undo</button>`));
    await tab.fill('input', 'new');
    await tab.click('button');
    await expect.poll(() => dirty(tab)).toEqual([]);
  });

  test('is not clean where the page prevents the reset, however late', async ({ app, context }) => {
    const tab = await openForms(app, context, form(`${FIELD}<button type="reset">Undo</button>`));
    await tab.evaluate(() => addEventListener('reset', (event) => event.preventDefault()));
    await tab.fill('input', 'new');
    await tab.click('button');
    expect(await dirty(tab)).toEqual(['Letter']);
  });

  test('inside a shadow root is guarded, with custom elements', async ({ app, context }) => {
    const tab = await openForms(
      app,
      context,
      `<div><template shadowrootmode="open">${form('<x-rating>stars</x-rating>')}</template></div>`,
    );
    await tab.click('x-rating');
    expect(await dirty(tab)).toEqual(['Letter']);
    await tab.click('x-rating');
    expect(await dirty(tab)).toEqual([]);
  });

  test.for([
    ['typed', '<input><button type="button">', (tab: Tab) => tab.fill('input', 'new')],
    ['ticked', '<input type="checkbox"><button type="button">', (tab: Tab) => tab.click('input')],
    [
      'chosen',
      '<select><option>one<option>two</select>',
      (tab: Tab) => tab.press('Tab').then(() => tab.press('ArrowDown')),
    ],
  ] as const)('is guarded if it was %s in before', async ([, fields, edit], { app, context }) => {
    const tab = await openForms(app, context, form(fields), async (tab) => {
      await edit(tab);
      await tab.press('Tab');
    });
    expect(await dirty(tab)).toEqual(['Letter']);
  });

  test('is guarded where an editor hears keys by a field that it empties', async ({
    app,
    context,
  }) => {
    // As CodeMirror 5 does.
    const keys =
      '<div style="overflow:hidden;position:relative;width:3px;height:0"><textarea style="position:absolute;width:1000px;height:1em"></textarea></div><pre></pre>';
    const tab = await openForms(app, context, form(keys));
    await tab.evaluate(() => {
      const field = document.querySelector('textarea')!;
      field.addEventListener('input', () => {
        document.querySelector('pre')!.append(field.value);
        field.value = '';
      });
    });
    await page(tab).locator('textarea').pressSequentially('all day');
    expect(await tab.text('pre')).toBe('all day');
    expect(await dirty(tab)).toEqual(['Letter']);
  });

  test.for(['<label>Text <textarea></textarea></label>', '<span><textarea></textarea></span>'])(
    'is done with where a long text is empty again: %s',
    async (fields, { app, context }) => {
      const tab = await openForms(app, context, form(fields));
      await tab.fill('textarea', 'all day');
      expect(await dirty(tab)).toEqual(['Letter']);
      await tab.fill('textarea', '');
      expect(await dirty(tab)).toEqual([]);
    },
  );

  test('is done with where the page has put a fresh field in place of a long text', async ({
    app,
    context,
  }) => {
    const tab = await openForms(app, context, form('<textarea name="text"></textarea>'));
    await tab.fill('textarea', 'all day');
    await tab.evaluate(() => {
      const fresh = document.createElement('textarea');
      fresh.name = 'text';
      document.querySelector('textarea')!.replaceWith(fresh);
    });
    expect(await dirty(tab)).toEqual([]);
  });

  test('is guarded also where the page takes a long text away', async ({ app, context }) => {
    const tab = await openForms(
      app,
      context,
      form('<input name="title"><div><textarea></textarea></div>'),
    );
    await tab.fill('textarea', 'all day');
    // As a preview does.
    await tab.evaluate(() => document.querySelector('div')!.remove());
    expect(await dirty(tab)).toEqual(['Letter']);
  });

  const inShadow = (fields: string): string =>
    `<div><template shadowrootmode="open">${fields}</template></div>`;

  test.for([
    ['a field', form('<input autofocus value="old">')],
    ['a text area', form('<textarea autofocus>old</textarea>')],
    ['a field in a form in a shadow root', inShadow(form('<input autofocus value="old">'))],
    ['a field in a shadow root in a form', form(inShadow('<input autofocus value="old">'))],
  ] as const)(
    'is guarded if somebody has typed before, and is still in it: %s',
    async ([, body], { app, context }) => {
      const tab = await openForms(app, context, body, async (tab) => {
        await page(tab).locator('[autofocus]').focus();
        await tab.press('End');
        await tab.press('a');
      });
      expect(await dirty(tab)).toEqual(['Letter']);
      await tab.press('b');
      await tab.press('Backspace');
      expect(await dirty(tab)).toEqual(['Letter']);
      await tab.press('Backspace');
      expect(await dirty(tab)).toEqual([]);
    },
  );

  test.for([
    ['that is as the document says', '<input value="old">', ''],
    ['that says nothing of what it held', '<div contenteditable>old</div>', 'a'],
    ['that is a password', '<input class="secret" type="password">', 'a'],
  ] as const)(
    'is clean where somebody is in a field %s before',
    async ([, fields, typed], { app, context }) => {
      const tab = await openForms(app, context, form(fields), async (tab) => {
        await tab.press('Tab');
        if (typed) await tab.press(typed);
      });
      expect(await dirty(tab)).toEqual([]);
      expect(await tab.evaluate(() => window.passwordReads)).toBe(0);
    },
  );

  test('that was sent is clean, also for who guards it anew', async ({ app, context }) => {
    const tab = await openForms(app, context, form(`${FIELD}<button>Send</button>`));
    await tab.evaluate(() => addEventListener('submit', (event) => event.preventDefault()));
    await tab.fill('input', 'new');
    await tab.click('button');
    await tab.evaluate(() => {
      window.stop();
      window.start();
    });
    expect(await dirty(tab)).toEqual([]);
    await tab.fill('input', 'newer');
    expect(await dirty(tab)).toEqual(['Letter']);
  });

  test('that is added later is guarded, and one that is removed is not', async ({
    app,
    context,
  }) => {
    const tab = await openForms(app, context, '<main></main>');
    await tab.evaluate((html) => {
      document.querySelector('main')!.innerHTML = html;
    }, form(FIELD));
    await tab.fill('input', 'new');
    expect(await dirty(tab)).toEqual(['Letter']);
    await tab.evaluate(() => document.querySelector('form')!.remove());
    expect(await dirty(tab)).toEqual([]);
  });

  test('that was taken out and put back is as it was, whatever was edited meanwhile', async ({
    app,
    context,
  }) => {
    const tab = await openForms(app, context, form(FIELD));
    await tab.fill('input', 'new');
    const known = await tab.evaluate(() => {
      const [letter] = document.forms;
      letter!.remove();
      // People leave many forms like this behind; not all can be kept.
      for (let i = 0; i < 50; i++) {
        // As those that come and go with a view.
        if (i === 10) document.body.append(letter!);
        const other = document.body.appendChild(document.createElement('form'));
        const field = other.appendChild(document.createElement('input'));
        field.value = 'other';
        field.dispatchEvent(new Event('input', { bubbles: true }));
        other.remove();
      }
      return window.guards.size;
    });
    expect(await dirty(tab)).toEqual(['Letter']);
    expect(known).toBeLessThan(30);
  });

  test('that is out of sight is called by its own heading all the same', async ({
    app,
    context,
  }) => {
    const tab = await openForms(app, context, '<div><form><h2>Team</h2><input></form></div>');
    await tab.fill('input', 'new');
    for (const attribute of ['hidden', 'aria-hidden']) {
      await tab.evaluate(
        (name) => document.querySelector('div')!.setAttribute(name, 'true'),
        attribute,
      );
      expect(await dirty(tab)).toEqual(['Team']);
    }
  });

  test('has nothing to save of a row that was added and removed again', async ({
    app,
    context,
  }) => {
    const tab = await openForms(app, context, form(`${FIELD}<div></div>`));
    const setRow = (html: string): Promise<void> =>
      tab.evaluate((html) => {
        document.querySelector('div')!.innerHTML = html;
      }, html);
    await setRow('<input name="rows[]">');
    await tab.fill('div input', 'new');
    expect(await dirty(tab)).toEqual(['Letter']);
    await setRow('');
    expect(await dirty(tab)).toEqual([]);
    await tab.fill('input', 'new');
    expect(await dirty(tab)).toEqual(['Letter']);
  });

  test('has nothing to save of a field that a fresh one took the place of', async ({
    app,
    context,
  }) => {
    const tab = await openForms(app, context, form(FIELD));
    const replace = (value: string): Promise<void> =>
      tab.evaluate((value) => {
        const field = document.createElement('input');
        document.querySelector('input')!.replaceWith(Object.assign(field, { name: 'a', value }));
      }, value);
    await tab.fill('input', 'new');
    await replace('old');
    expect(await dirty(tab)).toEqual([]);
    // As a framework does that keeps what was typed.
    await replace('new');
    expect(await dirty(tab)).toEqual(['Letter']);
  });

  test.for([
    ['other fields', '<input name="b">'],
    ['a summary', '<p>new</p>'],
  ] as const)(
    'is not sent yet at its next step, of %s, whose page keeps what was typed',
    async ([, next], { app, context }) => {
      const hidden = '<input type="hidden" name="csrf"><button>Next</button>';
      const tab = await openForms(app, context, form(`${hidden}<div>${FIELD}</div>`));
      await tab.fill('[name=a]', 'new');
      await tab.evaluate((next) => {
        document.querySelector('div')!.innerHTML = next;
      }, next);
      expect(await dirty(tab)).toEqual(['Letter']);
    },
  );

  test('may own fields that lie elsewhere in the page', async ({ app, context }) => {
    const tab = await openForms(
      app,
      context,
      '<form id="f" aria-label="Letter"></form><input form="f">',
    );
    await tab.fill('input', 'new');
    expect(await dirty(tab)).toEqual(['Letter']);
  });

  test.for([
    ['a field', form('<input data-logout-ignore>')],
    ['a form', '<form data-logout-ignore><input></form>'],
    ['what is around a form', `<div data-logout-ignore>${form('<input>')}</div>`],
    ['a search', '<form role="search"><input></form>'],
  ] as const)(
    'is left out by data-logout-ignore or as a search: %s',
    async ([, body], { app, context }) => {
      const tab = await openForms(app, context, body);
      await tab.fill('input', 'new');
      expect(await dirty(tab)).toEqual([]);
    },
  );

  test('that a script has filled in is clean, before and while a person looks at it', async ({
    app,
    context,
  }) => {
    const tab = await openForms(
      app,
      context,
      form(`${FIELD}<input type="checkbox"><textarea></textarea>`),
    );
    const fillIn = (text: string): Promise<void> =>
      tab.evaluate((text) => {
        document.querySelector('input')!.value = text;
        document.querySelector('textarea')!.value = text;
        document.querySelector<HTMLInputElement>('[type=checkbox]')!.checked = true;
      }, text);
    await fillIn('from the server');
    expect(await dirty(tab)).toEqual([]);
    await tab.click('input[name=a]');
    await fillIn('again');
    await tab.press('Tab');
    expect(await dirty(tab)).toEqual([]);
    await tab.fill('textarea', 'by hand');
    expect(await dirty(tab)).toEqual(['Letter']);
    await tab.fill('textarea', 'again');
    expect(await dirty(tab)).toEqual([]);
  });

  test.for([
    [
      '<form aria-labelledby="h"><h2>Other</h2><input></form><h1 id="h">Invoice 17</h1>',
      'Invoice 17',
    ],
    ['<form aria-label=" Invoice 18 "><h2>Other</h2><input></form>', 'Invoice 18'],
    ['<form><fieldset><legend>Address</legend><input></fieldset></form>', 'Address'],
    ['<form name="profile"><input name="name"></form>', 'profile'],
    ['<form title="Profile"><input name="title"></form>', 'Profile'],
    // What else there is to call it by: the title of the page.
    ['<form><input value="typed"></form>', 'Forms'],
    ['<form><h2 contenteditable>typed</h2><input></form>', 'Forms'],
    // Neither what is chosen nor what is not to be seen or heard is part of a name.
    [
      '<form><fieldset><legend>Pay by <select><option>Card</select></legend><input></fieldset></form>',
      'Pay by',
    ],
    ['<form><h2>City <datalist><option>Rome</datalist></h2><input></form>', 'City'],
    ['<form><h2>Area<style>b { color: red }</style><script>0</script></h2><input></form>', 'Area'],
    ['<form><h2><svg><style>b {}</style></svg>Map</h2><input></form>', 'Map'],
    ['<form><h2><i aria-hidden="true">edit</i> Team <b hidden>gone</b></h2><input></form>', 'Team'],
    [
      '<form aria-labelledby="h"><input></form><h1 id="h">Bill <select><option>1</select></h1>',
      'Bill',
    ],
    ['<form aria-labelledby="h"><input></form><h1 id="h" hidden>Bill 17</h1>', 'Bill 17'],
    ['<form><h2 hidden>Error</h2><h2>Team</h2><input></form>', 'Team'],
    ['<form><div style="display: none"><h2>Dialog</h2></div><input></form>', 'Forms'],
    ['<form><h2 style="position: absolute; clip-path: inset(50%)">Team</h2><input></form>', 'Team'],
  ] as const)(
    'is called what a person would call it: %s',
    async ([body, label], { app, context }) => {
      const tab = await openForms(app, context, body);
      await tab.fill('input', 'new');
      expect(await dirty(tab)).toEqual([label]);
    },
  );
});

test.for([
  [['closest', 'getAttribute', 'querySelector', 'getRootNode']],
  [['addEventListener', 'removeEventListener', 'isConnected', 'localName', 'matches']],
] as const)(
  'a form whose fields are called %o is like any other',
  async ([names], { app, context }) => {
    const fields = names.map((name) => `<input name="${name}" value="old">`).join('');
    const tab = await openForms(app, context, `${form(fields)}<img name="getElementById">`);
    await tab.evaluate(() =>
      document.addEventListener('submit', (event) => event.preventDefault()),
    );
    for (const name of names) {
      // By hand: the driver itself asks the form by these names.
      await tab.evaluate((name) => {
        const field = document.querySelector<HTMLInputElement>(`[name=${name}]`)!;
        field.focus();
        field.value = 'new';
        field.dispatchEvent(new Event('input', { bubbles: true }));
      }, name);
      expect(await dirty(tab)).toEqual(['Letter']);
      await tab.evaluate(() => HTMLFormElement.prototype.requestSubmit.call(document.forms[0]));
      expect(await dirty(tab)).toEqual([]);
    }
    await tab.evaluate(() => {
      const click = new PointerEvent('pointerdown', { bubbles: true, composed: true });
      EventTarget.prototype.dispatchEvent.call(document.forms[0]!, click);
    });
    expect(tab.uncaught()).toEqual([]);
  },
);

describe('a field that only a widget writes to', () => {
  /** Writes as a slider does: to the document as well, so that nothing is left of the value before. */
  const write = (tab: Tab, value: string): Promise<void> =>
    tab.evaluate((value) => {
      const field = document.querySelector('input')!;
      field.value = field.defaultValue = value;
      field.dispatchEvent(new Event('input', { bubbles: true }));
    }, value);

  test.for([
    ['hidden', '<input type="hidden" value="old">'],
    ['not shown', '<input style="display: none" value="old">'],
  ] as const)('is unsaved work from then on: %s', async ([, field], { app, context }) => {
    const tab = await openForms(app, context, form(field));
    await write(tab, 'new');
    expect(await dirty(tab)).toEqual(['Letter']);
    await tab.evaluate(() => {
      addEventListener('submit', (event) => event.preventDefault());
      document.querySelector('form')!.requestSubmit();
    });
    expect(await dirty(tab)).toEqual([]);
    await write(tab, 'newer');
    expect(await dirty(tab)).toEqual(['Letter']);
    await write(tab, 'new');
    expect(await dirty(tab)).toEqual([]);
  });

  test('is as an application has loaded it, while nobody does anything', async ({
    app,
    context,
  }) => {
    const tab = await openForms(
      app,
      context,
      form('<input type="hidden" value="old"><input type="checkbox">'),
    );
    const setActive = (isActive: boolean): Promise<unknown> =>
      tab.evaluate((isActive) => {
        const value = { isActive };
        Object.defineProperty(navigator, 'userActivation', { value, configurable: true });
      }, isActive);
    const tick = (): Promise<void> =>
      tab.evaluate(() => {
        const box = document.querySelector<HTMLInputElement>('[type=checkbox]')!;
        box.checked = !box.checked;
        box.dispatchEvent(new Event('click', { bubbles: true }));
      });
    await setActive(false);
    await write(tab, 'loaded');
    await tick();
    expect(await dirty(tab)).toEqual([]);
    await setActive(true);
    for (const [edit, takeBack] of [
      [() => write(tab, 'new'), () => write(tab, 'loaded')],
      [tick, tick],
    ] as const) {
      await edit();
      expect(await dirty(tab)).toEqual(['Letter']);
      await takeBack();
      expect(await dirty(tab)).toEqual([]);
    }
  });
});

describe('an editor', () => {
  /** Opens one that writes by itself, and that marks the line that a person is in. */
  async function openEditor(app: TestApp, context: Context): Promise<Tab> {
    const editor = '<div contenteditable aria-label="Letter"><p>old</p></div>';
    const tab = await openForms(app, context, editor);
    await tab.evaluate(() => {
      const editor = document.querySelector('[contenteditable]')!;
      const line = editor.querySelector('p')!;
      const write = (event: Event): void => {
        event.preventDefault();
        editor.append('new');
      };
      editor.addEventListener('paste', write);
      editor.addEventListener('keydown', (event) => {
        const { key } = event as KeyboardEvent;
        if (key === 'Enter' || key === 'S') write(event);
        if (key.startsWith('Arrow')) line.className = key;
      });
    });
    await tab.click('[contenteditable]');
    return tab;
  }

  test.for(['Shift+Insert', 'Control+v', 'Control+Shift+S', 'Enter'])(
    'that deals with %s by itself is unsaved work',
    async (keys, { app, context }) => {
      const tab = await openEditor(app, context);
      expect(await dirty(tab)).toEqual([]);
      await tab.press(keys);
      expect(await tab.text('[contenteditable]')).toContain('new');
      expect(await dirty(tab)).toEqual(['Letter']);
    },
  );

  test('in which somebody only moves about is none', async ({ app, context }) => {
    const tab = await openEditor(app, context);
    await tab.press('ArrowLeft');
    await tab.waitForElement('p.ArrowLeft');
    expect(await dirty(tab)).toEqual([]);
  });

  test.for(['Control+c', 'Control+f', 'Control+a'])(
    'that marks where somebody is, and from which they take with %s, is none',
    async (keys, { app, context }) => {
      const tab = await openEditor(app, context);
      await tab.press(keys);
      await tab.press('ArrowLeft');
      await tab.waitForElement('p.ArrowLeft');
      expect(await dirty(tab)).toEqual([]);
    },
  );

  test.for([
    ['С', 'KeyC', []],
    ['м', 'KeyV', ['Letter']],
  ] as const)(
    'is unsaved work after Ctrl+%s of another alphabet, which is %s, only if that writes',
    async ([key, code, labels], { app, context }) => {
      const tab = await openEditor(app, context);
      const devtools = await page(tab).context().newCDPSession(page(tab));
      await devtools.send('Input.dispatchKeyEvent', {
        type: 'rawKeyDown',
        modifiers: 2,
        key,
        code,
      });
      await tab.press('ArrowLeft');
      await tab.waitForElement('p.ArrowLeft');
      expect(await dirty(tab)).toEqual(labels);
    },
  );

  test('that can no longer be edited is done with', async ({ app, context }) => {
    const tab = await openEditor(app, context);
    await tab.press('a');
    expect(await dirty(tab)).toEqual(['Letter']);
    await tab.evaluate(() =>
      document.querySelector('[contenteditable]')!.removeAttribute('contenteditable'),
    );
    expect(await dirty(tab)).toEqual([]);
  });
});

describe('passwords', () => {
  test.for([
    ['a password field', '<input class="secret" type="password">'],
    [
      'one that a button shows as text',
      '<input class="secret" type="password"><button type="button" class="show">Show</button>',
      'afterwards',
    ],
    [
      'one that a checkbox shows as text before anything is typed',
      '<input class="secret" type="password"><input type="checkbox" class="show">',
      'before',
    ],
    ['one that says so by name', '<input class="secret" name="user_password">'],
    ['one that says so to password managers', '<input class="secret" autocomplete="new-password">'],
  ] as const)('are never read: %s', async ([, fields, shown], { app, context }) => {
    const tab = await openForms(app, context, form(`${fields}<input class="other">`));
    await tab.evaluate(() =>
      document.querySelector('.show')?.addEventListener('click', () => {
        document.querySelector<HTMLInputElement>('.secret')!.type = 'text';
      }),
    );
    if (shown === 'before') await tab.click('.show');
    await page(tab).locator('.secret').pressSequentially('hunter2');
    if (shown === 'afterwards') {
      await tab.click('.show');
      await page(tab).locator('.secret').pressSequentially('!');
    }
    await tab.click('.other');
    expect(await dirty(tab)).toEqual(['Letter']);
    expect(await tab.evaluate(() => window.passwordReads)).toBe(0);
    await tab.evaluate(() => {
      const form = document.querySelector('form')!;
      form.addEventListener('submit', (event) => event.preventDefault());
      form.requestSubmit();
    });
    expect(await dirty(tab)).toEqual([]);
    expect(await tab.evaluate(() => window.passwordReads)).toBe(0);
    // The trap does count.
    await tab.evaluate(() => document.querySelector<HTMLInputElement>('.secret')!.value);
    expect(await tab.evaluate(() => window.passwordReads)).toBe(1);
  });
});

test('a stopped guard sees nothing any more', async ({ app, context }) => {
  const tab = await openForms(app, context, form('<input>'));
  await tab.fill('input', 'new');
  await tab.evaluate(() => window.stop());
  expect(await tab.evaluate(() => window.guards.size)).toBe(0);
  await tab.fill('input', 'newer');
  expect(await tab.evaluate(() => window.guards.size)).toBe(0);
});

test('a guard that is begun anew in the same task knows what was typed before', async ({
  app,
  context,
}) => {
  const tab = await openForms(app, context, form('<input>'));
  await tab.fill('input', 'new');
  // As an effect does that runs anew.
  await tab.evaluate(() => {
    window.stop();
    window.start();
  });
  expect(await dirty(tab)).toEqual(['Letter']);

  await tab.evaluate(() => {
    window.stop();
    return new Promise((resolve) => setTimeout(resolve));
  });
  await tab.evaluate(() => window.start());
  expect(await dirty(tab)).toEqual([]);
});

/** Opens a page of the application that guards this form of it. */
async function openGuarded(app: TestApp, context: Context, form: string): Promise<Tab> {
  const tab = await app.open(context, 'localstorage.rt', '/other');
  await context.route('**/guard.mjs', ({ answer }) =>
    answer({
      contentType: 'text/javascript',
      body: `import { guardForms } from '/dist/forms.mjs';
        guardForms(window.app.session);
        document.body.dataset.guarded = 'yes';`,
    }),
  );
  await tab.evaluate((form) => {
    document.querySelector('main')!.innerHTML += form;
  }, form);
  await addScript(tab, '/guard.mjs');
  await tab.waitForElement('[data-guarded]');
  return tab;
}
/** Waits until an edit of this page would be warned of. */
const warns = (tab: Tab): Promise<unknown> =>
  tab.waitFor(() => !dispatchEvent(new Event('beforeunload', { cancelable: true })));

test('a logout names the form that somebody has edited in another tab', async ({
  app,
  context,
}) => {
  const tab = await app.open(context, 'localstorage.rt');
  await app.logIn(tab);
  const other = await openGuarded(app, context, '<form aria-label="Letter"><input></form>');
  await isReady(other, 'in');
  await other.fill('input', 'Dear Ada');
  await warns(other);

  await tab.evaluate(() => void window.app.session.logout());
  await tab.waitForElement('dialog[open]');

  expect(await page(tab).getByRole('listitem').innerText()).toMatch(/^Letter\s+Test application/);
  await tab.click('button:has-text("Cancel")');
});

test('a page sends its form by script without a prompt, and warns again when it stays', async ({
  app,
  context,
}) => {
  const tab = await openGuarded(
    app,
    context,
    '<form action="/sent"><select name="page" aria-label="Page"><option>1<option>2</select></form>',
  );
  const dialogs: string[] = [];
  tab.onDialog(({ kind }) => {
    dialogs.push(kind);
    return 'dismiss';
  });
  const choose = (value: string): Promise<unknown> =>
    page(tab).getByLabel('Page').selectOption(value);
  await tab.click('select');
  await choose('2');
  await warns(tab);

  // Reads it, and stays: as a form that saves itself does, whose data may not have arrived.
  await tab.evaluate(() => void new FormData(document.querySelector('form')!));
  await warns(tab);
  // As `<select onchange="this.form.submit()">` does it.
  await tab.evaluate(() => document.querySelector('form')!.submit());
  await tab.waitForUrl(/\/sent\?page=2$/);

  expect(dialogs).toEqual([]);
});

test('the first edit during a logout brings up no prompt', async ({ app, context }) => {
  const { control } = app.tenant;
  const first = await app.open(context, 'localstorage.rt');
  await app.logIn(first);
  await first.close();
  const tab = await openGuarded(app, context, '<form aria-label="Letter"><input></form>');
  await isReady(tab, 'in');
  const dialogs: string[] = [];
  tab.onDialog(({ kind }) => (dialogs.push(kind), 'dismiss'));
  const release = control.behave('/oauth/revoke', { hang: true });
  const asked = control.waitFor('/oauth/revoke');
  await tab.click('input');

  await tab.evaluate(() => void window.app.session.logout());
  await asked;
  await tab.press('a');
  await tab.waitFor(() =>
    performance.getEntriesByType('resource').some(({ name }) => name.endsWith('/ask.mjs')),
  );
  release();
  await tab.waitForUrl(/\/bye\?/);

  expect(dialogs).toEqual([]);
});
