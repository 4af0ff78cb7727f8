import { alreadyEdited } from './already-edited.js';
import { type FieldEdit, fieldsOf } from './field-edit.js';
import {
  findField,
  type FoundField,
  isCustom,
  isRegion,
  isUnseen,
  markSecrets,
} from './find-field.js';
import { type EditGuard, guardOwner } from './guard-owner.js';
import { listen } from './listen.js';
import { readField, type Unannounced } from './read-field.js';
import { real } from '../env.js';

/** What comes after a value has changed. */
const LATE = ['input', 'change', 'click'];
/** What comes before it, where an editor may prevent that and write by itself. */
const EARLY = ['keydown', 'beforeinput', 'paste', 'cut', 'drop'];
const TYPES = ['focusin', 'pointerdown', ...EARLY, ...LATE];

/** A key that writes; others move about. */
const WRITES = /^(.|Enter|Backspace|Delete)$/u;
/** With Ctrl or Command: select all, copy, find, print, save; by place on a keyboard without these letters. */
const READS = /^(Key)?[acfps]$/i;

/** What people type in parts, with an `input` only once all of them are there. */
const IN_PARTS = /^(date|month|time|week)/;

/** How many forms that are out of the page are kept, the last ones that were edited. */
const GONE_TO_KEEP = 20;

/** What has been guarded before in this page. */
const begun = new WeakSet<Node>();

/** What was unsaved where guarding has just stopped: an effect that runs anew stops and begins in one task. */
const handedOver = new WeakMap<Node, ReadonlyMap<Element, Map<Element, FieldEdit>>>();

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
  const page = (real(root, 'ownerDocument') ?? root) as Document;
  const view = real(page, 'defaultView');
  /** Somebody asks whether this page may be left. */
  let unloading = false;
  const unload = (): void => {
    unloading = true;
    view!.setTimeout(() => (unloading = false));
  };

  const keepGuarded = (owner: Element, fields: ReadonlyMap<Element, FieldEdit>): void => {
    // A form that is gone may come back with its edits, as those of kept-alive components do. Not
    // all can be kept alive: an older one is guarded again when somebody is in it.
    const gone = [...guarded].filter(([other]) => !real(other, 'isConnected'));
    gone.slice(0, -GONE_TO_KEEP).forEach(([, release]) => release());
    const onEnd = (): unknown => guarded.delete(owner);
    guarded.set(
      owner,
      guardOwner(owner, fields, view!, guard, () => unloading, onEnd),
    );
  };

  const heard = new WeakSet<Element>();
  let stopped = false;

  /** Something has come that is about this field. `before`: an edit, that came without warning. */
  const note = ([element, owner]: FoundField, isEdit: boolean, before?: Unannounced): void => {
    const fields = known.get(owner) ?? new Map<Element, FieldEdit>();
    known.set(owner, fields);
    let field = fields.get(element);
    // Until it is edited, a field may also change by script.
    if (!field || !(before || field.edited)) {
      fields.set(element, (field = { original: readField(element, before), edited: false }));
      if (before === 'set') {
        const now = readField(element);
        // What nobody has been in is as its script has made it, where the document says nothing of it.
        if (field.original === undefined) field.original = now;
        else if (field.original === now && isUnseen(element)) field.original = undefined;
      }
    }
    field.edited ||= isEdit;
    if (isEdit) field.beside = fieldsOf(owner);
    if (!guarded.has(owner) && [...fields.values()].some(({ edited }) => edited)) {
      keepGuarded(owner, fields);
    }
  };
  const notice = (event: Event): void => {
    if (stopped) return;
    const { type, isTrusted } = event;
    const path = event.composedPath();
    if (/^(focusin|pointerdown)$/.test(type)) markSecrets(path[0] as Element);
    const found = findField(path);
    if (!found) return;
    const [element] = found;
    const { type: kind } = element as HTMLInputElement;
    const isClick = type === 'click';
    // What a real click toggles says so itself. Another event of that name toggles nothing (DOM,
    // "activation behavior"), but is how a widget tells a checkbox of its own.
    if (isClick && ('button' in event || !/^(checkbox|radio)$/.test(kind))) return;
    // Its own events do not leave a shadow root around it.
    if (isCustom(element) && !heard.has(element)) {
      heard.add(element);
      listen(element, LATE, notice);
    }
    // Widgets pass on what an application loads in the same way as what a person does.
    const isLoaded =
      !isTrusted &&
      (isClick || isUnseen(element)) &&
      view!.navigator.userActivation?.isActive === false;
    const isLate = !isLoaded && LATE.includes(type);
    const { key, code, ctrlKey, metaKey, altKey, shiftKey } = event as KeyboardEvent;
    const isShortcut =
      (ctrlKey || metaKey) && !altKey && !shiftKey && READS.test(key > '~' ? code : key);
    // Editors that write by themselves prevent these, and then there is no `input`.
    const writes =
      EARLY.includes(type) &&
      (isRegion(element) || IN_PARTS.test(kind)) &&
      (!key || (WRITES.test(key) && !isShortcut));
    note(found, isLate || writes, isLate ? (isTrusted ? 'toggled' : 'set') : undefined);
  };

  const stop = listen(root, TYPES, notice, true);
  // What was typed before this script had come; later on, it may have been sent since.
  if (!begun.has(root)) {
    for (const found of alreadyEdited(root, page)) note(found, true, 'set');
  }
  begun.add(root);
  handedOver.get(root)?.forEach((fields, owner) => {
    known.set(owner, fields);
    keepGuarded(owner, fields);
  });
  // Before whoever warns.
  view?.addEventListener('beforeunload', unload, true);
  return () => {
    stop();
    stopped = true;
    view?.removeEventListener('beforeunload', unload, true);
    handedOver.set(root, new Map([...guarded.keys()].map((owner) => [owner, known.get(owner)!])));
    view?.setTimeout(() => handedOver.delete(root));
    guarded.forEach((release) => release());
  };
}
