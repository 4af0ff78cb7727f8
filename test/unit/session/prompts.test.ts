import { describe, expect, test, vi } from 'vitest';
import type { UnsavedWorkAnswer } from '../../../src/unsaved-work/decide.js';
import { ownKey, startSession } from './page-session.js';

/** Says whether the browser would ask before this page goes. */
const warns = (): boolean => !dispatchEvent(new Event('beforeunload', { cancelable: true }));

/** A session in a page with unsaved work. */
async function startDirty(confirmUnsavedWork: () => Promise<UnsavedWorkAnswer>) {
  const session = startSession({ confirmUnsavedWork, onOtherTabLogout: () => {} });
  session.guardUnsavedWork({ label: 'Letter', isDirty: () => true });
  // The first guard loads its file.
  await vi.waitFor(() => expect(warns()).toBe(true), 10_000);
  return session;
}

describe('a prompt of ours', () => {
  test.each(['open', 'not open'])(
    'does not keep a tab that another has logged out, with its own question %s',
    async (question) => {
      const asked = vi.fn<() => Promise<UnsavedWorkAnswer>>(() => new Promise(() => {}));
      const session = await startDirty(asked);
      const result = question === 'open' && session.logout({ localOnly: true });
      if (result) await vi.waitFor(() => expect(asked).toHaveBeenCalled());

      const marker = { id: '1', reason: 'idle', at: Date.now(), auth0: 'kept' };
      localStorage.setItem(ownKey, JSON.stringify(marker));
      dispatchEvent(new StorageEvent('storage', { key: ownKey }));
      await vi.waitFor(() => expect(session.events).toHaveLength(1));
      if (result) expect((await result).status).toBe('cancelled');

      expect(warns()).toBe(false);
      session.loggedIn();
      await vi.waitFor(() => expect(warns()).toBe(true));
    },
  );

  test('is wanted again in every tab when the way to Auth0 is called off late', async () => {
    const posted: unknown[][] = [];
    vi.stubGlobal(
      'BroadcastChannel',
      class {
        postMessage(message: unknown[]): void {
          posted.push(message);
        }
        close(): void {}
      },
    );
    const session = await startDirty(async () => 'discard');
    const wanted = (): unknown[] =>
      posted.flatMap(([kind, , quiet]) => (kind === 'work-quiet' ? [!quiet] : []));

    expect((await session.logout()).status).toBe('left');
    expect(wanted()).toEqual([false]);
    // The navigation's own, and that of the tab being kept by somebody else's prompt.
    warns();
    warns();

    await vi.waitFor(() => expect(wanted()).toEqual([false, true]));
    expect(warns()).toBe(true);
  });
});
