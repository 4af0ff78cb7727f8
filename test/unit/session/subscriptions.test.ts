import { describe, expect, test, vi } from 'vitest';
import { loadSteps } from '../../../src/load-steps.js';
import { ownKey, startSession } from './page-session.js';

describe('who listens for logouts', () => {
  test('hears of each one until it is taken back', async () => {
    const session = startSession();
    const [one, two] = [vi.fn<(event: object) => void>(), vi.fn<(event: object) => void>()];
    const stopOne = session.onLogout(one);
    session.onLogout(two);

    await session.logout({ localOnly: true, reason: 'expired' });
    stopOne();
    stopOne();
    await session.logout({ localOnly: true, reason: 'forced' });

    expect(one.mock.calls).toEqual([[{ reason: 'expired', from: 'this-tab' }]]);
    expect(two).toHaveBeenCalledTimes(2);
  });

  test('may throw, which stops neither the others nor the logout, and is a warning', async () => {
    const session = startSession();
    const after = vi.fn<() => void>();
    session.onLogout(() => {
      throw new TypeError('a secret');
    });
    session.onLogout(after);

    const result = await session.logout({ localOnly: true });

    expect(after).toHaveBeenCalledOnce();
    expect(result.sessions.application).toBe('ended');
    expect(session.warnings).toEqual(['onLogout: TypeError']);
  });

  test('hears of a logout that was found on load, also when it comes a moment later', async () => {
    await startSession().logout({ localOnly: true, reason: 'idle' });
    sessionStorage.clear();
    const session = startSession();
    const heard = await new Promise((resolve) => session.onLogout(resolve));

    expect(heard).toEqual({ reason: 'idle', from: 'earlier' });
  });

  test('hears nothing of that once somebody has logged in', async () => {
    await startSession().logout({ localOnly: true, reason: 'idle' });
    sessionStorage.clear();
    const session = startSession();
    await expect.poll(() => session.events).toHaveLength(1);
    session.loggedIn();
    const late = vi.fn<(event: object) => void>();

    session.onLogout(late);
    await session.logout({ localOnly: true, reason: 'forced' });

    expect(late.mock.calls).toEqual([[{ reason: 'forced', from: 'this-tab' }]]);
  });

  test('hears of one whose marker comes after its message, at the next message', async () => {
    let say: (...message: string[]) => void;
    vi.stubGlobal(
      'BroadcastChannel',
      class {
        set onmessage(receive: (event: object) => void) {
          say = (...data) => receive({ data });
        }
        postMessage(): void {}
        close(): void {}
      },
    );
    const session = startSession({ onOtherTabLogout: () => {} });
    const heard = new Promise((resolve) => session.onLogout(resolve));
    const marker = { id: '1', reason: 'idle', at: Date.now(), auth0: 'kept' };

    say!('logout', '1');
    localStorage.setItem(ownKey, JSON.stringify(marker));
    say!('back', '1');

    expect(await heard).toEqual({ reason: 'idle', from: 'other-tab' });
  });

  test('may be an application whose logger throws', async () => {
    const session = startSession({
      returnTo: undefined as never,
      onWarning: () => {
        throw new Error('no logger');
      },
    });

    const result = await session.logout({ openUrl: () => undefined });

    expect(result.warnings).toHaveLength(1);
    expect(result.status).toBe('left');
  });
});

// A message can be faster than the marker; what is said after that is not.
test('of a logout that stays, other tabs are told at its beginning and at its end', async () => {
  const posted = vi.spyOn(BroadcastChannel.prototype, 'postMessage');

  await startSession().logout({ localOnly: true });

  const said = posted.mock.calls.flatMap(([message]) => (Array.isArray(message) ? [message] : []));
  expect(said).toEqual([
    ['logout', expect.any(String)],
    ['back', said[0]?.[1]],
  ]);
});

