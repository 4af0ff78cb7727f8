import { noop, real } from '../env.js';
import { bounded } from '../failures.js';
import { english } from '../languages/en.js';
import { languageFiles, type LanguageTag } from './language-files.js';
import { languageFor } from './language-for.js';
import type { Texts } from '../languages/texts.js';

/** How long a dialog waits for its language before it speaks English. */
const LOAD_TIMEOUT_MS = 1000;

type Known = { [tag in LanguageTag]?: Texts };

const loaded: Known = {};
let chosen: Texts | null = null;
let replaced: Partial<Texts> = {};

/** What scripts of languages have left; not by a name, which could be that of a frame of another site. */
const left = (): Known | undefined => Reflect.get(globalThis, Symbol.for('auth0-logout texts'));

const find = (tag: LanguageTag): Texts | undefined => chosen ?? left()?.[tag] ?? loaded[tag];

/**
 * Replaces texts in every language, in addition to those replaced before.
 *
 * @example
 * setTexts({ application: 'Acme Notes' });
 */
export function setTexts(texts: Partial<Texts>): void {
  replaced = { ...replaced, ...given(texts) };
}

/**
 * Speaks this language from now on, whatever the page's `lang` says; `null` goes back to that.
 *
 * @example
 * import { texts } from 'auth0-logout/languages/de';
 * useLanguage(texts);
 */
export function useLanguage(texts: Texts | null): void {
  chosen = texts;
}

/** What the page says it is written in at a place, which may lie in a shadow root or not be in it yet. */
function langAt(place: Element): string {
  const root = place.getRootNode();
  return (
    place.closest('[lang]')?.getAttribute('lang') ??
    (root instanceof ShadowRoot ? langAt(root.host) : real(document, 'documentElement').lang)
  );
}

/** What was given of the texts: a condition may leave one `undefined`. */
const given = (texts: Partial<Texts> = {}): Partial<Texts> =>
  Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== undefined));

/**
 * Hands over the texts for a place in the page, in the language that the page says it is in there:
 * at once when they are there, otherwise once they have loaded. English when there is no such
 * language, or when its file is missing or does not come in time.
 */
export function withTexts(
  place: Element,
  own: Partial<Texts> | undefined,
  show: (texts: Texts) => void,
): void {
  const tag = languageFor(langAt(place));
  const tell = (): void => show({ ...english, ...find(tag), ...replaced, ...given(own) });
  if (tag === 'en' || find(tag)) tell();
  else {
    const load = languageFiles[tag]().then(({ texts }) => (loaded[tag] = texts));
    // The browser itself says in the console which file it misses.
    void bounded(window, LOAD_TIMEOUT_MS, load).catch(noop).then(tell);
  }
}
