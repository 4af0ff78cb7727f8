import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { runOptions } from './run-options.js';

/**
 * The browser tests, in Firefox: those of the main job, of nothing coming back and of every tab. The
 * rest reaches for what only Playwright has, or for what Firefox does otherwise, and is no part of it.
 */
export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    ...runOptions,
    name: 'firefox',
    include: [
      'test/browser/main-job.test.ts',
      'test/browser/clearing/{cookies,databases,other-clients,return}.test.ts',
      'test/browser/everywhere/{at-once,frames,idle,meanwhile,nothing-comes-back,offline,rolled-back,unheard}.test.ts',
    ],
    globalSetup: ['test/fresh-build.ts', 'test/browser/firefox-setup.ts'],
  },
});
