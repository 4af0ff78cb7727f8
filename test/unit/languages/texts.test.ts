import { describe, expect, test } from 'vitest';
import { english } from '../../../src/languages/en.js';
import type { PluralText, Texts } from '../../../src/languages/texts.js';
import { fillText, countTabs } from '../../../src/ui/fill-text.js';
import { languageFiles } from '../../../src/ui/language-files.js';
import { languageFor } from '../../../src/ui/language-for.js';

const languages = await Promise.all(
  Object.entries(languageFiles).map(
    async ([tag, load]) => [tag, (await load()).texts] as [string, Texts],
  ),
);

const placeholders = (text: string | PluralText): string[] =>
  (typeof text === 'string' ? [text] : Object.values(text)).flatMap(
    (form) => form.match(/\{\w+\}/g) ?? [],
  );
const forms = (text: string | PluralText): string[] =>
  typeof text === 'string' ? [text] : Object.values(text);

test('there are eleven languages besides English', () => {
  expect(languages.map(([tag]) => tag)).toEqual('ar de es fr it ja ko nl pl pt zh'.split(' '));
});

describe.each(languages)('%s', (tag, texts) => {
  test('is what it says it is', () => {
    expect(new Intl.Locale(texts.lang).language).toBe(tag);
    expect(texts.dir).toBe(tag === 'ar' ? 'rtl' : 'ltr');
  });

  test('says everything that English says, and nothing else', () => {
    expect(Object.keys(texts).sort()).toEqual(Object.keys(english).sort());
  });

  test.each(Object.keys(english) as (keyof Texts)[])('%s has the values of English', (key) => {
    expect([...new Set(placeholders(texts[key]))].sort()).toEqual(
      key === 'tabs' ? ['{n}'] : placeholders(english[key]).sort(),
    );
    for (const form of forms(texts[key])) {
      expect(form.trim()).toBe(form);
      expect(form).not.toBe('');
    }
  });

  test('has a form for every number of tabs', () => {
    const needed = new Intl.PluralRules(texts.lang).resolvedOptions().pluralCategories;
    // Whole numbers of tabs only: a category for fractions or millions needs no form of its own.
    const rules = new Intl.PluralRules(texts.lang);
    const used = new Set(Array.from({ length: 200 }, (_, n) => rules.select(n)));
    expect(Object.keys(texts.tabs)).toEqual(expect.arrayContaining([...used]));
    expect(needed).toEqual(expect.arrayContaining(Object.keys(texts.tabs)));
    for (const n of [1, 2, 3, 5, 11, 21, 100]) {
      expect(countTabs(texts, n)).not.toContain('{');
    }
  });

  test('leaves nothing in English', () => {
    const same = (Object.keys(english) as (keyof Texts)[]).filter(
      (key) => texts[key] === english[key] && key !== 'dir',
    );
    expect(same).toEqual([]);
    const words = Object.values(texts).flatMap((text) => forms(text as string | PluralText));
    expect(words.join(' ')).not.toMatch(
      /\b(the|your|you|this|sign(ed)?|log(ged)? (in|out)|and)\b/i,
    );
  });

  test('keeps the three buttons of the question apart', () => {
    expect(new Set([texts.save, texts.discard, texts.cancel]).size).toBe(3);
  });
});

test.each([
  ['en', 1, 'In 1 tab'],
  ['en', 2, 'In 2 tabs'],
  ['de', 1, 'In 1 Tab'],
  ['pl', 1, 'W 1 karcie'],
  ['pl', 3, 'W 3 kartach'],
  ['pl', 22, 'W 22 kartach'],
  ['ja', 3, '3'],
  ['ar', 2, 'في علامتي تبويب'],
])('in %s, %d tabs are "%s"', (tag, n, said) => {
  const texts = Object.fromEntries(languages)[tag] ?? english;
  expect(countTabs(texts, n)).toContain(said);
});

test('a name in Latin letters does not turn Arabic around', () => {
  expect(fillText({ dir: 'rtl' }, 'من {provider}', { provider: 'Google' })).toBe(
    'من \u2068Google\u2069',
  );
  expect(fillText({ dir: 'ltr' }, 'of {provider}', { provider: '{error}' })).toBe('of {error}');
});

test.each([
  ['', 'en'],
  ['en-GB', 'en'],
  ['de', 'de'],
  ['DE-at', 'de'],
  [' fr-CA ', 'fr'],
  ['pt_BR', 'pt'],
  ['es-419', 'es'],
  ['zh', 'zh'],
  ['zh-CN', 'zh'],
  ['zh-Hans-TW', 'zh'],
  ['zh-Hant', 'en'],
  ['zh-TW', 'en'],
  ['zh-HK', 'en'],
  ['zh-MO', 'en'],
  ['ar-EG', 'ar'],
  ['den', 'en'],
  ['sv', 'en'],
  ['constructor', 'en'],
  ['__proto__', 'en'],
])('a page in "%s" is spoken to in %s', (lang, tag) => {
  expect(languageFor(lang)).toBe(tag);
});
