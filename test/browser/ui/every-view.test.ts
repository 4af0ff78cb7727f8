import { describe, expect } from 'vitest';
import { appTest as test } from '../app/test-app.js';
import {
  ask,
  badReceipt,
  expectAccessible,
  openUi,
  page,
  receipt,
  showReceipt,
  viewNames,
  views,
  work,
} from './ui-page.js';

/** A page with both schemes, in colours that axe can see. */
const SCHEMES =
  '<meta name="color-scheme" content="light dark">' +
  '<style>body{background:Canvas;color:CanvasText}a{color:inherit}</style>';
/** A page that styles whatever it can reach. */
const LOUD =
  '<style>*{color:red!important;font-size:5px!important;display:inline!important}</style>';

describe.each(viewNames)('the %s', (name) => {
  test('breaks no rule of the strictest policy', async ({ app, context }) => {
    const tab = await openUi(app, context);
    const complaints: string[] = [];
    tab.onConsole(({ level, text }) => level === 'error' && complaints.push(text));
    await views[name](tab);

    // The sheet applies: a button is as high as a finger needs it, or the box has its corners.
    const radius = await page(tab)
      .locator('[part~=box]')
      .evaluate((box) => getComputedStyle(box).borderTopLeftRadius);
    expect(radius).toBe('16px');
    expect(await tab.evaluate(() => window.violations)).toEqual([]);
    expect([...complaints, ...tab.uncaught()]).toEqual([]);
  });

  test.for(['light', 'dark'] as const)(
    'gives axe nothing to find in a %s browser',
    async (colorScheme, { app, browser }) => {
      const context = await browser.newContext({ colorScheme, reducedMotion: true });
      try {
        const tab = await openUi(app, context, { policy: '', head: SCHEMES });
        await views[name](tab);
        await expectAccessible(tab);
      } finally {
        await context.close();
      }
    },
  );

  test('fits a narrow window, with targets that a finger can hit', async ({ app, browser }) => {
    // 1280 px at a zoom of 400 %.
    const context = await browser.newContext({ viewport: { width: 320, height: 256 } });
    try {
      const tab = await openUi(app, context);
      await views[name](tab);
      const box = page(tab).locator('[part~=box]');
      const { clientWidth, scrollWidth, left, right, pageWidth } = await box.evaluate((box) => ({
        clientWidth: box.clientWidth,
        scrollWidth: box.scrollWidth,
        ...(box.getBoundingClientRect().toJSON() as { left: number; right: number }),
        pageWidth: document.documentElement.scrollWidth,
      }));
      expect(scrollWidth).toBeLessThanOrEqual(clientWidth);
      expect(left).toBeGreaterThanOrEqual(0);
      expect(Math.max(right, pageWidth)).toBeLessThanOrEqual(320);
      for (const button of await box.getByRole('button').all()) {
        await button.scrollIntoViewIfNeeded();
        const { width, height, y } = (await button.boundingBox())!;
        expect(Math.min(width, height)).toBeGreaterThanOrEqual(44);
        expect(y + height).toBeLessThan(257);
      }
    } finally {
      await context.close();
    }
  });

  test('is still readable with forced colours, and does not move', async ({ app, browser }) => {
    const context = await browser.newContext({ forcedColors: true, reducedMotion: true });
    try {
      const tab = await openUi(app, context, { policy: '' });
      await views[name](tab);
      const box = page(tab).locator('[part~=box]');
      const seen = await box.evaluate((box) => {
        const strange: string[] = [];
        const canvas = getComputedStyle(box).backgroundColor;
        const behind = (node: Element): string => {
          const { backgroundColor } = getComputedStyle(node);
          const isClear = node !== box && /^rgba\(.*, 0\)$/.test(backgroundColor);
          return isClear ? behind(node.parentElement!) : backgroundColor;
        };
        for (const node of box.querySelectorAll('*')) {
          const { color, opacity, forcedColorAdjust } = getComputedStyle(node);
          // The browser puts the canvas behind every text whose colours it forces.
          const plate = forcedColorAdjust === 'none' ? behind(node) : canvas;
          if (color === plate || opacity !== '1') strange.push(node.outerHTML);
        }
        const moving = box.getAnimations({ subtree: true }).length;
        return { strange, moving };
      });
      expect(seen).toEqual({ strange: [], moving: 0 });
      await expectAccessible(tab);
    } finally {
      await context.close();
    }
  });

  test("is out of reach of the page's own style sheets", async ({ app, context }) => {
    const tab = await openUi(app, context, { policy: '', head: LOUD });
    await views[name](tab);
    const title = page(tab).locator('[part=title]');
    const look = await title.evaluate((node) => {
      const { color, display, fontSize } = getComputedStyle(node);
      return { color, display, big: parseFloat(fontSize) > 16 };
    });
    expect(look).toEqual({ color: 'rgb(0, 0, 0)', display: 'block', big: true });
  });
});

test('the page may theme what it sees by custom properties and parts', async ({ app, context }) => {
  const head =
    '<style>:root{--auth0-logout-accent:rgb(0, 0, 200);--auth0-logout-radius:3px}' +
    'auth0-logout-view::part(discard){text-transform:uppercase}</style>';
  const tab = await openUi(app, context, { policy: '', head });
  await ask(tab, work);
  const of = (part: string, property: string): Promise<string> =>
    page(tab)
      .locator(`[part~=${part}]`)
      .evaluate((node, property) => getComputedStyle(node).getPropertyValue(property), property);
  expect(await of('save', 'background-color')).toBe('rgb(0, 0, 200)');
  expect(await of('dialog', 'border-top-left-radius')).toBe('3px');
  expect(await of('discard', 'text-transform')).toBe('uppercase');
});

