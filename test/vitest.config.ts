import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { runOptions } from './browser/run-options.js';

const root = fileURLToPath(new URL('..', import.meta.url));

export default defineConfig({
  root,
  test: {
    allowOnly: false,
    projects: [
      {
        root,
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts'],
          environment: 'jsdom',
          environmentOptions: { jsdom: { url: 'https://app.example/' } },
          // The property tests take their time on a small machine that does something else too.
          testTimeout: 60_000,
          restoreMocks: true,
          unstubGlobals: true,
        },
      },
      {
        root,
        test: {
          name: 'tenant',
          include: ['test/tenant/**/*.test.ts'],
          environment: 'node',
          testTimeout: 15_000,
        },
      },
      {
        root,
        test: {
          ...runOptions,
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          globalSetup: ['test/fresh-build.ts', 'test/browser/global-setup.ts'],
          sequence: { groupOrder: 1 },
        },
      },
      {
        root,
        test: {
          name: 'dist',
          include: ['test/dist/**/*.test.ts'],
          environment: 'node',
          globalSetup: [
            'test/fresh-build.ts',
            'test/browser/global-setup.ts',
            'test/dist/installed-package.ts',
          ],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
