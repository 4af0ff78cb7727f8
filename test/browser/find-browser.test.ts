import { describe, expect, it } from 'vitest';
import { findBrowser, findFirefox, type Machine } from './find-browser.js';

interface Situation {
  readonly platform?: NodeJS.Platform;
  readonly env?: Readonly<Record<string, string>>;
  readonly hasApt?: boolean;
  /** Paths at which a browser starts. */
  readonly browsers?: readonly string[];
  /** Where the download ends up, and whether it starts there. `null`: there is no network. */
  readonly download?: { readonly path: string; readonly starts: boolean } | null;
  /** Where apt-get puts a browser. `null`: the package cannot be had. */
  readonly packaged?: string | null;
}

/** A machine that is in this situation, and what was done to it. */
function machineWith(situation: Situation): Machine & { readonly done: readonly string[] } {
  const browsers = new Set(situation.browsers);
  const done: string[] = [];
  return {
    done,
    platform: situation.platform ?? 'linux',
    env: { PATH: '/usr/local/bin:/usr/bin', ...situation.env },
    hasApt: situation.hasApt ?? false,
    runs: async (path) => browsers.has(path),
    async downloadChromium() {
      done.push('download');
      if (!situation.download) throw new Error('getaddrinfo ENOTFOUND\nand a long log');
      if (situation.download.starts) browsers.add(situation.download.path);
      return situation.download.path;
    },
    async installChromium() {
      done.push('apt');
      if (!situation.packaged) throw new Error('E: Unable to locate package chromium');
      browsers.add(situation.packaged);
    },
    say: () => undefined,
  };
}

const DOWNLOAD = { path: '/cache/chromium/chrome', starts: true };

describe('findBrowser', () => {
  it.each<[string, Situation, string, string[]]>([
    [
      'the one that CHROMIUM_PATH names, before an installed one',
      { env: { CHROMIUM_PATH: '/my/chrome' }, browsers: ['/my/chrome', '/usr/bin/chromium'] },
      '/my/chrome',
      [],
    ],
    [
      'the one that CHROME_PATH names',
      { env: { CHROME_PATH: '/my/chrome' }, browsers: ['/my/chrome', '/usr/bin/chromium'] },
      '/my/chrome',
      [],
    ],
    ['one on the PATH', { browsers: ['/usr/bin/google-chrome'] }, '/usr/bin/google-chrome', []],
    [
      'Chromium before Chrome',
      { browsers: ['/usr/bin/google-chrome', '/usr/bin/chromium'] },
      '/usr/bin/chromium',
      [],
    ],
    [
      'one in the usual place, when the PATH is empty',
      { env: { PATH: '' }, browsers: ['/opt/google/chrome/chrome'] },
      '/opt/google/chrome/chrome',
      [],
    ],
    [
      "a Mac's",
      {
        platform: 'darwin',
        browsers: ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'],
      },
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      [],
    ],
    [
      "a Windows machine's",
      {
        platform: 'win32',
        env: { PROGRAMFILES: 'C:/Program Files' },
        browsers: ['C:/Program Files/Google/Chrome/Application/chrome.exe'],
      },
      'C:/Program Files/Google/Chrome/Application/chrome.exe',
      [],
    ],
    [
      "Playwright's download, when none is installed",
      { download: DOWNLOAD, hasApt: true },
      DOWNLOAD.path,
      ['download'],
    ],
    [
      'the Debian package, when there is no download',
      { download: null, hasApt: true, packaged: '/usr/bin/chromium' },
      '/usr/bin/chromium',
      ['download', 'apt'],
    ],
    [
      'the Debian package, when the download does not start',
      { download: { ...DOWNLOAD, starts: false }, hasApt: true, packaged: '/usr/bin/chromium' },
      '/usr/bin/chromium',
      ['download', 'apt'],
    ],
  ])('takes %s', async (_case, situation, path, done) => {
    const machine = machineWith(situation);
    expect(await findBrowser(machine)).toBe(path);
    expect(machine.done).toEqual(done);
  });

  it('does not look elsewhere when the one that was named does not start', async () => {
    const machine = machineWith({
      env: { CHROMIUM_PATH: '/my/chrome' },
      browsers: ['/usr/bin/chromium'],
    });
    await expect(findBrowser(machine)).rejects.toThrow('CHROMIUM_PATH is /my/chrome, but');
  });

  it('touches no package without being allowed to, and says what to install', async () => {
    const machine = machineWith({ download: null });
    await expect(findBrowser(machine)).rejects.toThrow(
      /needs? Chromium or Chrome[^]*download failed: getaddrinfo ENOTFOUND\n[^]*apt-get install chromium[^]*CHROMIUM_PATH/,
    );
    expect(machine.done).toEqual(['download']);
  });

  it('says everything that it tried', async () => {
    const machine = machineWith({ download: null, hasApt: true, packaged: null });
    await expect(findBrowser(machine)).rejects.toThrow(
      /download failed[^]*apt-get failed: E: Unable to locate package chromium/,
    );
  });
});

describe('findFirefox', () => {
  it.each<[string, Situation, string]>([
    [
      'the one that FIREFOX_PATH names, before an installed one',
      { env: { FIREFOX_PATH: '/my/firefox' }, browsers: ['/my/firefox', '/usr/bin/firefox'] },
      '/my/firefox',
    ],
    ['one on the PATH', { browsers: ['/usr/bin/firefox-esr'] }, '/usr/bin/firefox-esr'],
  ])('answers %s', async (_, situation, path) => {
    expect(await findFirefox(machineWith(situation))).toBe(path);
  });

  it.each<[string, Situation]>([
    ['there is none', { browsers: ['/usr/bin/chromium'] }],
    [
      'none starts at FIREFOX_PATH',
      { env: { FIREFOX_PATH: '/my/firefox' }, browsers: ['/usr/bin/firefox'] },
    ],
  ])('rejects with what to install where %s', async (_, situation) => {
    await expect(findFirefox(machineWith(situation))).rejects.toThrow(/firefox-esr.*FIREFOX_PATH/);
  });
});
