import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

export const readmePath = join(root, 'README.md');

/**
 * What the README quotes about the built files: the size of each entry of `.size-limit.mjs`, by
 * name, as in `4.1 kB`, and the hash for the script tag's `integrity`.
 *
 * @returns {{ sizes: Record<string, string>, integrity: string }}
 */
export function measure() {
  const sizeLimit = join(
    dirname(createRequire(import.meta.url).resolve('size-limit/package.json')),
    'bin.js',
  );
  // It fails when a limit is broken, and answers the sizes all the same.
  const { stdout } = spawnSync(process.execPath, [sizeLimit, '--json'], {
    cwd: root,
    encoding: 'utf8',
  });
  /** @type {{ name: string, size: number }[]} */
  const results = JSON.parse(stdout);
  const script = readFileSync(join(root, 'dist/auth0-logout.umd.js'));
  return {
    // One decimal: the same in every version of Node, whose brotli differ by a byte or two.
    sizes: Object.fromEntries(
      results.map(({ name, size }) => [name, `${(size / 1000).toFixed(1)} kB`]),
    ),
    integrity: `sha384-${createHash('sha384').update(script).digest('base64')}`,
  };
}

/**
 * Puts the facts into the text: between `<!-- size:NAME -->` and `<!-- /size -->`, and wherever a
 * `sha384-…` stands, because a sample of code cannot hold a comment that does not show.
 *
 * @param {string} text
 * @param {ReturnType<typeof measure>} facts
 */
export function withFacts(text, { sizes, integrity }) {
  return text
    .replace(
      /(<!-- size:([\w-]+) -->)[^<]*(<!-- \/size -->)/g,
      (_match, open, name, close) => `${open}${sizes[name] ?? `no such size: ${name}`}${close}`,
    )
    .replace(/sha384-[\w+/=…]*/g, integrity);
}
