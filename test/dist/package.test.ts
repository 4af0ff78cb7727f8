import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { entries, languages, script } from '../../rollup.config.mjs';

const folder = join(inject('consumer'), 'node_modules/auth0-logout');
const read = (path: string): string => readFileSync(join(folder, path), 'utf8');
const manifest = JSON.parse(read('package.json')) as {
  readonly dependencies?: object;
  readonly exports: Readonly<Record<string, unknown>>;
  readonly main: string;
  readonly sideEffects: readonly string[];
  readonly unpkg: string;
  readonly jsdelivr: string;
};
const packed = inject('packedFiles');

describe('the packed package', () => {
  it('holds what is built, its types, and the papers, and nothing else', () => {
    const papers = ['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json'];
    const rest = packed.filter((path) => !/^(dist|types)\//.test(path));
    expect(rest.sort()).toEqual(papers);
    expect(
      packed.filter((path) => !/\.(m?js|m?js\.map|d\.m?ts|md|json)$|^LICENSE$/.test(path)),
    ).toEqual([]);
  });

  it('brings no other package along', () => {
    expect(manifest.dependencies).toBeUndefined();
    expect(readdirSync(join(folder, '..')).filter((name) => !name.startsWith('.'))).toEqual([
      'auth0-logout',
    ]);
  });

  it('exports every entry of the build, and names only what exists', () => {
    const subpath = (name: string): string =>
      name === 'index' ? '.' : `./${name.replace(/^languages\/.*/, 'languages/*')}`;
    expect(Object.keys(manifest.exports).sort()).toEqual(
      [...new Set(Object.keys(entries).map(subpath)), './package.json'].sort(),
    );
    const targets = pathsIn(manifest.exports).flatMap((path) =>
      path.includes('*') ? languages.map((tag) => path.replace('*', tag)) : path,
    );
    expect(targets).toContain('./dist/index.mjs');
    expect(targets.filter((path) => !existsSync(join(folder, path)))).toEqual([]);
  });

  it('holds a script of every language beside the one for script tags', () => {
    const names = languages.map((tag) => `dist/languages/${tag}.js`);
    expect(packed).toEqual(expect.arrayContaining(names));
  });

  it('serves the script to require and to the public mirrors', () => {
    const path = `./dist/${script.name}.js`;
    expect([manifest.main, manifest.unpkg, manifest.jsdelivr]).toEqual([path, path, path]);
    expect(manifest.sideEffects).toEqual([path, './dist/languages/*.js']);
  });

  it.each(packed.filter((path) => /^dist\/.*\.m?js$/.test(path)))(
    '%s has a source map with its sources inside',
    (path) => {
      expect(read(path)).toMatch(/\/\/# sourceMappingURL=[\w.-]+\.map\n?$/);
      const map = JSON.parse(read(`${path}.map`)) as {
        readonly sources: readonly string[];
        readonly sourcesContent: readonly (string | null)[];
      };
      // A file that only hands on what a shared one holds has no source of its own.
      const handsOn = /^(?:(?:import|export)[^;]+;\s*)*(?:\/\/#.*\s*)$/.test(read(path));
      if (!handsOn) {
        expect(map.sources).toContainEqual(expect.stringMatching(/^(\.\.\/)+src\/[\w/-]+\.ts$/));
      }
      expect(map.sourcesContent.every((text) => text !== null && text !== '')).toBe(true);
    },
  );

  it('declares the global beside the script', () => {
    expect(read(`types/${script.name}.d.ts`)).toMatch(/\nexport as namespace auth0Logout;\n$/);
  });
});

function pathsIn(target: unknown): string[] {
  if (typeof target === 'string') return [target];
  return Object.values(target as object).flatMap(pathsIn);
}
