import type { Env } from '../../../src/env.js';
import { WITH_GUARDS } from '../../../src/unsaved-work/tabs-with-guards.js';
import { openUnsavedWork, type UnsavedWorkDesk } from '../../../src/unsaved-work/unsaved-work.js';

export interface FakeTab {
  readonly desk: UnsavedWorkDesk;
  readonly env: Env;
  /** What it is called among those that have guards. */
  readonly me: string;
  /** Everything that this tab has posted. */
  readonly posted: unknown[][];
  /** Sends an event to the tab's window, and answers whether somebody prevented it. */
  fire(type: string): boolean;
  /** Takes no messages until it is thawed, as a tab whose script is busy. */
  freeze(): void;
  thaw(): void;
  /** Ends at once, without an event. */
  crash(): void;
}

interface Held {
  readonly name: string;
  readonly shared: boolean;
  readonly owner: object;
  readonly release: () => void;
}

interface FakeLine {
  readonly name: string;
  onmessage?: ((event: { readonly data: unknown }) => void) | undefined;
}

/** The timers that tabs have set, and that have neither run nor been cleared. */
export const liveTimers = new Set<NodeJS.Timeout>();

/** A browser with several tabs of one application, with or without Web Locks and BroadcastChannel. */
export function browserOfTabs({ locks = true, channel = true } = {}) {
  let lastTab = 0;
  const tabs = new Map<object, { receive(message: unknown[]): void }>();
  const held = new Set<Held>();
  const lines = new Set<FakeLine>();
  let pending: { name: string; shared: boolean; grant: () => void }[] = [];

  const isFree = (name: string, shared: boolean): boolean =>
    [...held].every((lock) => lock.name !== name || (shared && lock.shared));
  const settle = (): void => {
    const waiting = pending;
    pending = [];
    for (const request of waiting) {
      if (isFree(request.name, request.shared)) request.grant();
      else pending.push(request);
    }
  };
  const lockManager = (owner: object): LockManager =>
    ({
      async query() {
        // In its turn, as a request.
        await Promise.resolve();
        return { held: [...held].map(({ name }) => ({ name })), pending: [] };
      },
      request: (name: string, ...rest: unknown[]) =>
        new Promise((resolve, reject) => {
          const run = rest.pop() as () => unknown;
          const shared = (rest[0] as LockOptions | undefined)?.mode === 'shared';
          const grant = (): void => {
            const lock = { name, shared, owner, release: () => held.delete(lock) && settle() };
            held.add(lock);
            void (async () => run())().then(resolve, reject).finally(lock.release);
          };
          queueMicrotask(() =>
            isFree(name, shared) ? grant() : pending.push({ name, shared, grant }),
          );
        }),
    }) as unknown as LockManager;

  /** Says something on a line, as any page of this origin may. */
  const say = (name: string, data: unknown): void => {
    for (const line of lines) {
      if (line.name !== name) continue;
      queueMicrotask(() => lines.has(line) && line.onmessage?.({ data }));
    }
  };

  return {
    say,
    openLines: (): string[] => [...lines].map(({ name }) => name),
    /** The names of what is held, or of what is stored in the place of locks. */
    present: (): string[] =>
      locks
        ? [...held].map(({ name }) => name)
        : Object.keys(window.localStorage).filter((key) => key.includes('::work::')),
    open(title = 'Tab', name = 'app'): FakeTab {
      const window_ = new EventTarget();
      const owner = {};
      const posted: unknown[][] = [];
      let frozen: unknown[][] | undefined;
      const env = {
        addEventListener: window_.addEventListener.bind(window_),
        removeEventListener: window_.removeEventListener.bind(window_),
        // Looked up when called, so that a test's clock counts.
        setTimeout(run: () => void, ms: number) {
          const timer = setTimeout(() => {
            liveTimers.delete(timer);
            run();
          }, ms);
          liveTimers.add(timer);
          return timer;
        },
        clearTimeout(timer: NodeJS.Timeout) {
          liveTimers.delete(timer);
          clearTimeout(timer);
        },
        // Read as a document's own, which an image by that name does not replace.
        document: Object.create({ title }) as Document,
        BroadcastChannel: class implements FakeLine {
          onmessage: FakeLine['onmessage'];
          constructor(readonly name: string) {
            if (!channel) throw new Error('not here');
            lines.add(this);
          }
          postMessage(message: unknown): void {
            // That a tab has guards now is said without a word.
            if (message) posted.push([this.name, message].flat());
            say(this.name, structuredClone(message));
          }
          close(): void {
            lines.delete(this);
          }
        },
        localStorage: window.localStorage,
        navigator: locks ? { locks: lockManager(owner) } : {},
      } as unknown as Env;
      const post = (...message: unknown[]): void => {
        posted.push(message);
        if (!channel) return;
        for (const [other, { receive }] of tabs) {
          if (other !== owner) queueMicrotask(() => receive(structuredClone(message)));
        }
      };
      const me = name + WITH_GUARDS + ++lastTab;
      const desk = openUnsavedWork(
        env,
        name,
        me,
        post,
        () => false,
        () => false,
      );
      tabs.set(owner, {
        receive: (message) => (frozen ? frozen.push(message) : desk.receive(message)),
      });
      return {
        desk,
        env,
        me,
        posted,
        fire: (type) => !window_.dispatchEvent(new Event(type, { cancelable: true })),
        freeze: () => (frozen = []),
        thaw() {
          const missed = frozen ?? [];
          frozen = undefined;
          missed.forEach((message) => desk.receive(message));
        },
        crash() {
          tabs.delete(owner);
          [...held].filter((lock) => lock.owner === owner).forEach(({ release }) => release());
        },
      };
    },
  };
}
