/** Rewrites the figures and the hash that README.md quotes: `npm run readme`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { measure, readmePath, withFacts } from './readme-facts.mjs';

const before = readFileSync(readmePath, 'utf8');
const after = withFacts(before, measure());
if (after !== before) writeFileSync(readmePath, after);
console.log(after === before ? 'README.md was up to date.' : 'README.md is up to date now.');
