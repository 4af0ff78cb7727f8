import { Texts } from '../ui.mjs';

/** Spanish. */
declare const texts: Texts;

export { texts };
