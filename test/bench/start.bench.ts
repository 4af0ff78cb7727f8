import { fileURLToPath } from 'node:url';
import terser from '@rollup/plugin-terser';
import { rollup } from 'rollup';
import { describe, expect } from 'vitest';
import { appTest as test } from '../browser/app/test-app.js';
import { escapeToPlaywrightPage, type Tab } from '../browser/driver/index.js';
import { comparePaired, report } from './paired.js';

declare global {
  interface Window {
    kept: unknown;
  }
}

const built = fileURLToPath(new URL('../../dist/index.mjs', import.meta.url));
const use = `window.kept = createLogout({ domain: 'tenant.eu.auth0.com', clientId: 'abc', returnTo: '/bye' });`;

/** What a page loads at once, as one script; what is imported later stays outside. */
async function bundle(): Promise<string> {
  const entry = `import { createLogout } from ${JSON.stringify(built)}; ${use}`;
  const bundled = await rollup({
    input: 'entry',
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === 'entry' ? id : null),
        // What is loaded later stays outside.
        resolveDynamicImport: () => false,
        load: (id) => (id === 'entry' ? entry : null),
      },
      terser(),
    ],
  });
  const { output } = await bundled.generate({ format: 'iife' });
  return output[0].code;
}

// As applications do it by hand: they look for a token when they start, and listen to other tabs.
const byHand = `document.title = localStorage.getItem('token') ? 'in' : 'out';
window.kept = () => {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith('@@auth0spajs@@::abc')) localStorage.removeItem(key);
  }
  new BroadcastChannel('logout').postMessage('logout');
  const url = new URL('https://tenant.eu.auth0.com/v2/logout');
  url.searchParams.set('client_id', 'abc');
  url.searchParams.set('returnTo', location.origin + '/bye');
  location.replace(url);
};
new BroadcastChannel('logout').onmessage = () => location.reload();
addEventListener('storage', (event) => { if (event.key === 'logout') location.reload(); });`;

/** Evaluates it in a new page, where nothing has been compiled or opened before. */
async function evaluation(tab: Tab, url: string, code: string): Promise<number> {
  await tab.goto(url);
  return tab.evaluate((code) => {
    const script = document.createElement('script');
    script.textContent = code;
    const begun = performance.now();
    document.head.append(script);
    return performance.now() - begun;
  }, code);
}

/** Loads a script as every page does: what a debugger types in would lie in the heap as text too. */
async function loadScript(src: string): Promise<void> {
  const script = document.createElement('script');
  script.src = src;
  const loaded = new Promise((resolve) => (script.onload = resolve));
  document.head.append(script);
  await loaded;
  script.remove();
}

/** How much more heap a page needs with it, in KiB, garbage aside. */
async function heap(tab: Tab, url: string, code: string): Promise<number> {
  const stop = await tab.context.route('**/*.js', ({ url, answer }) =>
    answer({ contentType: 'text/javascript', body: url.endsWith('/code.js') ? code : '' }),
  );
  await tab.goto(url);
  const page = escapeToPlaywrightPage(tab);
  const devtools = await page.context().newCDPSession(page);
  const used = async (): Promise<number> => {
    await devtools.send('HeapProfiler.collectGarbage');
    await devtools.send('HeapProfiler.collectGarbage');
    return (await devtools.send('Runtime.getHeapUsage')).usedSize;
  };
  // What the loading itself leaves behind is not counted.
  await tab.evaluate(loadScript, '/empty.js');
  await used();
  const before = await used();
  await tab.evaluate(loadScript, '/code.js');
  const after = await used();
  await devtools.detach();
  await stop();
  return (after - before) / 1024;
}

describe('what a page pays for having a session', () => {
  test('script evaluation and createLogout', async ({ app, tab }) => {
    const code = await bundle();
    const url = `${app.url}/config.json`;

    const result = await comparePaired(
      () => evaluation(tab, url, code),
      () => evaluation(tab, url, byHand),
      31,
    );

    report('script evaluation, by hand (limit 3)', result);
    expect(result.ours).toBeLessThan(50);
  });

  test('heap', async ({ app, tab }) => {
    const code = await bundle();
    const url = `${app.url}/config.json`;
    const rounds: number[][] = [];
    for (let i = 0; i < 5; i++)
      rounds.push([await heap(tab, url, code), await heap(tab, url, byHand)]);
    const [ours, theirs] = rounds.toSorted(([a], [b]) => a! - b!)[2]!;
    console.log(`heap: ${ours!.toFixed(1)} KiB (limit 30), by hand ${theirs!.toFixed(1)} KiB`);
    expect(ours).toBeLessThan(200);
  });
});
