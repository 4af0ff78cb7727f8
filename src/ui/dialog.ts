import { real } from '../env.js';
import { element, type Content } from './elements.js';
import { mount } from './mount.js';
import type { Texts } from '../languages/texts.js';

/** What a dialog shows. It keeps hold of its nodes, and may change them while it is open. */
export interface DialogView {
  readonly texts: Texts;
  /** Names the dialog. */
  readonly title: string;
  /** What has the id `description` or `note` is read out after the name, besides what has the focus. */
  readonly content: readonly Content[];
  /** In the order of reading; the one with `autofocus` should be the safest. */
  readonly actions?: readonly Content[];
  /** Called for Escape and the like. Without it the dialog stays until it is closed. */
  readonly onDismiss?: () => void;
}

/** What the page does not hear of a dialog, nor of the way into it. */
const TYPES =
  'keydown keypress keyup click pointerdown mousedown touchstart focusin focusout blur'.split(' ');
/** What a logout is asked for with, and nobody types into. */
const NO_FIELD = 'a,button,summary,[role^=menuitem]';

/**
 * Opens a modal dialog in front of everything. The returned function closes it and gives the focus
 * back to where it was.
 */
export function openDialog(view: DialogView): () => void {
  const { texts, actions, onDismiss } = view;
  const dialog = element(
    'dialog',
    {
      part: 'box dialog',
      lang: texts.lang,
      dir: texts.dir,
      'aria-labelledby': 'title',
      'aria-describedby': 'description note',
    },
    element('h2', { part: 'title', id: 'title' }, view.title),
    ...view.content,
    actions && element('div', { part: 'actions' }, ...actions),
  ) as HTMLDialogElement;
  let open = true;
  const dismiss = (): void => {
    if (!open) return;
    if (onDismiss) onDismiss();
    else if (dialog.isConnected) dialog.showModal();
  };
  dialog.addEventListener('cancel', (event) => {
    event.preventDefault();
    onDismiss?.();
  });
  // Chromium closes without asking when Escape is pressed twice.
  dialog.addEventListener('close', dismiss);
  // The page's own shortcuts are none of a modal dialog's, nor is a focus trap around the menu it was
  // asked from, which takes every key and click that is not in there; and what closes itself when
  // somebody leaves it may hold what is unsaved. Whatever may be a field has to hear that it is left:
  // some take over what was typed only then.
  const isolate = (event: Event): void => {
    const path = event.composedPath();
    const { type, detail, key, relatedTarget } = event as UIEvent &
      Partial<KeyboardEvent & FocusEvent>;
    const isLeft = relatedTarget === host && real(path[0] as Element, 'matches')(NO_FIELD);
    if (!isLeft && !path.includes(dialog)) return;
    event.stopImmediatePropagation();
    // One that does not leave the shadow root.
    if (type === 'click') path[0]!.dispatchEvent(new MouseEvent(type, { bubbles: true, detail }));
    else if (!onDismiss && key === 'Escape') event.preventDefault();
  };
  const host = mount(real(document, 'body'), dialog);
  const over = new AbortController();
  for (const type of TYPES) {
    window.addEventListener(type, isolate, { capture: true, signal: over.signal });
  }
  // A page that replaces its body takes the dialog along; nobody could answer it any more.
  const removal = new MutationObserver(() => host.isConnected || dismiss());
  const close = (): void => {
    open = false;
    over.abort();
    removal.disconnect();
    dialog.close();
    host.remove();
  };
  try {
    // A modal dialog hides the menu it is asked from; by itself, that gives the focus back first.
    const menu = real(document, 'activeElement')?.closest('[popover=auto],[popover=""]');
    (menu as Partial<HTMLElement> | null | undefined)?.hidePopover?.();
    dialog.showModal();
  } catch (error) {
    close();
    throw error;
  }
  removal.observe(document, { childList: true, subtree: true });
  // Starts with what is at stake, also where the buttons are further down than the window reaches.
  dialog.scrollTop = 0;
  for (const list of dialog.querySelectorAll('ul')) {
    if (list.scrollHeight > list.clientHeight) list.tabIndex = 0;
  }
  return close;
}
