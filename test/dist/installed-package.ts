import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    /** An empty project in which the packed tarball is installed, as a user would have it. */
    readonly consumer: string;
    /** What `npm pack` put into the tarball, paths inside the package. */
    readonly packedFiles: readonly string[];
  }
}

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Packs the package and installs the tarball in an empty project, once and without the network. */
export default function setup(project: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'auth0-logout-dist-'));
  const consumer = join(folder, 'consumer');
  mkdirSync(consumer);
  writeFileSync(join(consumer, 'package.json'), '{ "name": "consumer", "private": true }');

  const [packed] = JSON.parse(
    npm(root, 'pack', '--json', '--ignore-scripts', '--pack-destination', folder),
  ) as [{ filename: string; files: { path: string }[] }];
  npm(consumer, 'install', '--offline', '--ignore-scripts', join(folder, packed.filename));

  project.provide('consumer', consumer);
  project.provide(
    'packedFiles',
    packed.files.map(({ path }) => path),
  );
  return () => rmSync(folder, { recursive: true, force: true });
}

function npm(cwd: string, ...args: readonly string[]): string {
  const options = { cwd, encoding: 'utf8', shell: process.platform === 'win32' } as const;
  return execFileSync('npm', [...args, '--silent'], options);
}
