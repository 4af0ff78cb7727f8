import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Benchmarks are no part of `npm test`: `npm run bench` runs them, one after the other. */
export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url)),
  test: {
    name: 'bench',
    include: ['test/bench/**/*.bench.ts'],
    globalSetup: ['test/fresh-build.ts', 'test/browser/global-setup.ts'],
    fileParallelism: false,
    testTimeout: 300_000,
  },
});
