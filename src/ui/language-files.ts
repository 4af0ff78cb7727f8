import type { Texts } from '../languages/texts.js';

/** A language that the texts exist in. */
export type LanguageTag =
  'ar' | 'de' | 'en' | 'es' | 'fr' | 'it' | 'ja' | 'ko' | 'nl' | 'pl' | 'pt' | 'zh';

type LanguageFile = () => Promise<{ readonly texts?: Texts }>;

/**
 * Where each language is, besides English. Every import is written out, so that bundlers find the
 * files. Beside the script-tag build the same names are scripts that register themselves and export
 * nothing (`rollup.config.mjs`); `import()` loads them also where Trusted Types forbid to set a
 * script's address.
 */
export const languageFiles: Record<Exclude<LanguageTag, 'en'>, LanguageFile> = {
  ar: () => import('../languages/ar.js'),
  de: () => import('../languages/de.js'),
  es: () => import('../languages/es.js'),
  fr: () => import('../languages/fr.js'),
  it: () => import('../languages/it.js'),
  ja: () => import('../languages/ja.js'),
  ko: () => import('../languages/ko.js'),
  nl: () => import('../languages/nl.js'),
  pl: () => import('../languages/pl.js'),
  pt: () => import('../languages/pt.js'),
  zh: () => import('../languages/zh.js'),
};
