import { demand } from '../errors.js';
import type { ClearOptions } from './clear-options.js';

const isText = (value: unknown): boolean => !!value && typeof value === 'string';
const isPattern = (value: unknown): boolean => isText(value) || value instanceof RegExp;
const isCookie = (value: unknown): boolean =>
  isText(value) || isText((value as { name?: unknown } | null)?.name);

/** The words that a field takes, and what each item of its list has to be, where it takes one. */
type Field = readonly [words: string, isItem?: (value: unknown) => boolean];

const FIELDS = new Map<string, Field>(
  Object.entries({
    tokens: ['issued any none'],
    localStorage: ['all', isPattern],
    sessionStorage: ['all', isPattern],
    indexedDB: ['all', isText],
    caches: ['all', isText],
    keep: ['', isPattern],
    cookies: ['', isCookie],
  } satisfies Record<keyof ClearOptions, Field>),
);

/**
 * Looks at what an application wants cleared: a list that is none would be found out when half of
 * the rest is gone.
 *
 * @throws LogoutError `conflicting_options` naming what is wrong
 */
export function checkClear(clear: ClearOptions = {}): void {
  demand(Object(clear) === clear, 'clear must be an object.');
  for (const [name, value] of Object.entries(clear) as [string, unknown][]) {
    const [words = '', isItem] = FIELDS.get(name) ?? [];
    const isWord = isText(value) && words.split(' ').includes(value as string);
    const isList = isItem && Array.isArray(value) && value.every(isItem);
    const fits = [words, isItem && 'a list of names'].filter(Boolean).join(' or ');
    demand(value === undefined || isWord || isList, `clear.${name} must be ${fits || 'left out'}.`);
  }
}
