import { find, setText } from './dom.mjs';

const key = 'demo-draft';

/** A text that can be lost: what is typed and not saved, which a logout should ask about. */
export function startDraft(session) {
  const field = find('#draft');
  const state = find('#draft-state');
  const saved = () => localStorage.getItem(key) ?? '';
  const isDirty = () => field.value !== saved();

  const show = () => {
    if (isDirty()) {
      return setText(state, 'Not saved. A logout will ask first, also one in another tab.');
    }
    setText(
      state,
      field.value ? 'Saved in this browser.' : 'Saved drafts stay in this browser after a logout.',
    );
  };
  const save = () => {
    localStorage.setItem(key, field.value);
    show();
  };

  field.value = saved();
  field.addEventListener('input', show);
  find('#save-draft').addEventListener('click', save);
  session.guardUnsavedWork({ label: 'Draft', isDirty, save });
}
