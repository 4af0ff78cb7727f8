import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { LogoutConfig } from '../../../src/logout-types.js';
import type { Marker } from '../../../src/tabs/logged-out-marker.js';
import type { UnsavedWorkAnswer } from '../../../src/unsaved-work/decide.js';
import { ownKey, startSession } from './page-session.js';

/** Says whether the browser would ask before this page goes. */
const warns = (): boolean => !dispatchEvent(new Event('beforeunload', { cancelable: true }));

/** Another tab leaves word of a logout, or of a login after it. */
function say(marker: Partial<Marker>): void {
  const whole = { reason: 'idle', at: Date.now(), auth0: 'kept', ...marker };
  localStorage.setItem(ownKey, JSON.stringify(whole));
  dispatchEvent(new StorageEvent('storage', { key: ownKey }));
}

/** A tab that stays where it is when another logs out. */
const staying: Partial<LogoutConfig> = { onOtherTabLogout: () => {} };

/** A session in a page with unsaved work. */
async function startDirty(config: Partial<LogoutConfig>) {
  const session = startSession(config);
  session.guardUnsavedWork({ label: 'Letter', isDirty: () => true });
  // The first guard loads its file.
  await vi.waitFor(() => expect(warns()).toBe(true), 10_000);
  return session;
}

test('what is guarded again in the task in which its session is disposed of is guarded', async () => {
  // As React's StrictMode does with effects, beside a session that is kept.
  const session = startSession({ confirmUnsavedWork: () => 'cancel' });
  const guard = { label: 'Letter', isDirty: () => true };
  const undo = session.guardUnsavedWork(guard);
  await vi.waitFor(() => expect(warns()).toBe(true), 10_000);

  undo();
  session.dispose();
  session.guardUnsavedWork(guard);

  expect((await session.logout({ localOnly: true })).status).toBe('cancelled');
  expect(warns()).toBe(true);
});

describe('a prompt of ours', () => {
  test.each(['open', 'not open'])(
    'does not keep a tab that another has logged out, with its own question %s',
    async (question) => {
      const asked = vi.fn<() => Promise<UnsavedWorkAnswer>>(() => new Promise(() => {}));
      const session = await startDirty({ ...staying, confirmUnsavedWork: asked });
      const result = question === 'open' && session.logout({ localOnly: true });
      if (result) await vi.waitFor(() => expect(asked).toHaveBeenCalled());

      say({ id: '1' });
      await vi.waitFor(() => expect(session.events).toHaveLength(1));
      if (result) expect((await result).status).toBe('cancelled');

      expect(warns()).toBe(false);
      session.loggedIn();
      await vi.waitFor(() => expect(warns()).toBe(true));
    },
  );

  test('is back after a login in another tab, and gone again with the next logout', async () => {
    const session = await startDirty(staying);
    for (const id of ['1', '2']) {
      say({ id });
      await vi.waitFor(() => expect(session.events).toHaveLength(Number(id)));
      expect(warns()).toBe(false);
      say({ id, login: Date.now() });
      expect(warns()).toBe(false);
      say({ id, login: 'done' });
      expect(warns()).toBe(true);
    }
  });

  test.each<[what: string, markers: Partial<Marker>[], from: string]>([
    [
      'on its way to where another tab has logged out',
      [
        { id: '1', auth0: 'pending' },
        { id: '1', auth0: 'pending', login: 'done' },
      ],
      'other-tab',
    ],
    ['that is loaded anew after a logout and a login', [{ id: '1', login: 'done' }], 'earlier'],
  ])('does not keep a page %s', async (_, markers, from) => {
    onTestFinished(() => document.documentElement.removeAttribute('style'));
    const session = await startDirty({});
    for (const marker of markers) {
      say(marker);
      await vi.waitFor(() => expect(session.events).toMatchObject([{ from }]));
    }
    expect(document.documentElement.style.display).toBe('none');
    expect(warns()).toBe(false);
  });

  test('is wanted again in every tab when the way to Auth0 is called off late', async () => {
    const posted: unknown[][] = [];
    vi.stubGlobal(
      'BroadcastChannel',
      class {
        postMessage(message: unknown[]): void {
          if (Array.isArray(message)) posted.push(message);
        }
        close(): void {}
      },
    );
    const session = await startDirty({ confirmUnsavedWork: () => 'discard' });
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
