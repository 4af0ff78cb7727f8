import { Texts } from '../ui.mjs';

/** French. */
declare const texts: Texts;

export { texts };
