import { findField, type FoundField } from './find-field.js';
import { readField } from './read-field.js';
import { real } from '../env.js';

/** Where an event of this node would lead to. */
const pathOf = (node: Node | null | undefined): Node[] =>
  node ? [node, ...pathOf(real(node, 'parentNode') ?? real(node as ShadowRoot, 'host'))] : [];

/**
 * Finds what a person has edited before anybody listened: of the fields that say so (Selectors 4,
 * `:user-valid`; where a browser knows it) and the one they are in, which says nothing before they
 * leave it, those that hold something else than the document says.
 */
export function alreadyEdited(root: Document | Element, page: Document): FoundField[] {
  const edited: Element[] = [];
  let active = real(page, 'activeElement');
  for (; active; active = active.shadowRoot?.activeElement ?? null) edited.push(active);
  try {
    edited.push(...real(root, 'querySelectorAll')(':user-valid,:user-invalid'));
  } catch {
    // This browser does not know it.
  }
  return edited.flatMap((element) => {
    const path = pathOf(element);
    const found = path.includes(root) && findField(path);
    // What says nothing of how it was is taken for untouched.
    const original = found ? readField(found[0], 'set') : undefined;
    return found && original !== undefined && original !== readField(found[0]) ? [found] : [];
  });
}
