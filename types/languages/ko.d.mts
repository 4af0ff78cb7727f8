import { Texts } from '../ui.mjs';

/** Korean. */
declare const texts: Texts;

export { texts };
