import { noop } from './env.js';
import type { Workplace } from './workplace.js';

/** Takes away what a session has of this page beside its watch for logouts and its fence. */
export async function endSession({ guards, running, loaded }: Workplace): Promise<void> {
  guards?.stop();
  // A logout that has still to ask must not find that nobody here has any.
  await running?.catch(noop);
  (await loaded).stop();
}
