import { demand } from '../errors.js';
import type { ClearOptions } from './clear-options.js';

const isText = (value: unknown): boolean => !!value && typeof value === 'string';
const isPattern = (value: unknown): boolean => isText(value) || value instanceof RegExp;
const isCookie = (value: unknown): boolean =>
  isText(value) || isText((value as { name?: unknown } | null)?.name);
const isNothing = (): boolean => false;

type Field = readonly [words: string, isItem: (value: unknown) => boolean];

/** The words that a field takes, and what each item of its list has to be. */
const FIELDS: Readonly<Record<keyof ClearOptions, Field>> = {
  tokens: ['issued any none', isNothing],
  localStorage: ['all', isPattern],
  sessionStorage: ['all', isPattern],
  indexedDB: ['all', isText],
  caches: ['all', isText],
  keep: ['', isPattern],
  cookies: ['', isCookie],
};

/**
 * Looks at what an application wants cleared: a list that is none would be found out when half of
 * the rest is gone.
 *
 * @throws LogoutError `conflicting_options` naming what is wrong
 */
export function checkClear(clear: ClearOptions = {}): void {
  demand(Object(clear) === clear, 'clear must be an object.');
  for (const [name, value] of Object.entries(clear) as [string, unknown][]) {
    const field = new Map<string, Field>(Object.entries(FIELDS)).get(name);
    const [words, isItem] = field ?? ['left out', isNothing];
    const isWord = field && !!value && words.split(' ').includes(value as string);
    const isList = Array.isArray(value) && isItem !== isNothing && value.every(isItem);
    const list = isItem === isNothing ? '' : 'a list of names';
    demand(
      value === undefined || isWord || isList,
      `clear.${name} must be ${[words, list].filter(Boolean).join(' or ')}.`,
    );
  }
}
