import { describe, expect, test, vi } from 'vitest';
import { accessToken, startSession, stepOf } from './page-session.js';

const never = (): Promise<never> => new Promise(() => undefined);

describe('a clearer for what the application holds in memory', () => {
  test('is run and waited for', async () => {
    const session = startSession();
    let token: string | null = accessToken;
    session.holdCredentials(async () => {
      await Promise.resolve();
      token = null;
    });
    session.onLogout(() => expect(token).toBeNull());

    const result = await session.logout({ localOnly: true });

    expect(token).toBeNull();
    expect(stepOf(result, 'clear').status).toBe('done');
    expect(session.events).toHaveLength(1);
    expect(session.warnings).toEqual([]);
  });

  test.each<[what: string, clear: () => unknown, status: string, error: string]>([
    [
      'throws',
      () => {
        throw new RangeError(accessToken);
      },
      'failed',
      'holdCredentials: RangeError',
    ],
    ['rejects', () => Promise.reject(new Error(accessToken)), 'failed', 'holdCredentials: Error'],
    ['rejects with nothing', () => Promise.reject(null), 'failed', 'holdCredentials: Error'],
    ['hangs', never, 'timed-out', 'holdCredentials: timed out'],
  ])('that %s stops no other and is reported', async (_what, clear, status, error) => {
    const session = startSession();
    const others = [vi.fn<() => void>(), vi.fn<() => void>()] as const;
    session.holdCredentials(others[0]);
    session.holdCredentials(clear);
    session.holdCredentials(others[1]);

    const result = await session.logout({ localOnly: true });

    expect(others.map((run) => run.mock.calls.length)).toEqual([1, 1]);
    expect(stepOf(result, 'clear')).toMatchObject({ status, error });
    expect(result.sessions.application).toBe('incomplete');
  });

  test('that two parts of an application hand in is run until both have taken it back', async () => {
    const session = startSession();
    const clear = vi.fn<() => void>();
    const takeBack = session.holdCredentials(clear);
    session.holdCredentials(clear);
    takeBack();
    takeBack();

    await session.logout({ localOnly: true });

    expect(clear).toHaveBeenCalledOnce();
  });

  test('that was taken back is not run', async () => {
    const session = startSession();
    const [kept, takenBack] = [vi.fn<() => void>(), vi.fn<() => void>()];
    session.holdCredentials(kept);
    const takeBack = session.holdCredentials(takenBack);
    takeBack();
    takeBack();

    await session.logout({ localOnly: true });

    expect(kept).toHaveBeenCalledOnce();
    expect(takenBack).not.toHaveBeenCalled();
  });

  test('may take itself back while it runs', async () => {
    const session = startSession();
    const run = vi.fn<() => void>(() => takeBack());
    const takeBack = session.holdCredentials(run);
    const after = vi.fn<() => void>();
    session.holdCredentials(after);

    await session.logout({ localOnly: true });
    await session.logout({ localOnly: true });

    expect(run).toHaveBeenCalledOnce();
    expect(after).toHaveBeenCalledTimes(2);
  });
});
