import { expect, test, vi } from 'vitest';
import { logOutHere, ownKey, stepOf } from './page-session.js';

type Answer = Pick<Response, 'ok' | 'type' | 'url'>;

/** Logs out where this is what the application's own server, or whoever wraps `fetch`, answers. */
async function logOutAt(answer: (url: URL) => Answer): Promise<unknown> {
  vi.stubGlobal('fetch', async (url: URL) => answer(url));
  const result = await logOutHere({ serverLogoutUrl: '/session/logout' });
  const { server } = JSON.parse(localStorage.getItem(ownKey)!) as { server?: true };
  return { application: result.sessions.application, ...stepOf(result, 'server'), owed: server };
}

const ENDED = { application: 'ended', status: 'done', owed: undefined };

test('the answer that a wrapper of `fetch` makes anew, without an address, is the server’s', async () => {
  expect(await logOutAt(() => new Response('ok'))).toMatchObject(ENDED);

  // Also where there is a service worker, which never sees that one.
  vi.stubGlobal('navigator', { ...navigator, onLine: true, serviceWorker: { controller: {} } });
  expect(await logOutAt(() => new Response('ok'))).toMatchObject(ENDED);
});

test('a server on this machine answers also without a network', async () => {
  vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);

  const answered = await logOutAt(({ href }) => ({ ok: true, type: 'basic', url: href }));

  expect(answered).toMatchObject(ENDED);
});
