import { Texts } from '../ui.mjs';

/** German. */
declare const texts: Texts;

export { texts };
