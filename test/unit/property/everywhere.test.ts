// @vitest-environment node
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logsInAgain, logsInAtOnce, type Outcome, type Run, staysLoggedOut } from './invariant.js';
import { scripts } from './script.js';
import type { WorldOptions } from './world.js';

// `FC_SEED=… npm run test:unit -- property` runs the same again, `FC_RUNS=…` more of it. Each run tries
// others, but in CI, whose verdict is on a change and not on its luck.
const seed = Number(process.env.FC_SEED ?? (process.env.CI ? 1 : Date.now() % 2 ** 31));
const times = Number(process.env.FC_RUNS ?? 6000);
/** A slow machine makes fewer runs rather than everybody wait; when a number is asked for, it is made. */
const within = (ms: number) => (process.env.FC_RUNS ? {} : { interruptAfterTimeLimit: ms });
const LIMIT = 10_000_000;
console.log(`Random interleavings: FC_SEED=${seed}`);
// Thousands of rejections are made here, and nobody looks at where.
Error.stackTraceLimit = 0;

const ways = (logout: WorldOptions['logout']): fc.Arbitrary<WorldOptions> =>
  fc.record({
    cache: fc.constantFrom('memory', 'localstorage'),
    renewal: fc.constantFrom('rt', 'iframe'),
    channel: fc.boolean(),
    locks: fc.boolean(),
    late: fc.boolean(),
    logout: fc.constant(logout),
  });
const runs = (logout: WorldOptions['logout']): fc.Arbitrary<Run> =>
  fc
    .tuple(ways(logout), fc.boolean(), scripts)
    .map(([options, signedIn, script]) => ({ options, signedIn, ...script }));

const expectNothingWrong = ({ wrong, log }: Outcome): void => {
  expect(wrong, log.join('\n')).toEqual([]);
};

describe('over any interleaving of tabs, logins, renewals, logouts and crashes', () => {
  it(
    'nobody is signed in after the last logout',
    async () => {
      let made = 0;
      let counted = 0;
      await fc.assert(
        fc.asyncProperty(runs('ours'), async (run) => {
          const outcome = await staysLoggedOut(run);
          made++;
          if (outcome.counts) counted++;
          expectNothingWrong(outcome);
        }),
        { seed, numRuns: times, ...within(12_000) },
      );
      console.log(`${made} runs, of which ${counted} ended in a logout`);
      expect(counted).toBeGreaterThan(made * 0.8);
    },
    LIMIT,
  );

  it(
    'a login after the last logout works, and survives a reload',
    async () => {
      await fc.assert(
        fc.asyncProperty(
          runs('ours'),
          fc.constantFrom('redirect', 'popup'),
          fc.nat(3),
          async (run, how, tab) => expectNothingWrong(await logsInAgain(run, how, tab)),
        ),
        { seed, numRuns: Math.ceil(times / 4), ...within(4_000) },
      );
    },
    LIMIT,
  );

  it(
    'a login right after a logout works, whatever is still on its way',
    async () => {
      await fc.assert(
        fc.asyncProperty(runs('ours'), fc.constantFrom('redirect', 'popup'), async (run, how) =>
          expectNothingWrong(await logsInAtOnce(run, how)),
        ),
        { seed, numRuns: Math.ceil(times / 4), ...within(4_000) },
      );
    },
    LIMIT,
  );

  it.each(['plain', 'unfenced'] as const)(
    'an application that is %s is caught',
    async (logout) => {
      const { failed } = await fc.check(
        fc.asyncProperty(runs(logout), async (run) => {
          expectNothingWrong(await staysLoggedOut(run));
        }),
        { seed, numRuns: 300, endOnFailure: true },
      );
      expect(failed).toBe(true);
    },
    LIMIT,
  );
});
