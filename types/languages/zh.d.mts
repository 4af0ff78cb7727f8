import { Texts } from '../ui.mjs';

/** Chinese in simplified script. */
declare const texts: Texts;

export { texts };
