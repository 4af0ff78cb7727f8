import { findField, isRegion } from './find-field.js';
import { labelOf } from './label-of.js';
import { readField, type State } from './read-field.js';
import { real } from '../env.js';

/** A field of a form: what it held, and whether a person has edited it since. */
interface FieldEdit {
  original: State;
  edited: boolean;
}

/** A form that may have to be saved. */
export interface EditGuard {
  readonly label: () => string;
  readonly isDirty: () => boolean;
}

/** What comes before a value changes, on one way or another of changing it, and what comes after. */
const TYPES = ['focusin', 'pointerdown', 'keydown', 'beforeinput', 'input', 'change'];

/** How many forms that are out of the page are kept, the last ones that were edited. */
const GONE_TO_KEEP = 20;

/** How soon after its data was read a page is left by `form.submit()`, in milliseconds. */
const SENT_MS = 100;

function listen(
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

/**
 * Guards each form from its first edit until it is submitted or reset. Nothing is read on load: a
 * field's original is what it holds when a person comes to edit it, so that what an application
 * fills in by script is no edit.
 */
export function watchEdits(
  root: Document | Element,
  guard: (guard: EditGuard) => () => void,
): () => void {
  const known = new WeakMap<Element, Map<Element, FieldEdit>>();
  const guarded = new Map<Element, () => void>();
  const view = real((real(root, 'ownerDocument') ?? root) as Document, 'defaultView');
  /** Somebody asks whether this page may be left. */
  let unloading = false;
  const unload = (): void => {
    unloading = true;
    view!.setTimeout(() => (unloading = false));
  };

  const guardOwner = (owner: Element, fields: Map<Element, FieldEdit>): void => {
    // A form that is gone may come back with its edits, as those of kept-alive components do. Not
    // all can be kept alive: an older one is guarded again when somebody is in it.
    const gone = [...guarded].filter(([other]) => !real(other, 'isConnected'));
    gone.slice(0, -GONE_TO_KEEP).forEach(([, release]) => release());
    const end = ({ target, type, defaultPrevented }: Event): void => {
      if (target !== owner || (type === 'reset' && defaultPrevented)) return;
      // What a field holds now is its original, also if its `change` is still to come.
      fields.forEach((field, element) => {
        field.original = readField(element);
        field.edited = false;
      });
      release();
    };
    let read = -Infinity;
    // On the form itself: no such event leaves a shadow root.
    const stops = [
      listen(owner, ['submit', 'reset'], end),
      // All that `form.submit()` is heard of by; a page may also read its data and stay.
      listen(owner, ['formdata'], () => (read = performance.now())),
      guard({
        label: () => labelOf(owner),
        isDirty: () =>
          real(owner, 'isConnected') &&
          !(unloading && performance.now() - read < SENT_MS) &&
          [...fields].some(
            ([element, { original, edited }]) =>
              edited && (original === undefined || readField(element) !== original),
          ),
      }),
    ];
    const release = (): void => {
      guarded.delete(owner);
      stops.forEach((stop) => stop());
    };
    guarded.set(owner, release);
  };

  const notice = (event: Event): void => {
    const found = findField(event);
    if (!found) return;
    const [element, owner] = found;
    const { type } = event;
    const fields = known.get(owner) ?? new Map<Element, FieldEdit>();
    known.set(owner, fields);
    const isLate = /^(input|change)$/.test(type);
    // Editors that write by themselves prevent `beforeinput`, and then there is no `input`.
    const isEdit = isLate || (type === 'beforeinput' && isRegion(element));
    let field = fields.get(element);
    // Until it is edited, a field may also change by script.
    if (!field || !(isLate || field.edited)) {
      fields.set(element, (field = { original: readField(element, isLate), edited: false }));
    }
    field.edited ||= isEdit;
    if (!guarded.has(owner) && [...fields.values()].some(({ edited }) => edited)) {
      guardOwner(owner, fields);
    }
  };

  const stop = listen(root, TYPES, notice, true);
  // Before whoever warns.
  view?.addEventListener('beforeunload', unload, true);
  return () => {
    stop();
    view?.removeEventListener('beforeunload', unload, true);
    guarded.forEach((release) => release());
  };
}
