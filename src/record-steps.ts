import { describeError, isTimeout } from './failures.js';
import type { LogoutStep, LogoutStepName } from './logout-types.js';

/** Runs one step; none throws. @returns whether it went well, or was not wanted */
export type RunStep = (
  name: LogoutStepName,
  wanted: unknown,
  work: () => unknown,
) => Promise<boolean>;

/** Runs the steps of a logout, and keeps the record of them in the order in which they begin. */
export function recordSteps(): { readonly steps: readonly LogoutStep[]; readonly step: RunStep } {
  const steps: LogoutStep[] = [];
  const step: RunStep = async (name, wanted, work) => {
    const begun = Date.now();
    const report: { -readonly [K in keyof LogoutStep]: LogoutStep[K] } = {
      name,
      status: wanted ? 'done' : 'skipped',
      ms: 0,
    };
    steps.push(report);
    try {
      if (wanted) await work();
    } catch (error) {
      report.status = isTimeout(error) ? 'timed-out' : 'failed';
      report.error = describeError(error) || 'Error';
    }
    report.ms = Date.now() - begun;
    return !report.error;
  };
  return { steps, step };
}