test.for([
  ['#fff', '#222', 'dark'],
  ['#111', '#eee', 'light'],
] as const)(
  'a theme of %s and %s is readable in a %s browser',
  async ([background, text, colorScheme], { app, browser }) => {
    const context = await browser.newContext({ colorScheme });
    try {
      const head = `<style>body{background:${background};color:${text}}a{color:inherit}
        :root{--auth0-logout-background:${background};--auth0-logout-text:${text}}</style>`;
      const tab = await openUi(app, context, { policy: '', head });
      await showReceipt(tab, badReceipt);
      await expectAccessible(tab);
      await ask(tab, work);
      await expectAccessible(tab);
      // A ring around what has the focus: in the colour of the text, not of the browser's scheme.
      const ring = (node: Element): string => getComputedStyle(node).outlineColor;
      const color = await page(tab)
        .locator('dialog')
        .evaluate((node) => getComputedStyle(node).color);
      await page(tab).keyboard.press('Shift+Tab');
      expect(await page(tab).locator('dialog :focus-visible').evaluate(ring)).toBe(color);
    } finally {
      await context.close();
    }
  },
);

test('a theme may name the colours of what is dangerous and of what is done', async ({
  app,
  context,
}) => {
  const head =
    '<style>:root{--auth0-logout-danger:rgb(200, 0, 0);--auth0-logout-done:rgb(0, 90, 0)}</style>';
  const tab = await openUi(app, context, { policy: '', head });
  await showReceipt(tab, badReceipt);
  const colorOf = (part: string): Promise<string> =>
    page(tab)
      .locator(`[part~=${part}]`)
      .first()
      .evaluate((node) => getComputedStyle(node).color);
  expect([await colorOf('alive'), await colorOf('done')]).toEqual([
    'rgb(200, 0, 0)',
    'rgb(0, 90, 0)',
  ]);
});

test.for([
  ['dark', 'light'],
  ['light', 'dark'],
] as const)(
  'a page that says "%s" in a meta element is followed in a %s browser',
  async ([scheme, colorScheme], { app, browser }) => {
    const context = await browser.newContext({ colorScheme });
    try {
      const head = `<meta name="Color-Scheme" content="${scheme}">`;
      const tab = await openUi(app, context, { head });
      await showReceipt(tab, receipt);
      const seen = await tab.evaluate(() => {
        const paper = document.querySelector('main')!;
        paper.style.background = 'Canvas';
        const box = paper.lastElementChild!.shadowRoot!.querySelector('section')!;
        return [box, paper].map((node) => getComputedStyle(node).backgroundColor);
      });
      expect(seen[0]).toBe(seen[1]);
    } finally {
      await context.close();
    }
  },
);

test.for([
  [320, 580, 20],
  [375, 667, 32],
  [1280, 600, 24],
] as const)(
  'what is at stake is there to be seen in %d × %d with letters of %d px',
  async ([width, height, size], { app, browser }) => {
    const context = await browser.newContext({ viewport: { width, height } });
    try {
      const head = `<style>html{font-size:${size}px}</style>`;
      const tab = await openUi(app, context, { policy: '', head, lang: 'fr' });
      for (const pieces of [work, work.slice(0, 1)]) {
        await ask(tab, pieces);
        const { lines, below } = await page(tab)
          .locator('dialog')
          .evaluate((dialog) => {
            const list = dialog.querySelector('ul')!;
            dialog.scrollTop = dialog.scrollHeight;
            const { bottom } = dialog.querySelector('[part=actions]')!.getBoundingClientRect();
            return {
              lines: list.clientHeight / parseFloat(getComputedStyle(list).lineHeight),
              below: bottom - dialog.getBoundingClientRect().bottom,
            };
          });
        // A piece of work, and the page that it is on.
        expect(lines).toBeGreaterThan(2);
        expect(below).toBeLessThan(0);
        await tab.press('Escape');
        await tab.waitForElement('dialog', 'hidden');
      }
    } finally {
      await context.close();
    }
  },
);

test("a tab's mark is in one piece", async ({ app, context }) => {
  const tab = await openUi(app, context);
  await tab.setViewport(320, 640);
  for (let length = 14; length < 28; length++) {
    await ask(tab, [{ ...work[0]!, page: 'Acme '.repeat(9).slice(0, length) }]);
    const lines = await page(tab)
      .locator('[part=badge]')
      .evaluate((badge) => badge.getClientRects().length);
    expect(lines).toBe(1);
    await tab.press('Escape');
    await tab.waitForElement('dialog', 'hidden');
  }
});

test('a name without a space to break at does not widen the question', async ({ app, context }) => {
  const tab = await openUi(app, context);
  await tab.setViewport(320, 640);
  const label = 'Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz'.repeat(3);
  await ask(tab, [{ ...work[0]!, label, page: label }]);
  const { clientWidth, scrollWidth } = await page(tab)
    .getByRole('dialog')
    .evaluate(({ clientWidth, scrollWidth }) => ({ clientWidth, scrollWidth }));
  expect(scrollWidth).toBeLessThanOrEqual(clientWidth);
});
