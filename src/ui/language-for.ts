import { languageFiles, type LanguageTag } from './language-files.js';

/**
 * Finds the language for what a page says in its `lang`: by the first part of the tag, whatever the
 * region (`de-AT` is `de`, `pt-BR` is `pt`). `zh` is simplified Chinese, so a tag that says
 * traditional script (`zh-Hant`), or a region that writes it and no script (`zh-TW`, `zh-HK`,
 * `zh-MO`), gets English, like every language that is not there.
 *
 * @example
 * languageFor('fr-CA'); // 'fr'
 */
export function languageFor(lang: string): LanguageTag {
  const tag = lang.trim().toLowerCase();
  const primary = tag.split(/[-_]/)[0]!;
  return !Object.keys(languageFiles).includes(primary) ||
    /^zh(?!.*hans).*[-_](hant|tw|hk|mo)\b/.test(tag)
    ? 'en'
    : (primary as LanguageTag);
}
