import type * as asking from './ask.js';
import { lazily } from './env.js';

/** The question about unsaved work, and the desk of whoever guards some, are in a file of their own. */
export const loadAsking = /* @__PURE__ */ lazily((): Promise<typeof asking> => import('./ask.js'));
