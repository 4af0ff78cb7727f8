import { execFile } from 'node:child_process';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, inject, it } from 'vitest';

const run = promisify(execFile);
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
const typeTest = (name: string): string =>
  fileURLToPath(new URL(`../types/${name}.ts`, import.meta.url));

const RESOLUTIONS = [
  { moduleResolution: 'node16', module: 'node16' },
  { moduleResolution: 'nodenext', module: 'nodenext' },
  { moduleResolution: 'bundler', module: 'preserve' },
] as const;

/** Not a module: a script beside the script tag, which knows the package by its global. */
const IN_A_SCRIPT = `
/// <reference path="../node_modules/auth0-logout/types/auth0-logout.umd.d.ts" />
const session: auth0Logout.LogoutSession = auth0Logout.createLogout({
  domain: 'tenant.eu.auth0.com',
  clientId: 'abc',
});
// @ts-expect-error no such function
auth0Logout.lgout();
`;

/** Compiles programs that use the installed package, and answers what the compiler says. */
async function compile(compilerOptions: (typeof RESOLUTIONS)[number]): Promise<string> {
  const folder = join(inject('consumer'), compilerOptions.moduleResolution);
  mkdirSync(folder);
  // The same file as a module for `import` and as one for `require`.
  copyFileSync(typeTest('core'), join(folder, 'esm.mts'));
  copyFileSync(typeTest('core'), join(folder, 'cjs.cts'));
  // Only the core is there for `require`.
  copyFileSync(typeTest('subpaths'), join(folder, 'subpaths.mts'));
  writeFileSync(join(folder, 'script.ts'), IN_A_SCRIPT);
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      compilerOptions: {
        ...compilerOptions,
        target: 'ES2022',
        lib: ['ES2022', 'DOM'],
        types: [],
        strict: true,
        exactOptionalPropertyTypes: true,
        noEmit: true,
        moduleDetection: 'auto',
        // The published declarations are checked too, not just used.
        skipLibCheck: false,
      },
      include: ['.'],
    }),
  );
  return run(process.execPath, [tsc, '-p', folder]).then(
    ({ stdout }) => stdout,
    ({ stdout }: { stdout: string }) => stdout,
  );
}

describe('the published types', () => {
  it.each(RESOLUTIONS)(
    'hold under moduleResolution $moduleResolution, by import, require and script tag',
    async (options) => expect(await compile(options)).toBe(''),
  );
});
