import type { TestProject } from 'vitest/node';
import { findBrowser } from './find-browser.js';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The Chromium that this run drives. */
    chromiumPath: string;
  }
}

/** Finds the browser once for all test files; without one the whole run fails. */
export default async function setup(project: TestProject): Promise<void> {
  project.provide('chromiumPath', await findBrowser());
}
