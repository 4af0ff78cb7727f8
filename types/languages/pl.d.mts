import { Texts } from '../ui.mjs';

/** Polish. */
declare const texts: Texts;

export { texts };
