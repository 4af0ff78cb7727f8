import { lazily, noop } from './env.js';
import type * as logout from './logout.js';

type Steps = Pick<typeof logout, 'enter' | 'follow' | 'finish' | 'prepare'>;

/** The steps of a logout are in a file of their own, which does not hold a page up. */
export const loadSteps = lazily((): Promise<Steps> => import('./logout.js'));

/** Does something with them once they are there. Where they cannot be loaded, the next page does. */
export const withSteps = (use: (steps: Steps) => unknown): void => void loadSteps().then(use, noop);
