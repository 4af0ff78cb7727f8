import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Builds when a source is younger than what was built, so that a test of the built files never
 * passes or fails because of yesterday's. Costs nothing when they are fresh.
 */
export default function setup(): void {
  const built = statSync(join(root, 'dist/index.mjs'), { throwIfNoEntry: false });
  const sources = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs);
  if (built && built.mtimeMs > Math.max(...sources)) return;
  const rollup = join(root, 'node_modules/rollup/dist/bin/rollup');
  execFileSync(process.execPath, [rollup, '--config', '--silent'], { cwd: root, stdio: 'inherit' });
}
