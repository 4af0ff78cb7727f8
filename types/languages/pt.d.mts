import { Texts } from '../ui.mjs';

/** Portuguese, in the words of Brazil. */
declare const texts: Texts;

export { texts };
