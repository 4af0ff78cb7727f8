import { createServer, type AddressInfo } from 'node:net';
import { describe, expect } from 'vitest';
import { startApp } from '../../demo/app-server.mjs';
import { startTenant } from '../../demo/tenant/start.mjs';
import { browserTest, type Tab } from './driver/index.js';

/** A port that was free a moment ago: the tenant has to know the application's before that starts. */
const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, 'localhost', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

/** What `npm run demo` starts, once for the whole file. */
const test = browserTest.extend<{ demo: { url: string } }>({
  demo: [
    async ({}, use) => {
      const port = await freePort();
      const origin = `http://localhost:${port}`;
      const tenant = await startTenant({ tenantPort: 0, idpPort: 0, appOrigins: [origin] });
      const { domain, idpUrl } = tenant;
      const app = await startApp({ port, domain, clientId: 'demo-app', idpUrl, local: true });
      await use(app);
      await app.stop();
      await tenant.stop();
    },
    { scope: 'file' },
  ],
});

/** The words of the three lamps: the application's, Auth0's, the identity provider's. */
const lamps = (tab: Tab): Promise<string[]> =>
  tab.evaluate(() =>
    [...document.querySelectorAll('.lamp__state')].map(({ textContent }) => textContent!),
  );

async function logIn(tab: Tab, via: 'user' | 'connection'): Promise<void> {
  await tab.click('#login');
  if (via === 'user') await tab.click('button[name=user][value=ada]');
  else {
    await tab.click('button[name=connection]');
    await tab.click('button[value=grace]');
  }
  await tab.waitForElement('[data-logout=default]');
}

describe('the demo', () => {
  test('shows what a logout ended, and does not say of what began since that it lives on', async ({
    demo,
    tab,
  }) => {
    const complaints: string[] = [];
    tab.onConsole(({ level, text }) => level === 'error' && complaints.push(text));
    await tab.goto(demo.url);
    await expect.poll(() => lamps(tab)).toEqual(Array(3).fill('Not signed in'));

    await logIn(tab, 'user');
    await expect.poll(() => lamps(tab)).toEqual(['Alive', 'Alive', 'Not signed in']);

    await tab.click('[data-logout=default]');
    await tab.waitForUrl(/\/bye\.html$/);
    await expect.poll(() => lamps(tab)).toEqual(['Ended', 'Ended', 'Not signed in']);
    expect(await tab.text('#receipt section')).toContain('You are logged out of this application');

    await logIn(tab, 'connection');
    await tab.goto(`${demo.url}bye.html`);
    // Nobody was signed in there before that logout.
    await expect.poll(async () => (await lamps(tab))[2]).toBe('Alive');
    expect(tab.uncaught()).toEqual([]);
    expect(complaints).toEqual([]);
  });

  // 1280 px at a zoom of 400 % (WCAG 2.2, "Reflow").
  test('has no words that lie over others or run out of their box at 320 px', async ({
    demo,
    tab,
  }) => {
    await tab.setViewport(320, 640);
    await tab.goto(demo.url);
    await expect.poll(() => lamps(tab)).toEqual(Array(3).fill('Not signed in'));
    const clashes = await tab.evaluate(() => {
      const boxOf = (node: Node): DOMRect => {
        const range = document.createRange();
        range.selectNodeContents(node);
        return range.getBoundingClientRect();
      };
      const found: string[] = [];
      for (const box of document.querySelectorAll('.lamp, .segments:not(.segments--icons)')) {
        const words = [...box.querySelectorAll('h2, p, legend:not(.hidden), span')];
        for (const [i, word] of words.entries()) {
          const a = boxOf(word);
          if (a.right > box.getBoundingClientRect().right) found.push(`${word.textContent} out`);
          for (const other of words.slice(i + 1)) {
            const b = boxOf(other);
            const apart =
              a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
            if (!apart) found.push(`${word.textContent} over ${other.textContent}`);
          }
        }
      }
      return found;
    });
    expect(clashes).toEqual([]);
  });
});
