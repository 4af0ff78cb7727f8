import {
  findField,
  type FoundField,
  isCustom,
  isRegion,
  isUnseen,
  markSecrets,
} from './find-field.js';
import { labelOf } from './label-of.js';
import { readField, type State, type Unannounced } from './read-field.js';
import { real } from '../env.js';

/** A field of a form: what it held, and whether a person has edited it since. */
interface FieldEdit {
  original: State;
  edited: boolean;
  /** What there was to fill in when it was last edited. */
  beside?: readonly Element[];
}

/** A form that may have to be saved. */
export interface EditGuard {
  readonly label: () => string;
  readonly isDirty: () => boolean;
}

/** What comes after a value has changed. */
const LATE = ['input', 'change', 'click'];
/** What comes before it, where an editor may prevent that and write by itself. */
const EARLY = ['keydown', 'beforeinput', 'paste', 'cut', 'drop'];
const TYPES = ['focusin', 'pointerdown', ...EARLY, ...LATE];

/** A key that writes; others move about. */
const WRITES = /^(.|Enter|Backspace|Delete)$/u;

/** What people type in parts, with an `input` only once all of them are there. */
const IN_PARTS = /^(date|month|time|week)/;

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

/** What a person can fill in in a form now. */
const fieldsOf = (owner: Element): HTMLInputElement[] =>
  ([...(real(owner as HTMLFormElement, 'elements') ?? [])] as HTMLInputElement[]).filter(
    ({ type }) => !/^(hidden|button|submit|reset|fieldset|output)$/.test(type),
  );

/**
 * Says whether a field that is out of its form took its edit along: a row that was removed again,
 * while others stay and nothing comes in its place; or one whose place another has taken that is
 * called the same, and reads as this one once did. What has made way for the next step of a form is
 * not gone: the page may keep what was typed.
 */
const isGone = (
  { name }: Partial<HTMLInputElement>,
  { original, beside = [] }: FieldEdit,
  now: readonly HTMLInputElement[],
): boolean =>
  (!!now[0] && now.every((other) => beside.includes(other))) ||
  now.some((other) => name && other.name === name && readField(other) === original);

/** What has been guarded before in this page. */
const begun = new WeakSet<Node>();

/**
 * What a person may have edited already: fields that say so (Selectors 4, `:user-valid`; where a
 * browser knows it), and the one they are in, which says nothing before they leave it.
 */
function alreadyEdited(root: Document | Element, page: Document): Element[] {
  const edited: Element[] = [];
  let active = real(page, 'activeElement');
  for (; active; active = active.shadowRoot?.activeElement ?? null) edited.push(active);
  try {
    edited.push(...real(root, 'querySelectorAll')(':user-valid,:user-invalid'));
  } catch {
    // This browser does not know it.
  }
  return edited;
}

/** Where an event of this node would lead to. */
const pathOf = (node: Node | null | undefined): Node[] =>
  node ? [node, ...pathOf(real(node, 'parentNode') ?? (node as ShadowRoot).host)] : [];

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

  const guardOwner = (owner: Element, fields: Map<Element, FieldEdit>): void => {
    // A form that is gone may come back with its edits, as those of kept-alive components do. Not
    // all can be kept alive: an older one is guarded again when somebody is in it.
    const gone = [...guarded].filter(([other]) => !real(other, 'isConnected'));
    gone.slice(0, -GONE_TO_KEEP).forEach(([, release]) => release());
    const end = (): void => {
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
      listen(owner, ['submit'], ({ target }) => target === owner && end()),
      // Whoever prevents a reset may hear of it later, and the fields change only afterwards.
      listen(owner, ['reset'], (event) => {
        view!.setTimeout(() => event.target === owner && !event.defaultPrevented && end());
      }),
      // All that `form.submit()` is heard of by; a page may also read its data and stay.
      listen(owner, ['formdata'], () => (read = performance.now())),
      guard({
        label: () => labelOf(owner),
        isDirty: () =>
          real(owner, 'isConnected') &&
          !(unloading && performance.now() - read < SENT_MS) &&
          [...fields].some(
            ([element, field]) =>
              field.edited &&
              // A region that cannot be edited any more is done with.
              (element !== owner || isRegion(element)) &&
              (field.original === undefined || readField(element) !== field.original) &&
              (element.isConnected || !isGone(element as HTMLInputElement, field, fieldsOf(owner))),
          ),
      }),
    ];
    const release = (): void => {
      guarded.delete(owner);
      stops.forEach((stop) => stop());
    };
    guarded.set(owner, release);
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
      guardOwner(owner, fields);
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
    const { key } = event as KeyboardEvent;
    // Editors that write by themselves prevent these, and then there is no `input`.
    const writes =
      EARLY.includes(type) &&
      (isRegion(element) || IN_PARTS.test(kind)) &&
      (!key || WRITES.test(key));
    note(found, isLate || writes, isLate ? (isTrusted ? 'toggled' : 'set') : undefined);
  };

  const stop = listen(root, TYPES, notice, true);
  // What was typed before this script had come; later on, it may have been sent since.
  if (!begun.has(root)) {
    for (const element of alreadyEdited(root, page)) {
      const path = pathOf(element);
      const found = path.includes(root) && findField(path);
      // What says nothing of how it was is taken for untouched.
      const original = found ? readField(found[0], 'set') : undefined;
      if (found && original !== undefined && original !== readField(found[0])) {
        note(found, true, 'set');
      }
    }
  }
  begun.add(root);
  // Before whoever warns.
  view?.addEventListener('beforeunload', unload, true);
  return () => {
    stop();
    stopped = true;
    view?.removeEventListener('beforeunload', unload, true);
    guarded.forEach((release) => release());
  };
}
