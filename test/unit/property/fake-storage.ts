/** What web storage and cookies are, as far as a page uses them. */
export type Entries = Map<string, string>;

/** Who looks at an area: only a living page writes, and others may be told of what it wrote. */
export interface Owner {
  readonly isAlive: () => boolean;
  readonly wrote: (key: string) => void;
}

/** One page's view of a storage area. A page that is dead changes nothing any more. */
export function storageView(entries: Entries, { isAlive, wrote }: Owner): Storage {
  const change = (key: string, run: () => void): void => {
    if (!isAlive()) return;
    run();
    wrote(key);
  };
  return {
    get length() {
      return entries.size;
    },
    key: (index) => [...entries.keys()][index] ?? null,
    getItem: (key) => entries.get(key) ?? null,
    setItem: (key, value) => change(key, () => entries.set(key, value)),
    removeItem: (key) => change(key, () => entries.delete(key)),
    clear: () => change('', () => entries.clear()),
  };
}

/** One page's view of `document.cookie`. All cookies of the model are set on the path `/`. */
export function cookieView(cookies: Entries, isAlive: () => boolean): { cookie: string } {
  return {
    get cookie() {
      return [...cookies].map((pair) => pair.join('=')).join('; ');
    },
    set cookie(text) {
      const [, name = '', value = ''] = /^([^=]*)=([^;]*)/.exec(text) ?? [];
      if (!isAlive()) return;
      if (!/Max-Age=0/.test(text)) cookies.set(name, value);
      else if (/Path=\/(;|$)/.test(text)) cookies.delete(name);
    },
  };
}
