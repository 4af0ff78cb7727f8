import { Texts } from '../ui.mjs';

/** Arabic. */
declare const texts: Texts;

export { texts };
