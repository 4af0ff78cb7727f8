import type { Env } from '../env.js';
import { bounded } from '../failures.js';
import { type Auth0ClientLike, settle } from './auth0-client.js';

/** Lets the client drop everything it holds: memory, worker, cache, cookies, DPoP keys. */
export const clearClient = (env: Env, ms: number, client: Auth0ClientLike): Promise<unknown> =>
  bounded(env, ms, settle(client.logout({ openUrl: false })));
