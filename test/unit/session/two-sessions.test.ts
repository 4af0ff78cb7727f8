import { expect, test, vi } from 'vitest';
import { startSession } from './page-session.js';

const createClient = () => ({
  logout: vi.fn<() => void>(),
  getTokenSilently: vi.fn<() => Promise<string>>(async () => 'a token'),
  loginWithPopup: vi.fn<() => Promise<void>>(async () => undefined),
});

test('a session that was disposed stands in no way, also when another came before that', async () => {
  const client = createClient();
  const { loginWithPopup } = client;
  const gone = startSession({ auth0Client: client });
  startSession({ auth0Client: client });
  // jsdom does not leave: to this session the page is on its way out for ever.
  const { status } = await gone.logout();
  gone.dispose();

  await client.loginWithPopup();

  expect(status).toBe('left');
  expect(loginWithPopup).toHaveBeenCalledOnce();
});

test('one that learns from a call of a logout by another one of its page leaves the page alone', async () => {
  const client = createClient();
  const onOtherTabLogout = vi.fn<() => void>();
  const first = startSession({ auth0Client: client });
  const second = startSession({ auth0Client: client, onOtherTabLogout });
  const heard = new Promise((resolve) => second.onLogout(resolve));

  const over = first.logout({ localOnly: true });
  first.onLogout(() => void client.getTokenSilently().catch(() => undefined));
  await over;

  expect(await heard).toEqual({ reason: 'user', from: 'this-tab' });
  expect(onOtherTabLogout).not.toHaveBeenCalled();
});

test('one that replaces another at once hears what that one has found on load', async () => {
  await startSession().logout({ localOnly: true, reason: 'idle' });
  sessionStorage.clear();

  startSession().dispose();
  const session = startSession();

  await expect.poll(() => session.events).toEqual([{ reason: 'idle', from: 'earlier' }]);
});

test.each(['https://tenant.example', 'HTTPS://Tenant.Example:443/'])(
  'the same tenant as %s has the same logouts',
  async (domain) => {
    await startSession().logout({ localOnly: true });
    sessionStorage.clear();

    const session = startSession({ domain });

    expect(session.nextLogin()).toEqual({ prompt: 'login' });
    await expect.poll(() => session.events).toEqual([{ reason: 'user', from: 'earlier' }]);
  },
);
