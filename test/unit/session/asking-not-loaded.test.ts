import { expect, test, vi } from 'vitest';
import { loadAsking } from '../../../src/load-asking.js';
import type { LogoutOptions } from '../../../src/logout-types.js';
import { startSession } from './page-session.js';

// As on a line that is too slow for it.
vi.mock(import('../../../src/load-asking.js'), () => ({
  loadAsking: vi.fn<typeof loadAsking>(() => new Promise(() => undefined)),
}));

/** A logout that waits for the file that asks, with work at stake. */
async function logOutWithWork(
  options: LogoutOptions = {},
  config: Parameters<typeof startSession>[0] = {},
) {
  const confirm = vi.spyOn(window, 'confirm').mockReturnValue(false);
  const save = vi.fn();
  const session = startSession(config);
  session.guardUnsavedWork({ label: 'Letter', isDirty: () => true, save });
  vi.mocked(loadAsking).mockClear();
  const result = session.logout({ localOnly: true, ...options });
  await vi.waitFor(() => expect(loadAsking).toHaveBeenCalled(), { interval: 1 });
  return { session, confirm, save, result };
}

test('where the question cannot be loaded, the browser asks', async () => {
  const { confirm, result } = await logOutWithWork();

  expect((await result).status).toBe('cancelled');
  expect(confirm).toHaveBeenCalledOnce();
});

test('but nobody, once a logout has come that asks nobody', async () => {
  const { session, confirm, result } = await logOutWithWork();

  const byForce = session.logout({ localOnly: true, reason: 'idle' });

  expect(await byForce).toMatchObject({ reason: 'idle', sessions: { application: 'ended' } });
  expect(await result).toBe(await byForce);
  expect(confirm).not.toHaveBeenCalled();
});

test('and nobody, once the signal has called it off', async () => {
  const controller = new AbortController();
  const { confirm, result } = await logOutWithWork({ signal: controller.signal });

  controller.abort();

  expect((await result).status).toBe('cancelled');
  expect(confirm).not.toHaveBeenCalled();
});

test('and nothing is saved, once the signal has called off one that asks nobody', async () => {
  const { loadAsking: load } = await vi.importActual<{ loadAsking: typeof loadAsking }>(
    '../../../src/load-asking.js',
  );
  const asking = await load();
  let arrives: (file: typeof asking) => void;
  const file = new Promise<typeof asking>((resolve) => (arrives = resolve));
  vi.mocked(loadAsking).mockReturnValue(file);
  const controller = new AbortController();
  const { save, result } = await logOutWithWork(
    { reason: 'idle', signal: controller.signal },
    { stepTimeoutMs: 10_000 },
  );

  controller.abort();
  arrives!(asking);

  expect((await result).status).toBe('cancelled');
  expect(save).not.toHaveBeenCalled();
});
