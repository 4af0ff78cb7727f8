import { Texts } from '../ui.mjs';

/** Japanese. */
declare const texts: Texts;

export { texts };
