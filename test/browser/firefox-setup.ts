import { execFile } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The Firefox that this run drives, if it drives one. */
    firefoxPath?: string;
  }
}

/** Finds an installed Firefox, or the one that `FIREFOX_PATH` names; without one the run fails. */
export default async function setup(project: TestProject): Promise<void> {
  const { env } = process;
  const places = env['FIREFOX_PATH']
    ? [env['FIREFOX_PATH']]
    : [
        ...(env['PATH'] ?? '')
          .split(delimiter)
          .flatMap((folder) => ['firefox', 'firefox-esr'].map((name) => join(folder, name))),
        '/Applications/Firefox.app/Contents/MacOS/firefox',
        join(env['PROGRAMFILES'] ?? '/', 'Mozilla Firefox/firefox.exe'),
      ];
  for (const place of places) {
    const starts = promisify(execFile)(place, ['--version']).then(
      () => true,
      () => false,
    );
    if (await starts) return project.provide('firefoxPath', place);
  }
  throw new Error(
    'These tests need Firefox 140 or newer, and none was found. Install it (Debian: `apt-get install firefox-esr`; else https://www.firefox.com/), or set FIREFOX_PATH.',
  );
}
