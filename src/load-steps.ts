import { lazily, noop } from './env.js';
import type * as steps from './steps.js';

type Steps = typeof steps;

/** The steps of a logout are in a file of their own, which does not hold a page up. */
export const loadSteps = /* @__PURE__ */ lazily((): Promise<Steps> => import('./steps.js'));

/** Does something with them once they are there. Where they cannot be loaded, the next page does. */
export const withSteps = (use: (steps: Steps) => unknown): void => void loadSteps().then(use, noop);
