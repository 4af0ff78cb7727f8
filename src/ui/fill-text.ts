import type { Texts } from '../languages/texts.js';

/**
 * Puts values in the place of their names in braces. Where the text runs from right to left, a value
 * is set apart (Unicode's isolates), so that a name in Latin letters cannot turn the rest around.
 */
export const fillText = (
  { dir }: Pick<Texts, 'dir'>,
  text: string,
  values: Readonly<Record<string, string>>,
): string =>
  text.replace(/\{(\w+)\}/g, (braces, name: string) => {
    const value = values[name] ?? braces;
    return dir === 'rtl' ? `\u2068${value}\u2069` : value;
  });

/** Says in how many tabs: the form that the language has for this number, with the number in it. */
export const countTabs = (texts: Pick<Texts, 'dir' | 'lang' | 'tabs'>, n: number): string =>
  fillText(texts, texts.tabs[new Intl.PluralRules(texts.lang).select(n)] ?? texts.tabs.other, {
    n: n.toLocaleString(texts.lang),
  });
