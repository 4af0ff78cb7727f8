import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import terser from '@rollup/plugin-terser';
import typescript from '@rollup/plugin-typescript';
import dts from 'rollup-plugin-dts';

/** The languages besides English, which is built in. */
export const languages = ['ar', 'de', 'es', 'fr', 'it', 'ja', 'ko', 'nl', 'pl', 'pt', 'zh'];

/**
 * Every entry that is imported by name: `dist/<name>.mjs` with `types/<name>.d.mts`. A line here
 * goes with one in `exports` of package.json; a test compares the two.
 */
export const entries = {
  index: 'src/index.ts',
  forms: 'src/forms.ts',
  ui: 'src/ui.ts',
  ...Object.fromEntries(languages.map((tag) => [`languages/${tag}`, `src/languages/${tag}.ts`])),
};

/** The one file for script tags and `require`, and the global that it makes. */
export const script = {
  name: 'auth0-logout.umd',
  source: 'src/script-tag.ts',
  global: 'auth0Logout',
};

const ES2020 = 2020;

/** A classic script is read in the encoding of its page, whatever that is. */
const format = { ascii_only: true };

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

/**
 * The script finds the languages beside it, by one `import()` that no bundler has to follow. What a
 * script from another site without `crossorigin` imports is resolved against nothing (HTML, "muted
 * errors"): there the address is the tag's.
 */
const languagesBeside = () => ({
  name: 'languages-beside',
  load: (id) =>
    id.endsWith('/language-files.ts')
      ? `import { real } from '../env.js';
         const script = typeof Document === 'function' ? real(document, 'currentScript') : null;
         const isMuted =
           script && script.src && script.crossOrigin === null &&
           new URL(script.src).origin !== location.origin;
         const base = isMuted ? new URL('.', script.src) : './';
         export const languageFiles = {};
         for (const tag of '${languages.join(' ')}'.split(' '))
           languageFiles[tag] = () => import(base + 'languages/' + tag + '.js');`
      : null,
});

/**
 * Makes the file of a language that a script tag, or the script build's `import()`, loads: it leaves
 * its texts where the dialogs look for them.
 */
const languageScript = (tag) => {
  const built = resolve(`dist/languages/${tag}.mjs`);
  return {
    input: { [tag]: tag },
    plugins: [
      {
        name: 'language-script',
        resolveId: (id) => (id === tag ? tag : null),
        load: (id) =>
          id === tag
            ? `import { texts } from ${JSON.stringify(built)};
               const page = globalThis;
               const key = Symbol.for('auth0-logout texts');
               (page[key] = page[key] || {}).${tag} = texts;`
            : { code: readFileSync(id, 'utf8'), map: readFileSync(`${id}.map`, 'utf8') },
      },
    ],
    output: {
      dir: 'dist/languages',
      format: 'iife',
      entryFileNames: '[name].js',
      sourcemap: true,
      plugins: [terser({ ecma: ES2020, format })],
    },
  };
};

/**
 * What a page loads later, beside the one file that it starts with. The two are built apart, and each
 * has its own copy of the few small functions that both need: shared with what is loaded later, a file
 * would bring along, in a bundler, all that any of them needs. One class is shared, for `instanceof`.
 */
const later = {
  'shared/steps': 'src/steps.ts',
  'shared/ask': 'src/ask.ts',
  'shared/beyond-storage': 'src/credentials/beyond-storage.ts',
  'shared/errors': 'src/errors.ts',
};

const builtApart = {
  name: 'built-apart',
  async resolveId(source, importer) {
    if (!importer) return null;
    const { id } = (await this.resolve(source, importer, { skipSelf: true })) ?? {};
    const name = Object.keys(later).find((one) => id === resolve(later[one]));
    return name ? { id: `./${name}.mjs`, external: 'absolute' } : null;
  },
};

/**
 * What a page loads ahead of need runs once, at a click: compiled when it is loaded, it does not have
 * to be compiled function by function then, which costs as much as all that a logout does
 * (https://v8.dev/blog/explicit-compile-hints). What a page starts with is left to the browser.
 */
const compileAhead = ({ name }) =>
  /^(shared\/(steps|beyond-storage)|env|failures|federated-advice)$/.test(name)
    ? '//# allFunctionsCalledOnLoad'
    : '';

const { index: start, ...others } = entries;

export default [
  {
    input: { index: start },
    plugins: [builtApart, compile()],
    output: { dir: 'dist', format: 'es', entryFileNames: '[name].mjs', sourcemap: true },
  },
  {
    // All others in one build: what several of them need becomes a chunk and is shipped once.
    input: { ...others, ...later },
    plugins: [compile()],
    output: {
      dir: 'dist',
      format: 'es',
      entryFileNames: '[name].mjs',
      chunkFileNames: 'shared/[name].mjs',
      hoistTransitiveImports: false,
      banner: compileAhead,
      sourcemap: true,
    },
  },
  {
    input: { [script.name]: script.source },
    plugins: [languagesBeside(), compile()],
    output: {
      dir: 'dist',
      format: 'umd',
      name: script.global,
      // By a script tag beside an AMD loader it runs all the same: the loader would not run it.
      banner: '(function (define) {',
      footer: '})();',
      exports: 'named',
      entryFileNames: '[name].js',
      inlineDynamicImports: true,
      freeze: false,
      generatedCode: { preset: 'es2015', symbols: false },
      sourcemap: true,
      plugins: [
        terser({ ecma: ES2020, format, compress: { passes: 6, unsafe_arrows: true } }),
        integrity(),
      ],
    },
  },
  ...languages.map(languageScript),
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
