/** How tests run that drive a browser. */
export const runOptions = {
  environment: 'node',
  testTimeout: 30_000,
  hookTimeout: 30_000,
  expect: { poll: { timeout: 10_000 } },
  // A browser on a busy machine may lose a process or a message. What fails twice is broken;
  // the report names what needed its second go.
  retry: 1,
  // Every worker drives a browser of its own, and timing is part of what is tested.
  maxWorkers: 2,
} as const;
