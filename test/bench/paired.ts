/** One way to do something: answers how many milliseconds it took. */
export type Measure = () => Promise<number>;

export interface Comparison {
  /** How many times as long ours takes, the median over the rounds. */
  readonly ratio: number;
  /** Medians, in milliseconds. */
  readonly ours: number;
  readonly theirs: number;
}

/**
 * Compares two ways in the same run, in turns, so that a machine that is slow for a while is slow
 * for both. Which of the two begins changes with every round.
 */
export async function comparePaired(
  ours: Measure,
  theirs: Measure,
  rounds: number,
): Promise<Comparison> {
  const pairs: (readonly [number, number])[] = [];
  // One round before it counts: caches, compilers.
  await ours();
  await theirs();
  for (let round = 0; round < rounds; round++) {
    if (round % 2) {
      const second = await theirs();
      pairs.push([await ours(), second]);
    } else {
      pairs.push([await ours(), await theirs()]);
    }
  }
  return {
    ratio: median(pairs.map(([a, b]) => a / b)),
    ours: median(pairs.map(([a]) => a)),
    theirs: median(pairs.map(([, b]) => b)),
  };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Prints one comparison as a line of a table. */
export function report(name: string, { ratio, ours, theirs }: Comparison): void {
  const ms = (value: number): string => `${value.toFixed(2)} ms`;
  console.log(`${name}: ${ratio.toFixed(2)} times (${ms(ours)} to ${ms(theirs)})`);
}

/** Waits in a page for about a second in which it has nothing to do. */
export async function rest(): Promise<void> {
  for (let i = 0; i < 20; i++) await new Promise((resolve) => requestIdleCallback(resolve));
}
