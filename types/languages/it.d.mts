import { Texts } from '../ui.mjs';

/** Italian. */
declare const texts: Texts;

export { texts };
