/**
 * The parts of the browser that logout touches. A `Window` is one; tests hand in their own. Whatever
 * a browser may lack or forbid is optional here or is read inside a `try`.
 */
export type Env = Pick<
  Window & typeof globalThis,
  | 'addEventListener'
  | 'clearTimeout'
  | 'document'
  | 'localStorage'
  | 'location'
  | 'removeEventListener'
  | 'scrollTo'
  | 'scrollX'
  | 'scrollY'
  | 'sessionStorage'
  | 'setTimeout'
> & {
  readonly navigator: {
    readonly onLine: boolean;
    readonly locks?: LockManager;
    readonly serviceWorker?: { readonly controller: unknown };
  };
  readonly top?: unknown;
} & Partial<
    Pick<
      Window & typeof globalThis,
      'BroadcastChannel' | 'caches' | 'confirm' | 'fetch' | 'indexedDB' | 'navigation'
    >
  >;

/** The page this code runs in, or `undefined` where there is none (server-side rendering, a worker). */
export const browserEnv = (): Env | undefined =>
  (globalThis as { document?: Document }).document && globalThis.window;

/** Listens on the page or a part of it; the returned function stops it. */
export function on(
  target: Pick<EventTarget, 'addEventListener' | 'removeEventListener'> | undefined,
  type: string,
  listener: (event: Event) => void,
  capture?: boolean,
): () => void {
  target?.addEventListener(type, listener, capture);
  return () => target?.removeEventListener(type, listener, capture);
}

/**
 * What an element or a document itself has by a name: in a form, a field that is called so takes its
 * place (HTML, "named access"), in a document an image or a form.
 */
export const realValue = <T extends Node, Name extends keyof T>(node: T, name: Name): T[Name] =>
  Reflect.get(Object.getPrototypeOf(node) as object, name, node) as T[Name];

/** The same, also for a method. */
export function real<T extends Node, Name extends keyof T>(node: T, name: Name): T[Name] {
  const value: unknown = realValue(node, name);
  return (typeof value === 'function' ? value.bind(node) : value) as T[Name];
}

/** Opens a line to whoever has one of this name open; the browser may have none, or forbid it. */
export function openLine(env: Env, name: string): BroadcastChannel | undefined {
  try {
    return new env.BroadcastChannel!(name);
  } catch {
    return undefined;
  }
}

/** Says one thing to whoever has this line open, or to nobody. */
export function sayOnce(env: Env, name: string, message?: unknown): void {
  try {
    const line = openLine(env, name)!;
    line.postMessage(message);
    line.close();
  } catch {
    // There is no line.
  }
}

/** A random name for one logout, question or tab, which nobody can guess. */
export const randomId = (): string => crypto.getRandomValues(new Uint32Array(4)).join('');

/**
 * Makes the loader of a file: once, and again only if that failed. An `import()` takes its time even
 * for a file that is there.
 */
export const lazily = <T>(load: () => Promise<T>): (() => Promise<T>) => {
  let file: Promise<T> | undefined;
  return () =>
    (file ??= load().catch((error: unknown) => {
      file = undefined;
      throw error;
    }));
};

/** Waits for so many milliseconds. */
export const pause = (env: Env, ms: number): Promise<void> =>
  new Promise((resolve) => void env.setTimeout(resolve as () => void, ms));

export const noop = (): void => {};
