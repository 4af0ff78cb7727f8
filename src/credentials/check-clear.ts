import { demand } from '../errors.js';
import type { ClearOptions } from './clear-options.js';

/** The words that a field takes; each but `tokens` takes a list as well. */
const WORDS: Readonly<Partial<Record<string, string>>> = {
  tokens: 'issued any none',
  localStorage: 'all',
  sessionStorage: 'all',
  indexedDB: 'all',
  caches: 'all',
  keep: '',
  cookies: '',
} satisfies Record<keyof ClearOptions, string>;

/** Says whether it is a name, a pattern, or a cookie with its name. */
const isName = (value: unknown): boolean =>
  !!value && (typeof value === 'string' || value instanceof RegExp || 'name' in Object(value));

/**
 * Looks at what an application wants cleared: a list that is none would be found out when half of
 * the rest is gone.
 *
 * @throws LogoutError `conflicting_options` naming what is wrong
 */
export function checkClear(clear: ClearOptions = {}): void {
  demand(Object(clear) === clear, 'clear must be an object.');
  for (const [name, value] of Object.entries(clear) as [string, unknown][]) {
    const words = WORDS[name];
    const isList = name !== 'tokens' && Array.isArray(value) && value.every(isName);
    demand(
      value === undefined ||
        words?.split(' ').includes(value as string) ||
        (words != null && isList),
      `clear.${name} must be ${words == null ? 'left out' : words || 'a list of names'}.`,
    );
  }
}
