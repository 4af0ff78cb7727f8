import type { Env } from '../env.js';
import { bounded, describeError, failure } from '../failures.js';

const REFUSED = 'the server refused';

/**
 * Tells the application's own server, by a POST with its cookies, to end its session. A redirect is an
 * answer, and is not followed.
 *
 * @throws Failure when the server refuses or does not answer within `ms` milliseconds, or when a service
 * worker answers in its place: without a network, or with what it had kept for another address
 */
export async function endServerSession(env: Env, ms: number, url: URL): Promise<void> {
  const request = { method: 'POST', redirect: 'manual', keepalive: true } as const;
  const { ok, type, url: from } = await bounded(env, ms, env.fetch!(url, request));
  if (!ok && type !== 'opaqueredirect') throw failure(REFUSED);
  const { onLine, serviceWorker } = env.navigator;
  // One without an address was made in this page, by a wrapper of `fetch` that hands on the answer.
  const isItsOwn = !from || from === url.href.split('#')[0];
  if (serviceWorker?.controller && !(onLine && isItsOwn)) throw failure('no answer');
}

/** Says whether the server has answered, and does not want to. */
export const isRefusal = (error: unknown): boolean => describeError(error) === REFUSED;
