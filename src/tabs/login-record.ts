import type { Cell, Marker, TabRecord } from './logged-out-marker.js';

/**
 * Opens the record of explicit logins since the last logout, which every tab reads.
 *
 * @param patchMarker changes the marker of this logout, unless another one has come in between
 * @param seen names the last logout that this tab knows; empty: none
 */
export function recordLogins(
  marker: Cell<Marker>,
  tab: Cell<TabRecord>,
  patchMarker: (id: string, fields: Partial<Marker>) => unknown,
  seen: () => string,
) {
  return {
    /** An explicit login is about to complete. The returned function says whether it did. */
    loginStarts(): (completed: boolean) => unknown {
      const { id, login } = marker.read();
      const began = Date.now();
      const say = (login: Marker['login']): unknown => id && patchMarker(id, { login });
      // Whoever is logged in stays so, whatever becomes of one more login.
      if (login !== 'done') say(began);
      return (completed) => {
        if (!completed) return marker.read().login === began && say(undefined);
        // Nobody can take the receipt any more, and it may name what somebody else had written.
        tab.patch({ receipt: undefined });
        return say('done');
      };
    },
    /** An explicit login leaves for another page. */
    loginLeaves(): void {
      tab.patch({ login: seen() });
      patchMarker(seen(), { away: Date.now() });
    },
    /** Says whether a login that comes in by redirect began before the last logout; if not, it is in. */
    isStale(): boolean {
      // Where the word of it did not last, nothing says that there was a logout since.
      const last = seen();
      const stale = !!last && (tab.read().login ?? last) !== last;
      if (!stale) tab.patch({ login: undefined });
      return stale;
    },
  };
}
