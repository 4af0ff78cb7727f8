import { browserEnv, noop } from './env.js';
import { watchEdits } from './forms/watch-edits.js';
import type { UnsavedWorkGuard } from './unsaved-work/guards.js';
import { loadAsking } from './load-asking.js';

/** The part of a session that {@link guardForms} needs. */
export interface GuardsUnsavedWork {
  guardUnsavedWork(guard: UnsavedWorkGuard): () => void;
}

/**
 * Guards every form below `root`, also one that is added later, and every editable region outside of
 * a form: it is unsaved work once a person has edited it, until it is submitted or reset, or reads
 * again as it did before. Sent by `form.submit()`, of which no event tells, it stands in no way of
 * leaving the page. `data-logout-ignore` on a field, a form or anything around them opts out,
 * and searches are left out by themselves. While there is such work, the browser also asks "Leave
 * site?" before a link, a reload or closing the tab loses it.
 *
 * What is in a password field is never read; an edit there counts until the form is submitted. A
 * `submit` event counts as sent, also when the application sends the data itself. Fields that belong
 * to no form, and what lies in closed shadow roots and in frames, are not guarded.
 *
 * @param root what to guard. Default: the whole document; where there is none, nothing
 * @returns stops guarding
 * @example
 * const session = createLogout({ domain: 'tenant.eu.auth0.com', clientId: 'abc' });
 * const stop = guardForms(session);
 */
export function guardForms(
  session: GuardsUnsavedWork,
  root: Document | Element | undefined = browserEnv()?.document,
): () => void {
  if (!root) return noop;
  // Ahead of the first edit: there may be no network by then.
  loadAsking().catch(noop);
  return watchEdits(root, (guard) => session.guardUnsavedWork(guard));
}

export type { UnsavedWorkGuard };
