import type { Workplace } from './workplace.js';

/** Takes away what a session has of this page beside its watch for logouts and its fence. */
export function endSession({ loaded, guards }: Workplace): void {
  void loaded.then((desk) => desk.stop());
  guards?.stop();
}
