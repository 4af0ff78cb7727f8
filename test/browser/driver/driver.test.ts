import { describe, expect } from 'vitest';
import {
  browserTest,
  escapeToPlaywrightPage,
  freeze,
  inTheBackground,
  type Context,
} from './index.js';

const PAGE = (text: string): string =>
  `<!doctype html><title>${text}</title><h1>${text}</h1><input /><a href="/two">two</a>` +
  `<a target="_blank" href="/three">three</a>`;

const answerAll = async (context: Context): Promise<unknown> =>
  context.route('http://app.localhost/*', ({ url, answer }) =>
    answer({ body: PAGE(new URL(url).pathname) }),
  );

describe('the browser driver', () => {
  browserTest.beforeEach(async ({ context }) => void (await answerAll(context)));

  browserTest('drives a page', async ({ tab }) => {
    const lines: string[] = [];
    tab.onConsole(({ level, text }) => lines.push(`${level} ${text}`));
    await tab.goto('http://app.localhost/one');
    await tab.fill('input', 'typed');
    expect(await tab.title()).toBe('/one');
    expect(await tab.text('h1')).toBe('/one');
    expect(
      await tab.evaluate((suffix) => document.querySelector('input')!.value + suffix, '!'),
    ).toBe('typed!');
    await tab.evaluate(() => console.warn('careful'));
    expect(lines).toEqual(['warning careful']);
  });

  browserTest('restores a page from the bfcache on Back', async ({ tab }) => {
    await tab.goto('http://app.localhost/one');
    await tab.evaluate(() =>
      addEventListener('pageshow', (event) => (document.title = `persisted ${event.persisted}`)),
    );
    await tab.click('a[href="/two"]');
    await tab.waitForUrl('**/two');
    await tab.back();
    await tab.waitFor(() => document.title === 'persisted true');
    expect(tab.url()).toBe('http://app.localhost/one');
    await tab.forward();
    expect(tab.url()).toBe('http://app.localhost/two');
  });

  browserTest('shares storage between the tabs of a context', async ({ context, tab }) => {
    await tab.goto('http://app.localhost/one');
    await tab.evaluate(() => localStorage.setItem('key', 'value'));
    const opened = await context.tabOpenedBy(() => tab.click('a[target]'));
    expect(opened.url()).toBe('http://app.localhost/three');
    expect(await opened.evaluate(() => localStorage.getItem('key'))).toBe('value');
    expect(context.tabs()).toEqual([tab, opened]);
    await opened.close();
    expect([opened.isClosed(), context.tabs().length]).toEqual([true, 1]);
  });

  browserTest('keeps contexts apart', async ({ browser, context, tab }) => {
    await context.setCookies([{ name: 'a', value: 'b', url: 'http://app.localhost/' }]);
    expect((await context.cookies()).map(({ name }) => name)).toEqual(['a']);
    const other = await browser.newContext();
    expect(await other.cookies()).toEqual([]);
    await other.close();
    expect(tab.isClosed()).toBe(false);
  });

  browserTest('answers, fails and watches requests', async ({ context, tab }) => {
    await tab.goto('http://app.localhost/one');
    const seen: string[] = [];
    context.onRequest(({ method, url }) => seen.push(`${method} ${new URL(url).pathname}`));
    const undo = await context.route('**/broken', ({ fail }) => fail());
    const ask = (): Promise<string> =>
      tab.evaluate(() =>
        fetch('/broken', { method: 'POST' }).then(
          (r) => r.text(),
          (e) => e.name,
        ),
      );
    expect(await ask()).toBe('TypeError');
    await undo();
    expect(await ask()).toContain('/broken');
    expect(seen).toEqual(['POST /broken', 'POST /broken']);
  });

  browserTest('decides about dialogs', async ({ tab }) => {
    await tab.goto('http://app.localhost/one');
    const asked: string[] = [];
    tab.onDialog(({ kind, message }) => {
      asked.push(`${kind} ${message}`);
      return 'accept';
    });
    expect(await tab.evaluate(() => confirm('Sure?'))).toBe(true);
    expect(asked).toEqual(['confirm Sure?']);
  });

  browserTest('has a way out to Playwright', async ({ tab }) => {
    await tab.goto('http://app.localhost/one');
    expect(escapeToPlaywrightPage(tab).url()).toBe(tab.url());
  });

  browserTest('collects what a page did not catch', async ({ tab }) => {
    await tab.goto('http://app.localhost/one');
    await tab.evaluate(
      () =>
        void setTimeout(() => {
          throw new RangeError('too far');
        }),
    );
    await expect.poll(() => tab.uncaught()).toEqual(['RangeError: too far']);
  });
});

browserTest.extend(inTheBackground)(
  'a tab is hidden while another is in front of it, and can be frozen',
  async ({ context }) => {
    await answerAll(context);
    const behind = await context.newTab('http://app.localhost/one');
    await behind.evaluate(() => {
      for (const type of ['freeze', 'resume']) {
        document.addEventListener(type, () => (document.title += ` ${type}`));
      }
    });
    const front = await context.newTab('http://app.localhost/two');
    const states = (): Promise<string[]> =>
      Promise.all([front, behind].map((tab) => tab.evaluate(() => document.visibilityState)));
    expect(await states()).toEqual(['visible', 'hidden']);

    const thaw = await freeze(behind);
    await thaw();
    await behind.waitFor(() => document.title === '/one freeze resume');
    await behind.bringToFront();
    await expect.poll(states).toEqual(['hidden', 'visible']);
  },
);
