import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, inject, it } from 'vitest';
import { readmePath } from './readme-facts.mjs';

const readme = readFileSync(readmePath, 'utf8');
const path = join(inject('consumer'), 'node_modules/auth0-logout/types/index.d.mts');
const program = ts.createProgram([path], {
  skipLibCheck: true,
  lib: ['lib.es2020.d.ts', 'lib.dom.d.ts'],
});
const checker = program.getTypeChecker();
const exported = checker.getExportsOfModule(
  checker.getSymbolAtLocation(program.getSourceFile(path)!)!,
);

const typeOf = (name: string): ts.Type =>
  checker.getDeclaredTypeOfSymbol(exported.find((symbol) => symbol.name === name)!);
const membersOf = (name: string): string[] =>
  typeOf(name)
    .getProperties()
    .map((property) => property.name);
const wordsOf = (name: string): string[] =>
  (typeOf(name) as ts.UnionType).types.map((type) => (type as ts.StringLiteralType).value);

/** All that stands in code, in a sample or between backticks. */
const code = (readme.match(/```[^]*?```|`[^`]+`/g) ?? []).join('\n');
const isNamed = (word: string): boolean => new RegExp(`\\b${word}\\b`).test(code);

describe('the README names', () => {
  it.each([
    ['every option of a session', membersOf('LogoutConfig'), 'stepTimeoutMs'],
    ['every option of a logout', membersOf('LogoutOptions'), 'localOnly'],
    ['everything that can be cleared', membersOf('ClearOptions'), 'indexedDB'],
    ['every part of a result', membersOf('LogoutResult'), 'status'],
    ['every method of a session', membersOf('LogoutSession'), 'nextLogin'],
    ['every code of an error', wordsOf('LogoutErrorCode'), 'not_a_browser'],
  ])('%s', (_what, names, one) => {
    expect(names).toContain(one);
    expect(names.filter((name) => !isNamed(name))).toEqual([]);
  });
});

it('the README begins with two samples of at most eight lines, and then the two commands', () => {
  const blocks = readme.match(/```[^]*?\n```/g)!.map((block) => block.split('\n').slice(1, -1));
  const [script, module, demo, tests] = blocks;

  for (const sample of [script!, module!]) expect(sample.length).toBeLessThanOrEqual(8);
  expect([demo, tests]).toEqual([['npm ci && npm run demo'], ['npm ci && npm test']]);
});
