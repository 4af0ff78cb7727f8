import { real } from '../env.js';

/** Listens to several types of event on an element or a document. The returned function stops it. */
export function listen(
  target: Document | Element,
  types: readonly string[],
  listener: (event: Event) => void,
  capture = false,
): () => void {
  const each = (method: 'addEventListener' | 'removeEventListener'): void =>
    types.forEach((type) => real(target, method)(type, listener, capture));
  each('addEventListener');
  return () => each('removeEventListener');
}
