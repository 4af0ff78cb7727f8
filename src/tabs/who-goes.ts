import { type Env, noop } from '../env.js';
import { bounded } from '../failures.js';
import type { LogoutReason } from '../outcomes.js';
import { isUnderWay } from './lead-logout.js';
import type { Marker } from './logged-out-marker.js';

// Auth0 keeps one return address per browser, so of several logouts exactly one goes there.

/** How long a logout has just begun, in milliseconds. */
const JUST_BEGUN_MS = 1000;

/** Says whether some tab is to ask Auth0 for this logout, and nobody has logged in since. */
export const isPending = ({ auth0, login }: Partial<Marker>): boolean =>
  auth0 === 'pending' && !login;

/** What a logout that is about to begin knows of itself and of the last one. */
export interface Outset {
  readonly localOnly?: boolean | undefined;
  readonly onLine: boolean;
  readonly federated: boolean;
  /** The application opens the address in its own way. */
  readonly openUrl?: unknown;
  /** This tab is past the point of no return of a logout already: one that stayed, or is on its way. */
  readonly leads: boolean;
  /** The logout before, if it is still to be asked of Auth0 and no tab is at it. */
  readonly owed: Partial<Marker> | undefined;
  /** The last logout, as it is known now. */
  readonly latest: Partial<Marker>;
}

/** How a logout goes on. */
export interface Course {
  /** Auth0 is to be asked now: by this tab, or by the one that it joins. */
  readonly leaves: boolean;
  /** Another tab is at Auth0 for a logout that does all that is asked of this one. */
  readonly joins: boolean;
  /** What remains for Auth0 if this tab does not get there. */
  readonly unasked: 'kept' | 'owed';
}

/**
 * Says how a logout goes on. Exactly one tab goes to Auth0: a logout that another tab is at joins that
 * one, unless more is asked of it.
 */
export function chooseCourse(outset: Outset): Course {
  const { localOnly, onLine, federated, openUrl, leads, owed, latest } = outset;
  const leaves = !localOnly && onLine;
  const asksMore = openUrl || latest.elsewhere || (federated && !latest.federated);
  return {
    leaves,
    joins:
      !leads && isPending(latest) && latest.id !== owed?.id && (localOnly || (leaves && !asksMore)),
    // An address that somebody else was to open is not opened in this tab instead.
    unasked: (localOnly || openUrl) && !owed ? 'kept' : 'owed',
  };
}

/** Says whether this logout is still to be asked of Auth0, and no tab is at it. */
export async function isOwed(
  env: Env,
  name: string,
  marker: Partial<Marker>,
  reason: LogoutReason,
): Promise<boolean> {
  if (!isPending(marker)) return marker.auth0 === 'owed' && !marker.login;
  // The lock of one that has just begun may not be held yet. Only time-outs come that close together,
  // without a login in between.
  const isNew = reason !== 'user' && Date.now() - marker.at! <= JUST_BEGUN_MS;
  return !isNew && !(await bounded(env, JUST_BEGUN_MS, isUnderWay(env, name)).catch(noop));
}

/**
 * Says whether this tab is the one to go, of several that may have begun in the very same moment, not
 * seeing each other: time-outs that run in each tab. The first one goes; a person clicks in one tab,
 * and need not wait to hear that it is first.
 *
 * @param first whether this tab was first, once that is known
 * @param isLast whether the last word about a logout is this tab's
 */
export async function isMine(
  env: Env,
  ms: number,
  first: Promise<boolean | undefined>,
  isLast: boolean,
  reason: LogoutReason,
): Promise<boolean> {
  const unheard = reason === 'user' && isLast ? [Promise.resolve(undefined)] : [];
  return (await bounded(env, ms, Promise.race([first, ...unheard])).catch(noop)) ?? isLast;
}
