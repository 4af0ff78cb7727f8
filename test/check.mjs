/**
 * Runs every check, all of them also when one fails, and ends with one line: `N passed, N failed`.
 * `npm run check -- lint types` runs only the checks named.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'auth0-logout-check-'));
const vitestReport = join(scratch, 'vitest.json');
/** A check that takes this long hangs. */
const LONGEST_CHECK_MS = 45 * 60_000;

/**
 * What there is to check, each a script `check:<name>` of package.json but the build. The build comes
 * first, because what follows looks at what it made.
 */
const checks = {
  build: buildKeepsTypes,
  format: () => npmRun('check:format'),
  lint: () => npmRun('check:lint'),
  types: () => npmRun('check:types'),
  unused: () => npmRun('check:unused'),
  package: () => npmRun('check:package'),
  syntax: () => npmRun('check:syntax'),
  size: () => npmRun('check:size'),
  tests: () =>
    npmRun(
      'check:tests',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${vitestReport}`,
    ),
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in checks));
if (unknown.length) {
  console.error(
    `No such check: ${unknown.join(', ')}. There are: ${Object.keys(checks).join(', ')}`,
  );
  process.exit(2);
}

try {
  process.exitCode = (await runChecks()) === 0 ? 0 : 1;
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

/** Runs what is wanted, prints the closing line and answers how much failed. */
async function runChecks() {
  const failed = [];
  for (const [name, check] of Object.entries(checks)) {
    if (wanted.length && !wanted.includes(name)) continue;
    console.log(`\n── ${name}`);
    const start = performance.now();
    const ok = await check();
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    console.log(`── ${name}: ${ok ? 'ok' : 'FAILED'} (${seconds} s)`);
    if (!ok) failed.push(name);
  }

  const tests = countTests();
  if (tests.skipped) console.log(`\n${tests.skipped} tests did not run, which counts as failing.`);
  // A test file that does not even load has no failed test: then the step itself counts.
  const failedSteps = failed.filter((name) => name !== 'tests' || tests.failed === 0);
  if (failed.length) console.log(`\nFailed: ${failed.join(', ')}`);
  const failures = tests.failed + failedSteps.length;
  console.log(`\n${tests.passed} passed, ${failures} failed`);
  return failures;
}

/** What vitest counted. A test that was skipped says nothing, so it does not count as passed. */
function countTests() {
  try {
    const report = JSON.parse(readFileSync(vitestReport, 'utf8'));
    const { numTotalTests, numPassedTests, numFailedTests } = report;
    return {
      passed: numPassedTests,
      failed: numTotalTests - numPassedTests,
      skipped: numTotalTests - numPassedTests - numFailedTests,
    };
  } catch {
    return { passed: 0, failed: 0, skipped: 0 };
  }
}

/** Builds, and compares the declarations with those that are in the repository. */
async function buildKeepsTypes() {
  const before = readDeclarations();
  if (!(await npmRun('build'))) return false;
  const after = readDeclarations();
  const changed = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (file) => before[file] !== after[file],
  );
  if (changed.length === 0) return true;
  console.error(`types/ was out of date and is written anew; commit it: ${changed.join(', ')}`);
  return false;
}

/** @returns {Record<string, string>} */
function readDeclarations() {
  const folder = join(root, 'types');
  try {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true });
    return Object.fromEntries(
      files
        .filter((entry) => entry.isFile())
        .map(({ parentPath, name }) => join(parentPath, name))
        .map((path) => [path.slice(root.length), readFileSync(path, 'utf8')]),
    );
  } catch {
    return {};
  }
}

/** Runs a script of package.json, and answers whether it succeeded. */
function npmRun(script, ...args) {
  return new Promise((resolve, reject) => {
    const child = spawn('npm', ['run', '--silent', script, '--', ...args], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      shell: process.platform === 'win32',
      timeout: LONGEST_CHECK_MS,
    });
    child.on('error', reject);
    child.on('close', (code) => resolve(code === 0));
  });
}
