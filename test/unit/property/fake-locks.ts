import type { Post } from './deliveries.js';

type Callback = (lock: object | null) => unknown;

interface Request {
  readonly holder: object;
  readonly grant: () => void;
}

/** Web Locks of one browser: exclusive, first come first served, let go of when their page dies. */
export interface FakeLocks {
  /** `navigator.locks` of one page, as far as it is used here. */
  for(page: object, isAlive: () => boolean): LockManager;
  releaseAll(page: object): void;
}

export function createLocks(post: Post): FakeLocks {
  const held = new Map<string, Request>();
  const waiting = new Map<string, Request[]>();

  const next = (name: string): void => {
    const request = waiting.get(name)?.shift();
    if (request) give(name, request);
    else held.delete(name);
  };
  const give = (name: string, request: Request): void => {
    held.set(name, request);
    post({ to: request.holder, label: `lock ${name}`, run: request.grant });
  };

  return {
    for(page, isAlive) {
      const request = (name: string, ...rest: [Callback] | [LockOptions, Callback]): unknown =>
        new Promise((resolve, reject) => {
          if (!isAlive()) return;
          const callback = rest.at(-1) as Callback;
          const { ifAvailable, signal } = (rest.length > 1 ? rest[0] : {}) as LockOptions;
          const run = async (lock: object | null): Promise<void> => {
            try {
              resolve(await callback(lock));
            } catch (error) {
              reject(error);
            } finally {
              if (held.get(name) === mine) next(name);
            }
          };
          const mine: Request = { holder: page, grant: () => void run({}) };
          if (!held.has(name)) give(name, mine);
          else if (ifAvailable) {
            post({ to: page, label: `no lock ${name}`, run: () => void run(null) });
          } else {
            waiting.set(name, [...(waiting.get(name) ?? []), mine]);
            signal?.addEventListener('abort', () => {
              const queue = waiting.get(name) ?? [];
              if (!queue.includes(mine)) return;
              waiting.set(
                name,
                queue.filter((request) => request !== mine),
              );
              reject(signal.reason as Error);
            });
          }
        });
      return { request } as LockManager;
    },
    releaseAll(page) {
      for (const [name, queue] of waiting) {
        waiting.set(
          name,
          queue.filter(({ holder }) => holder !== page),
        );
      }
      for (const [name, { holder }] of held) if (holder === page) next(name);
    },
  };
}
