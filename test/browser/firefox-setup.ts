import type { TestProject } from 'vitest/node';
import { findFirefox } from './find-browser.js';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The Firefox that this run drives, if it drives one. */
    firefoxPath?: string;
  }
}

/** Finds the browser once for all test files; without one the whole run fails. */
export default async function setup(project: TestProject): Promise<void> {
  project.provide('firefoxPath', await findFirefox());
}
