import { agree } from './agree.js';
import { revokeRefreshTokens } from './auth0-client/revoke.js';
import { noop } from './env.js';
import { bounded, failure } from './failures.js';
import { followMarker } from './follow-marker.js';
import { goToAuth0 } from './go-to-auth0.js';
import type { LogoutOptions, LogoutResult } from './logout-types.js';
import type { SessionOutcomes } from './outcomes.js';
import { providerStrategy } from './providers/strategies.js';
import type { StoredReceipt } from './receipt/receipt.js';
import { type RunStep, recordSteps } from './record-steps.js';
import { ALL, LISTED, LOGIN, MEMORY } from './scope.js';
import { endServerSession } from './server/end-server-session.js';
import { writeAhead } from './tabs/journal.js';
import { leadLogout } from './tabs/lead-logout.js';
import type { Marker } from './tabs/logged-out-marker.js';
import { chooseCourse, isMine, isPending } from './tabs/who-goes.js';
import type { Workplace } from './workplace.js';

const EVERYTHING = ALL | LISTED | LOGIN;
/** What goes: not what belongs to a login that has begun since in another tab, or has completed. */
const scopeAfter = (login: Marker['login']): number =>
  login === 'done' ? MEMORY : login ? ALL | LISTED : EVERYTHING;

/** What became of the application's own session. */
interface Ended {
  readonly ended: boolean;
  /** The cookies that were to go and that no script can see. */
  readonly unseen: readonly string[];
}

/** Ends the application's own session: at its server, at the token endpoint, in this browser. */
async function endApplication(
  place: Workplace,
  step: RunStep,
  id: string,
  server: URL | undefined,
  onCleared: () => void,
): Promise<Ended> {
  const { config, env, ms, watch, fence, clear } = place;
  const { auth0Client, audiences } = config;
  const revokes = auth0Client?.revokeRefreshToken && env.navigator.onLine;
  const revoke = (): Promise<void> => revokeRefreshTokens(env, ms, auth0Client!, audiences);
  const [served] = await Promise.all([
    step('server', server, async () => {
      await endServerSession(env, ms, server!);
      watch.patchMarker(id, { server: undefined });
    }),
    step('revoke', revokes, revoke),
  ]);

  // Whoever has logged in meanwhile, in another tab, keeps what is shared.
  const clearAll = (unseen?: string[]): Promise<void> =>
    clear(scopeAfter(watch.marker.read().login), unseen);
  const unseen: string[] = [];
  const cleared = await step('clear', true, () => clearAll(unseen));
  onCleared();

  const inFlight = fence?.inFlight() ?? place.cameBack;
  const clearedAgain = await step('clear-again', inFlight, async () => {
    // One half of the step's time to wait, the other to clear.
    const within = <T>(work: Promise<T>): Promise<T> => bounded(env, ms / 2, work);
    await within(inFlight!).catch(noop);
    await Promise.all([
      revokes && within(revoke()).catch(noop),
      within(Promise.all([place.cameBack, clearAll()])),
    ]);
  });
  return { ended: served && cleared && clearedAgain, unseen: [...new Set(unseen)] };
}

/**
 * Logs out: the steps in their order, and nowhere else. Validate, build the address, ask; then the
 * point of no return; the durable marker, by which the other tabs are told; revoke; clear; clear
 * again what came back; the receipt; leave.
 *
 * Nothing is destroyed before everything that can refuse has agreed; after it, nothing can stop:
 * each step is bounded, and one that fails is reported and followed by the next.
 *
 * @throws LogoutError for what the caller has to fix, before the point of no return
 */