describe('dispose()', () => {
  /** Everything that was begun to be listened to and has not been ended. */
  const listening = (): (() => number) => {
    const open = new Map<string, number>();
    for (const target of [window, document]) {
      const count = (by: number) =>
        function (this: unknown, type: string): void {
          open.set(type, (open.get(type) ?? 0) + by);
        };
      vi.spyOn(target, 'addEventListener').mockImplementation(count(1));
      vi.spyOn(target, 'removeEventListener').mockImplementation(count(-1));
    }
    return () => [...open.values()].reduce((sum, n) => sum + Math.abs(n), 0);
  };

  /** The lines to other tabs that were opened and have not been closed. */
  const lines = () => {
    const open = new Set<BroadcastChannel>();
    let opened = 0;
    const Line = class extends BroadcastChannel {
      constructor(name: string) {
        super(name);
        opened++;
        open.add(this);
      }
      override close(): void {
        super.close();
        open.delete(this);
      }
    };
    vi.stubGlobal('BroadcastChannel', Line);
    return { open, opened: () => opened };
  };

  test.each(['before', 'after'])(
    'ends every listener and line, %s the steps have come',
    async (when) => {
      const listeners = listening();
      const { open, opened } = lines();
      const session = startSession();
      expect(listeners()).toBeGreaterThan(0);
      if (when === 'after') await vi.waitFor(() => expect(opened()).toBe(2));

      session.dispose();

      // What was waiting for them has run ahead of this.
      await loadSteps();
      expect([...open]).toEqual([]);
      expect(listeners()).toBe(0);
    },
  );

  test('gives the client its own methods back', () => {
    const auth0Client = {
      logout: () => undefined,
      getTokenSilently: async () => 'a token',
      handleRedirectCallback: async () => ({}),
      loginWithRedirect: async () => undefined,
      loginWithPopup: async () => undefined,
    };
    const before = { ...auth0Client };
    const session = startSession({ auth0Client });
    expect(auth0Client.getTokenSilently).not.toBe(before.getTokenSilently);
    expect(auth0Client.logout).toBe(before.logout);

    session.dispose();

    expect(auth0Client).toEqual(before);
    expect(auth0Client.getTokenSilently).toBe(before.getTokenSilently);
  });

  test('leaves a method alone that somebody else has wrapped since', () => {
    const auth0Client = { logout: () => undefined, getTokenSilently: async () => 'a token' };
    const session = startSession({ auth0Client });
    const theirs = async (): Promise<string> => 'theirs';
    auth0Client.getTokenSilently = theirs;

    session.dispose();

    expect(auth0Client.getTokenSilently).toBe(theirs);
  });

  test('hears of no logout any more, and may be called twice', async () => {
    const gone = startSession();
    gone.dispose();
    gone.dispose();

    await startSession().logout({ localOnly: true });

    expect(gone.events).toEqual([]);
  });
});

test('who subscribes late hears nothing of a logout that another one has followed', async () => {
  await startSession().logout({ localOnly: true, reason: 'idle' });
  sessionStorage.clear();
  const session = startSession();
  await expect.poll(() => session.events).toEqual([{ reason: 'idle', from: 'earlier' }]);
  session.loggedIn();
  await session.logout({ localOnly: true });

  const late = vi.fn<() => void>();
  session.onLogout(late);
  // What it was to hear would have come before this.
  await new Promise<void>((resolve) => queueMicrotask(resolve));

  expect(late).not.toHaveBeenCalled();
});

test('what replaces covering the page comes after it was told', async () => {
  const order: string[] = [];
  const session = startSession({
    onOtherTabLogout: () => void order.push('onOtherTabLogout'),
  });
  session.onLogout(() => order.push('onLogout'));
  const word = { id: '1', reason: 'user', at: Date.now(), auth0: 'kept', cleared: true };
  localStorage.setItem(ownKey, JSON.stringify(word));
  window.dispatchEvent(new StorageEvent('storage', { key: ownKey }));

  await vi.waitFor(() => expect(order).toEqual(['onLogout', 'onOtherTabLogout']));
});
