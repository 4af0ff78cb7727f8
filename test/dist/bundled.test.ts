import { basename, join } from 'node:path';
import { type OutputChunk, rollup } from 'rollup';
import { expect, inject, it } from 'vitest';

const installed = join(inject('consumer'), 'node_modules/auth0-logout/dist/index.mjs');

/** Bundles a program that uses the packed package, as an application's build does. */
async function bundle(program: string): Promise<OutputChunk[]> {
  const build = await rollup({
    input: 'program',
    plugins: [
      {
        name: 'program',
        resolveId: (id) => (id === 'program' ? id : id === 'auth0-logout' ? installed : null),
        load: (id) => (id === 'program' ? program : null),
      },
    ],
  });
  const { output } = await build.generate({ format: 'es' });
  return output.filter((part) => part.type === 'chunk');
}

const filesIn = ({ modules }: OutputChunk): string[] =>
  Object.entries(modules).flatMap(([id, { renderedLength }]) =>
    renderedLength && id !== 'program' ? basename(id) : [],
  );

it('starts a page with one file and its errors, and loads all else later', async () => {
  const [start, ...later] = await bundle(
    "import { configure, logout } from 'auth0-logout'; window.start = [configure, logout];",
  );
  expect(start!.imports).toEqual([]);
  expect(filesIn(start!).sort()).toEqual(['errors.mjs', 'index.mjs']);
  expect(later.flatMap(filesIn)).toContain('steps.mjs');
});

it('brings nothing of a session along where only an address is built', async () => {
  const chunks = await bundle(
    "import { buildLogoutUrl } from 'auth0-logout'; window.start = buildLogoutUrl;",
  );
  expect(chunks.map(filesIn)).toEqual([['errors.mjs', 'index.mjs']]);
});