export async function runLogout(
  place: Workplace,
  given: LogoutOptions | undefined,
): Promise<LogoutResult> {
  // Whoever calls it from plain JavaScript may hand in `null`.
  const options: LogoutOptions = given ?? {};
  const { config, env, name, ms, watch, fence, warn, tell } = place;
  const { localOnly, reason = 'user', openUrl } = options;
  const { steps, step } = recordSteps();
  const agreed = await agree(place, options, step);
  const { go, lost, desk, id, server, owed, federate, warnings } = agreed;
  const { url, returnTo, state, hint, sub } = agreed;
  const federated = federate === true;

  const sessions = (
    application: SessionOutcomes['application'],
    asked: unknown,
  ): SessionOutcomes => ({
    application,
    auth0: asked ? 'requested' : 'kept',
    identityProvider: asked && federated ? 'requested' : 'kept',
  });
  const result = (status: LogoutResult['status'], sessions: SessionOutcomes): LogoutResult => {
    warnings.forEach(warn);
    return { status, url: localOnly ? null : url.href, reason, sessions, steps, warnings };
  };
  if (!go) {
    void desk?.quiet(false);
    return result('cancelled', sessions('kept', false));
  }
  if (lost.length) warnings.push(`Not saved: ${lost.map(({ label }) => label).join(', ')}.`);

  // The point of no return.
  place.busy = true;
  const { onLine } = env.navigator;
  const { leads } = place;
  // Looked at now, in case another one began meanwhile.
  const latest = watch.marker.read();
  const outset = { localOnly, onLine, federated, openUrl, leads, owed, latest };
  const { leaves, joins, unasked } = chooseCourse(outset);
  place.leads = !joins;
  const lead = leadLogout(env, name, watch, id);
  const at = Date.now();
  const marked = await step('mark', true, () => {
    if (joins) return void watch.current();
    const durable = lead.begin({
      reason,
      at,
      auth0: leaves ? 'pending' : unasked,
      federated: federate === undefined ? owed?.federated : federated,
      returnTo: (localOnly && owed?.returnTo) || (returnTo ?? undefined),
      hint,
      elsewhere: openUrl && true,
      server: server && true,
    });
    // Whoever says which databases go gets none of ours.
    if (durable && !config.clear?.indexedDB) writeAhead(env, name, watch.marker.read());
    fence?.close();
    if (!durable) throw failure('storage is full or blocked');
  });

  const { ended, unseen } = await endApplication(place, step, id, server, () => {
    // Where storage was full, there is room now.
    if (!marked) lead.repeat();
  });
  if (unseen.length && !server) {
    warnings.push(
      `No script can see the cookies ${unseen.join(', ')}. If they are HttpOnly, only serverLogoutUrl can end them.`,
    );
  }

  const application = ended ? 'ended' : 'incomplete';
  const last = watch.marker.read();
  const isLast = last.id === id || !isPending(last);
  const goes =
    leaves &&
    !joins &&
    (openUrl || federated || leads || (await isMine(env, ms, lead.first(), isLast, reason)));
  const receipt: StoredReceipt = {
    reason,
    at,
    sessions: sessions(application, true),
    unsaved: lost,
    strategy: providerStrategy(sub),
    returnTo,
    state,
  };
  await step('receipt', goes, () => lead.leave(at, receipt));
  if (!joins) tell({ reason, from: 'this-tab' });
  watch.keep();

  const stay = (auth0: Marker['auth0']): void => {
    place.busy = place.leads = false;
    lead.stay(auth0);
    void desk?.quiet(false);
    if (watch.marker.read().login === 'done') {
      // Somebody has logged in meanwhile: only this page is old.
      watch.cover();
      env.location.reload();
    }
  };
  /** Another tab is at Auth0 for the logout; this one does what any other does then. */
  const follow = (): void => {
    const marker = watch.marker.read() as Marker;
    const back = watch.see(marker.id);
    place.leads = false;
    watch.cover();
    followMarker(place, marker, isPending(marker) ? back : Promise.resolve());
  };
  let away = true;
  const gone = await step('leave', leaves, async () => {
    if (goes) away = await goToAuth0(place, url, () => stay(unasked), openUrl);
    else follow();
  });
  const left = leaves && gone;
  if (!left || !away) stay(left ? 'left' : unasked);
  if (!onLine && !localOnly) {
    let word = 'Offline: the Auth0 session lives on';
    if (unasked === 'owed') {
      word += ', and is ended when the network is back';
      // For the return of the page that asks Auth0 then.
      watch.tab.patch({ receipt });
    }
    warnings.push(`${word}.`);
  }
  return result(left ? 'left' : 'stayed', sessions(application, left));
}
