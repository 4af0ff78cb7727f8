/** Counts static imports and, of what is loaded later by a dynamic import, only what `counts` names. */
const without = (counts) => (config) => ({
  ...config,
  format: 'esm',
  plugins: [
    {
      name: 'leave-dynamic-imports',
      setup: (build) =>
        build.onResolve({ filter: /.*/ }, ({ path, kind }) =>
          kind === 'dynamic-import' && !counts.test(path) ? { path, external: true } : undefined,
        ),
    },
  ],
});

const program = { path: 'dist/index.mjs', import: '{ configure, logout }' };

export default [
  // What a page starts with.
  { ...program, name: 'core', limit: '5 kB', modifyEsbuildConfig: without(/^$/) },
  // The same and what a logout needs that asks nobody.
  {
    ...program,
    name: 'logout',
    limit: '14.2 kB',
    modifyEsbuildConfig: without(/\/(steps|beyond-storage)\./),
  },
  {
    name: 'umd',
    path: 'dist/auth0-logout.umd.js',
    disablePlugins: ['@size-limit/esbuild'],
    limit: '23.6 kB',
  },
];
