import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

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
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          environment: 'node',
          globalSetup: ['test/fresh-build.ts', 'test/browser/global-setup.ts'],
          testTimeout: 30_000,
          hookTimeout: 30_000,
          expect: { poll: { timeout: 10_000 } },
          // A browser on a busy machine may lose a process or a message. What fails twice is broken;
          // the report names what needed its second go.
          retry: 1,
          // Every worker drives a browser of its own, and timing is part of what is tested.
          maxWorkers: 2,
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
