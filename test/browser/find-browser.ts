import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';

/** What finding a browser asks of the machine; tests hand in their own. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether packages can be installed with apt: root on Debian or one of its relatives. */
  readonly hasApt: boolean;
  /** Whether there is a browser at this path that starts. */
  readonly runs: (path: string) => Promise<boolean>;
  /** Downloads the Chromium that Playwright publishes and answers its path. */
  readonly downloadChromium: () => Promise<string>;
  /** Installs the `chromium` package. */
  readonly installChromium: () => Promise<void>;
  readonly say: (line: string) => void;
}

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

/**
 * Answers the path of a Chromium or Chrome: the one that `CHROMIUM_PATH` or `CHROME_PATH` names,
 * an installed one, Playwright's own download, or, as root on Debian, the `chromium` package.
 * Rejects with what to install when there is none: a missing browser never skips a test.
 */
export async function findBrowser(machine: Machine = thisMachine()): Promise<string> {
  for (const variable of ['CHROMIUM_PATH', 'CHROME_PATH']) {
    const path = machine.env[variable];
    if (!path) continue;
    if (await machine.runs(path)) return path;
    throw new Error(`${variable} is ${path}, but no browser starts there.`);
  }

  const installed = await firstThatRuns(usualPlaces(machine), machine);
  if (installed) return installed;

  const failures: string[] = [];
  machine.say('No Chromium or Chrome is installed; downloading the one that Playwright publishes.');
  try {
    const downloaded = await machine.downloadChromium();
    if (await machine.runs(downloaded)) return downloaded;
    failures.push(`Playwright's download does not start here (libraries missing?): ${downloaded}`);
  } catch (error) {
    failures.push(`Playwright's download failed: ${reasonOf(error)}`);
  }

  if (machine.hasApt) {
    machine.say('Installing the chromium package with apt-get.');
    try {
      await machine.installChromium();
      const packaged = await firstThatRuns(usualPlaces(machine), machine);
      if (packaged) return packaged;
      failures.push('apt-get installed the chromium package, but no browser starts.');
    } catch (error) {
      failures.push(`apt-get failed: ${reasonOf(error)}`);
    }
  }

  throw new Error(
    [
      'The browser tests need Chromium or Chrome, and none was found.',
      ...failures.map((failure) => `- ${failure}`),
      'Install one (Debian: `apt-get install chromium`; else https://www.google.com/chrome/),',
      'run `npx playwright-core install --with-deps chromium`, or set CHROMIUM_PATH.',
    ].join('\n'),
  );
}

/**
 * Answers the path of a Firefox: the one that `FIREFOX_PATH` names, or an installed one. Rejects with
 * what to install when there is none.
 */
export async function findFirefox(machine: Machine = thisMachine()): Promise<string> {
  const { env } = machine;
  const named = env['FIREFOX_PATH'];
  const places = [
    ...onPath(machine, ['firefox', 'firefox-esr']),
    '/Applications/Firefox.app/Contents/MacOS/firefox',
    join(env['PROGRAMFILES'] ?? '/', 'Mozilla Firefox/firefox.exe'),
  ];
  const found = await firstThatRuns(named ? [named] : places, machine);
  if (found) return found;
  throw new Error(
    'These tests need Firefox 140 or newer, and none was found. Install it (Debian: `apt-get install firefox-esr`; else https://www.firefox.com/), or set FIREFOX_PATH.',
  );
}

async function firstThatRuns(paths: readonly string[], machine: Machine): Promise<string | null> {
  for (const path of paths) if (await machine.runs(path)) return path;
  return null;
}

const onPath = ({ env }: Machine, names: readonly string[]): string[] =>
  (env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .flatMap((folder) => names.map((name) => join(folder, name)));

function usualPlaces(machine: Machine): string[] {
  const { platform, env } = machine;
  if (platform === 'win32') {
    return [env['PROGRAMFILES'], env['PROGRAMFILES(X86)'], env['LOCALAPPDATA']]
      .filter((folder) => folder !== undefined)
      .flatMap((folder) => [
        join(folder, 'Google/Chrome/Application/chrome.exe'),
        join(folder, 'Chromium/Application/chrome.exe'),
      ]);
  }
  const found = onPath(machine, NAMES);
  if (platform !== 'darwin') {
    return [...found, '/usr/bin/chromium', '/snap/bin/chromium', '/opt/google/chrome/chrome'];
  }
  const applications = ['/Applications', join(env['HOME'] ?? '/', 'Applications')];
  return [
    ...applications.flatMap((folder) => [
      join(folder, 'Google Chrome.app/Contents/MacOS/Google Chrome'),
      join(folder, 'Chromium.app/Contents/MacOS/Chromium'),
    ]),
    ...found,
  ];
}

const MINUTE_MS = 60_000;

function thisMachine(): Machine {
  const { platform, env } = process;
  const run = promisify(execFile);
  return {
    platform,
    env,
    hasApt: process.getuid?.() === 0 && existsSync('/usr/bin/apt-get'),
    async runs(path) {
      if (!existsSync(path)) return false;
      // On Windows a browser takes `--version` for a wish to be opened.
      if (platform === 'win32') return true;
      // Starting it tells a real one from Ubuntu's stand-in for the snap, and finds out about
      // missing libraries.
      return run(path, ['--version'], { timeout: MINUTE_MS }).then(
        () => true,
        () => false,
      );
    },
    async downloadChromium() {
      const folder = dirname(
        createRequire(import.meta.url).resolve('playwright-core/package.json'),
      );
      await run(
        process.execPath,
        [join(folder, 'cli.js'), 'install', '--no-shell', '--no-progress', 'chromium'],
        { timeout: 4 * MINUTE_MS },
      );
      const { chromium } = await import('playwright-core');
      return chromium.executablePath();
    },
    async installChromium() {
      const options = {
        timeout: 8 * MINUTE_MS,
        maxBuffer: 64 * 1024 * 1024,
        env: { ...env, DEBIAN_FRONTEND: 'noninteractive' },
      };
      await run('apt-get', ['update'], options);
      await run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], options);
    },
    say: (line) => console.error(line),
  };
}

/** One line of what went wrong: the command's own word for it, where it has one. */
function reasonOf(error: unknown): string {
  const { message, stderr = '' } = error as { message?: string; stderr?: string };
  const lines = `${stderr}\n${message ?? String(error)}`.split('\n');
  return (
    lines.find((line) => /^(E|Error): /.test(line)) ?? message?.split('\n')[0] ?? 'no reason given'
  );
}
