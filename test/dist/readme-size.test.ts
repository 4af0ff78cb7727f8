import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { measure, readmePath, withFacts } from './readme-facts.mjs';

const readme = readFileSync(readmePath, 'utf8');

describe('README.md', () => {
  it('quotes the size of the smallest program, the size of the script, and its hash', () => {
    expect(readme).toContain('<!-- size:core -->');
    expect(readme).toContain('<!-- size:umd -->');
    expect(readme).toMatch(/integrity="sha384-/);
  });

  it('quotes them as they are (`npm run readme` rewrites them)', () => {
    const facts = measure();
    expect(facts.sizes).toEqual({
      core: expect.stringMatching(/^\d+\.\d kB$/) as string,
      logout: expect.stringMatching(/^\d+\.\d kB$/) as string,
      umd: expect.stringMatching(/^\d+\.\d kB$/) as string,
    });
    expect(readme).toBe(withFacts(readme, facts));
  });
});
