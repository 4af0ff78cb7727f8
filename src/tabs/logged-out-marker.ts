import type { Env } from '../env.js';
import type { LogoutReason } from '../outcomes.js';

/**
 * The durable word that a logout has begun: written before anything is destroyed, read by every tab
 * that could not hear. It is in force until a login completes. It holds nothing that is secret.
 */
export interface Marker {
  readonly id: string;
  readonly reason: LogoutReason;
  /** When the logout began, in milliseconds since 1970 by this browser's clock. */
  readonly at: number;
  /**
   * `pending`: a tab is about to ask Auth0; `owed`: nobody is, and it is still to be asked; `left`:
   * asked; `kept`: not wanted.
   */
  readonly auth0: 'pending' | 'owed' | 'left' | 'kept';
  /** The tab that logged out has cleared; what the application's own list names goes only once. */
  readonly cleared?: boolean;
  /** An explicit login after this logout: completed, or begun at this time in milliseconds. */
  readonly login?: 'done' | number;
  /** When an explicit login after this logout last left for another page, in milliseconds. */
  readonly away?: number;
  readonly federated?: boolean;
  /** The application opens the address in its own way: nobody joins that. */
  readonly elsewhere?: true | undefined;
  readonly returnTo?: string;
  /** Names the session at `/oidc/logout` (the `sid` claim, as `logout_hint`). */
  readonly hint?: string | undefined;
  /** The application's own server has still to end its session. */
  readonly server?: true | undefined;
  /** How often a page has tried to finish the logout at Auth0. */
  readonly tries?: number;
}

/** What one tab knows, across its own reloads. A window opened by the page begins with a copy. */
export interface TabRecord {
  /** The last logout that this tab has dealt with; empty: the tab knew of none. */
  readonly seen?: string;
  /** The last logout that this tab did itself. */
  readonly did?: string;
  /** The logout that was the last when this tab began an explicit login; empty: there was none. */
  readonly login?: string;
  /** The last logout that this tab is done with: it did it and stayed, or was loaded after it. */
  readonly swept?: string;
  /** When the logout began with which this tab left for Auth0. */
  readonly left?: number;
  /** The last logout that was seen to be asked of Auth0: it was opened elsewhere, or led to a page here. */
  readonly back?: string;
  readonly receipt?: unknown;
  /** In how many tabs credentials are gone. */
  readonly tabs?: number;
}

/**
 * A record of web storage, read afresh each time. Nothing here throws. An application may wipe all of
 * its storage when somebody logs out: what this page has known it goes on knowing.
 */
export interface Cell<T> {
  /** What is stored, or was when it could last be read; `word` instead where nothing can be read. */
  read(word?: Partial<T>): Partial<T>;
  /** Changes fields. @returns whether it is durable; blocked storage keeps it in memory only */
  patch(fields: Partial<T>): boolean;
  /** Writes it again where somebody has wiped it. */
  restore(): void;
}

/** Makes the cell that keeps `T` under one key of one storage. */
export function storageCell<T>(
  env: Env,
  area: 'localStorage' | 'sessionStorage',
  key: string,
): Cell<T> {
  let known: Partial<T> = {};
  let durable = true;
  const read = (word = known): Partial<T> => {
    try {
      const text = env[area].getItem(key);
      if (durable && text) known = Object(JSON.parse(text, valid)) as Partial<T>;
    } catch {
      known = word;
    }
    return known;
  };
  const patch = (fields: Partial<T>): boolean => {
    known = { ...read(), ...fields };
    try {
      env[area].setItem(key, JSON.stringify(known));
      durable = true;
    } catch {
      durable = false;
    }
    return durable;
  };
  return {
    read,
    patch,
    restore() {
      try {
        if (env[area].getItem(key) === null) patch({});
      } catch {
        // There is nothing to write to.
      }
    },
  };
}

/** A login that was not over after so many milliseconds was given up, or died with its page. */
export const LONGEST_LOGIN = 600_000;

/** How soon every tab can read what another has written, in milliseconds. */
export const WRITTEN_MS = 100;

/** Leaves out a login that has begun and never ended: it would stand for ever in the way of what is still to do. */
const valid = (key: string, value: unknown): unknown =>
  // A tab keeps an id by that name, which is no smaller number, or nothing.
  key === 'login' && value && (value as number) < Date.now() - LONGEST_LOGIN ? undefined : value;
