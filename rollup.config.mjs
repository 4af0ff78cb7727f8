import { createHash } from 'node:crypto';
import terser from '@rollup/plugin-terser';
import typescript from '@rollup/plugin-typescript';
import dts from 'rollup-plugin-dts';

/**
 * Every entry that is imported by name: `dist/<name>.mjs` with `types/<name>.d.mts`. A line here
 * goes with one in `exports` of package.json; a test compares the two.
 */
export const entries = {
  index: 'src/index.ts',
};

/** The one file for script tags and `require`, and the global that it makes. */
export const script = {
  name: 'auth0-logout.umd',
  source: 'src/script-tag.ts',
  global: 'auth0Logout',
};

const ES2020 = 2020;

const compile = () => typescript({ tsconfig: './tsconfig.json', noEmit: false });

/** Prints the hash that a page puts in the `integrity` attribute of its script tag. */
const integrity = () => ({
  name: 'integrity',
  writeBundle(_options, bundle) {
    for (const chunk of Object.values(bundle)) {
      if (chunk.type !== 'chunk') continue;
      // What was written ends in a comment that names the source map; `code` here already does.
      const hash = createHash('sha384').update(chunk.code).digest('base64');
      this.info(`${chunk.fileName} sha384-${hash}`);
    }
  },
});

/** Lets declarations be used beside a script tag, where there is nothing to import. */
const asGlobal = (name) => ({
  name: 'as-global',
  renderChunk: (code) => `${code.trimEnd()}\nexport as namespace ${name};\n`,
});

export default [
  {
    // All entries in one build: what several of them need becomes a chunk and is shipped once.
    input: entries,
    plugins: [compile()],
    output: {
      dir: 'dist',
      format: 'es',
      entryFileNames: '[name].mjs',
      chunkFileNames: 'shared/[name].mjs',
      sourcemap: true,
    },
  },
  {
    input: { [script.name]: script.source },
    plugins: [compile()],
    output: {
      dir: 'dist',
      format: 'umd',
      name: script.global,
      exports: 'named',
      entryFileNames: '[name].js',
      inlineDynamicImports: true,
      sourcemap: true,
      plugins: [terser({ ecma: ES2020 }), integrity()],
    },
  },
  {
    input: entries,
    plugins: [dts()],
    output: {
      dir: 'types',
      format: 'es',
      entryFileNames: '[name].d.mts',
      chunkFileNames: 'shared/[name].d.mts',
    },
  },
  {
    input: { [script.name]: script.source },
    plugins: [dts(), asGlobal(script.global)],
    output: { dir: 'types', format: 'es', entryFileNames: '[name].d.ts' },
  },
];
