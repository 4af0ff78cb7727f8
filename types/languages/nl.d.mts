import { Texts } from '../ui.mjs';

/** Dutch. */
declare const texts: Texts;

export { texts };
