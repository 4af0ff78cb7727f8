/** Something that is on its way: a message, an answer of the network, a lock, a navigation. */
export interface Delivery {
  /** The page whose code will run; none: it reaches a server or the browser itself. */
  readonly to?: object;
  readonly label: string;
  /** Deliveries of one queue keep their order; all others may overtake each other. */
  readonly queue?: string;
  readonly run: () => void;
}

export type Post = (delivery: Delivery) => void;

interface Timer {
  readonly page: object;
  readonly at: number;
  readonly run: () => void;
}

/**
 * All that is on its way in one browser, and its clock. Nothing arrives by itself: whoever drives the
 * model picks what is next, so that a run can be repeated.
 */
export interface Deliveries {
  readonly post: Post;
  /** What could arrive next. */
  possible(): readonly Delivery[];
  /** Takes it out and answers it, to be run. */
  take(delivery: Delivery): void;
  /** Forgets what was for a page that is gone. */
  forget(page: object): void;
  now(): number;
  setTimer(page: object, run: () => void, ms: number): number;
  clearTimer(id: number): void;
  /** The timer that is due first; taking it sets the clock. */
  nextTimer(): Timer | undefined;
  takeTimer(timer: Timer): void;
}

export function createDeliveries(): Deliveries {
  let pending: Delivery[] = [];
  const timers = new Map<number, Timer>();
  let clock = 1_000_000;
  let lastId = 0;

  return {
    post: (delivery) => void pending.push(delivery),
    possible() {
      const queues = new Set<string>();
      return pending.filter(({ queue }) => {
        if (queue === undefined) return true;
        if (queues.has(queue)) return false;
        return queues.add(queue);
      });
    },
    take(delivery) {
      pending.splice(pending.indexOf(delivery), 1);
    },
    forget(page) {
      pending = pending.filter(({ to }) => to !== page);
      for (const [id, timer] of timers) if (timer.page === page) timers.delete(id);
    },
    now: () => clock,
    setTimer(page, run, ms) {
      timers.set(++lastId, { page, at: clock + ms, run });
      return lastId;
    },
    clearTimer: (id) => void timers.delete(id),
    nextTimer() {
      let first: Timer | undefined;
      for (const timer of timers.values()) if (!first || timer.at < first.at) first = timer;
      return first;
    },
    takeTimer(timer) {
      for (const [id, one] of timers) if (one === timer) timers.delete(id);
      clock = Math.max(clock, timer.at);
    },
  };
}
