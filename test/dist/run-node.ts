import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { inject } from 'vitest';

const run = promisify(execFile);

/**
 * Runs a program with Node in the project that has the package installed, and answers what it
 * printed, parsed as JSON. Without `window` and `document`, as on a server.
 */
export async function runNode(kind: 'module' | 'commonjs', program: string): Promise<unknown> {
  const args = [`--input-type=${kind}`, '--eval', program];
  const { stdout } = await run(process.execPath, args, { cwd: inject('consumer') });
  return JSON.parse(stdout);
}
