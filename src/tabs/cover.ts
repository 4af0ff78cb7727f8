import { type Env, realValue } from '../env.js';

/**
 * Takes the page off the screen, dialogs and popovers included (what lies in the top layer is hidden
 * only by `display: none` of an ancestor), without an element or a style sheet of our own, so that
 * no Content-Security-Policy stands in the way. The returned function puts everything back, the
 * scroll position too.
 */
export function coverPage({ document, scrollX, scrollY, scrollTo }: Env): () => void {
  const { style } = realValue(document, 'documentElement');
  const { display } = style;
  style.setProperty('display', 'none', 'important');
  return () => {
    style.setProperty('display', display);
    scrollTo(scrollX, scrollY);
  };
}
