import { settle } from './auth0-client/auth0-client.js';
import { revokeRefreshTokens } from './auth0-client/revoke.js';
import { loadBeyondStorage } from './clear.js';
import { noop, on, randomId } from './env.js';
import { bounded, describeError, failure, isTimeout } from './failures.js';
import { finishLogout, followMarker } from './finish-logout.js';
import { leavePage } from './leave/leave-page.js';
import type { LogoutOptions, LogoutResult, LogoutStep, LogoutStepName } from './logout-types.js';
import { federatedAdvice } from './providers/federated-advice.js';
import { providerStrategy } from './providers/strategies.js';
import type { StoredReceipt } from './receipt/receipt.js';
import { ALL, LISTED, LOGIN, MEMORY } from './scope.js';
import { endServerSession } from './server/end-server-session.js';
import { leadLogout } from './tabs/lead-logout.js';
import type { Marker } from './tabs/logged-out-marker.js';
import { isMine, isOwed, isPending } from './tabs/who-goes.js';
import { lookForGuards, someoneHasGuards } from './unsaved-work/anyone.js';
import type { UnsavedWork, UnsavedWorkDesk } from './unsaved-work/unsaved-work.js';
import { resolveLogoutAddress } from './url/build-logout-url.js';
import { decodeJwtPart } from './url/jwt-part.js';
import { validate } from './validate.js';
import { loadAsking, LONGEST_WAY, type Workplace } from './workplace.js';

export {
  finishLogout as finish,
  followMarker as follow,
  prepareLogout as prepare,
  runLogout as run,
};

const revoke = ({ config, env, ms }: Workplace): Promise<void> =>
  revokeRefreshTokens(env, ms, config.auth0Client!, config.audiences);

/** Loads and looks for what a logout will need to know, and warns of what it would refuse. */
function prepareLogout(place: Workplace): void {
  const { config, env, name, warn } = place;
  const { auth0Client } = config;
  const { options } = Object(auth0Client) as { options?: { cacheLocation?: string } };
  if (auth0Client?.revokeRefreshToken && options?.cacheLocation !== 'localstorage') {
    place.revokeOwn = () => revoke(place).catch(noop);
  }
  if (typeof auth0Client?.isAuthenticated === 'boolean') {
    warn('useAuth0() returns another object at every change: hand in the Auth0Client itself.');
  }
  loadBeyondStorage().then((places) => places.lookAhead(env), noop);
  void lookForGuards(env, name);
  try {
    validate(config, {}, env);
    resolveLogoutAddress(config, {}, env.location.href);
  } catch (error) {
    warn((error as Error).message);
  }
}

const EVERYTHING = ALL | LISTED | LOGIN;
/** What goes: not what belongs to a login that has begun since in another tab, or has completed. */
const scopeAfter = (login: Marker['login']): number =>
  login === 'done' ? MEMORY : login ? ALL | LISTED : EVERYTHING;

type Sessions = LogoutResult['sessions'];

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
async function runLogout(
  place: Workplace,
  given: LogoutOptions | undefined,
): Promise<LogoutResult> {
  // Whoever calls it from plain JavaScript may hand in `null`.
  const options: LogoutOptions = given ?? {};
  const { config, env, name, ms, watch, fence, clear, warn, tell } = place;
  const { auth0Client } = config;
  const { localOnly, reason = 'user', openUrl, signal } = options;
  const steps: LogoutStep[] = [];
  const id = randomId();
  // One that asks nobody takes it back, at any time from the call on.
  const { question = new AbortController() } = place;

  const step = async (
    name: LogoutStepName,
    wanted: unknown,
    work: () => unknown,
  ): Promise<boolean> => {
    const begun = Date.now();
    // In the order in which they begin.
    const report: { -readonly [K in keyof LogoutStep]: LogoutStep[K] } = {
      name,
      status: wanted ? 'done' : 'skipped',
      ms: 0,
    };
    steps.push(report);
    try {
      if (wanted) await work();
    } catch (error) {
      report.status = isTimeout(error) ? 'timed-out' : 'failed';
      report.error = describeError(error) || 'Error';
    }
    report.ms = Date.now() - begun;
    return !report.error;
  };

  const server = validate(config, options, env);

  // A logout that Auth0 has not been asked for yet stays owed, with all that was asked of it.
  const before = watch.current();
  const owed = before && (await isOwed(env, name, before, reason)) ? before : undefined;
  const federate = options.federated ?? (localOnly ? undefined : owed?.federated);
  const federated = federate === true;

  // Build the address; what the client knows about the user is gone afterwards.
  const oidc = config.endpoint === 'oidc';
  const state = options.state || (oidc ? id : undefined);
  const build = (hints: LogoutOptions): ReturnType<typeof resolveLogoutAddress> =>
    resolveLogoutAddress(config, { ...options, federated: federate, ...hints }, env.location.href);
  let address = build({ state });
  const ask = async (): Promise<unknown> => settle(await auth0Client?.getIdTokenClaims?.());
  const claims = await bounded(env, ms, ask()).catch(noop);
  const { sub, sid } = Object(claims) as { sub?: string; sid?: unknown };
  // A logout that stayed has cleared the claims, but not ended the session.
  const hinted = decodeJwtPart(options.idTokenHint?.split('.')[1])?.sid;
  const hint = [options.logoutHint, hinted, sid, before && before.hint].find(
    (one): one is string => !!one && typeof one === 'string',
  );
  if (oidc && hint && !options.idTokenHint && !options.logoutHint) {
    address = build({ state, logoutHint: hint });
  }
  const { url, returnTo } = address;
  const warnings = localOnly ? [] : [...address.warnings];
  const advice = federated && federatedAdvice(sub);
  if (advice) warnings.push(advice);

  const sessions = (application: Sessions['application'], asked: unknown): Sessions => ({
    application,
    auth0: asked ? 'requested' : 'kept',
    identityProvider: asked && federated ? 'requested' : 'kept',
  });
  const result = (status: LogoutResult['status'], sessions: Sessions): LogoutResult => {
    warnings.forEach(warn);
    return { status, url: localOnly ? null : url.href, reason, sessions, steps, warnings };
  };

  // Ask: every tab that guards unsaved work, and then the person; or let it be saved.
  let go = true;
  let unsaved: readonly UnsavedWork[] = [];
  let desk: UnsavedWorkDesk | undefined;
  const withdraw = (): void => question.abort();
  const deafen = on(signal, 'abort', withdraw);
  if (reason === 'user') place.withdraw = withdraw;
  const guarded =
    !signal?.aborted &&
    !question.signal.aborted &&
    (place.desk || (await someoneHasGuards(env, name)));
  const asked = await step('ask', guarded, async () => {
    const [{ askAboutUnsavedWork }, opened] = await bounded(
      env,
      ms,
      Promise.all([loadAsking(), place.openDesk()]),
    );
    desk = opened;
    const asking = { reason, federated, sub, signal: question.signal };
    ({ go, unsaved } = await askAboutUnsavedWork(place, desk, asking));
  });
  place.withdraw = undefined;
  deafen();
  if (!asked && reason === 'user') go = !!env.confirm?.('Log out without saving?');
  if (!go || signal?.aborted || question.signal.aborted) {
    void desk?.quiet(false);
    return result('cancelled', sessions('kept', false));
  }
  const lost = unsaved.map(({ label, page, state }) =>
    state === 'unknown' ? { label, page, state } : { label, page },
  );
  if (lost.length) warnings.push(`Not saved: ${lost.map(({ label }) => label).join(', ')}.`);

  // The point of no return.
  place.busy = true;
  const { onLine } = env.navigator;
  const leaves = !localOnly && onLine;
  // An address that somebody else was to open is not opened in this tab instead.
  const owing = (localOnly || openUrl) && !owed ? 'kept' : 'owed';
  // Auth0 keeps one return address per browser, so exactly one tab goes there: a logout that another
  // tab is at joins that one, unless more is asked of it. Looked at now, in case it began meanwhile.
  const latest = watch.marker.read();
  const again = place.leads;
  const joined =
    !again &&
    latest.id !== owed?.id &&
    isPending(latest) &&
    (localOnly || (leaves && !openUrl && !latest.elsewhere && (!federated || latest.federated)));
  place.leads = !joined;
  const lead = leadLogout(env, name, watch, id);
  const at = Date.now();
  const marked = await step('mark', true, () => {
    if (joined) return void watch.current();
    const durable = lead.begin({
      reason,
      at,
      auth0: leaves ? 'pending' : owing,
      federated: federate === undefined ? owed?.federated : federated,
      returnTo: (localOnly && owed?.returnTo) || (returnTo ?? undefined),
      hint: oidc ? hint : undefined,
      elsewhere: openUrl && true,
      server: server && true,
    });
    fence?.close();
    if (!durable) throw failure('storage is full or blocked');
  });

  const revokes = auth0Client?.revokeRefreshToken && onLine;
  const [served] = await Promise.all([
    step('server', server, async () => {
      await endServerSession(env, ms, server!);
      watch.patchMarker(id, { server: undefined });
    }),
    step('revoke', revokes, () => revoke(place)),
  ]);

  // Whoever has logged in meanwhile, in another tab, keeps what is shared.
  const clearAll = (unseen?: string[]): Promise<void> =>
    clear(scopeAfter(watch.marker.read().login), unseen);
  const unseen: string[] = [];
  const cleared = await step('clear', true, () => clearAll(unseen));
  if (unseen.length && !server) {
    warnings.push(
      `No script can see the cookies ${[...new Set(unseen)].join(', ')}. If they are HttpOnly, only serverLogoutUrl can end them.`,
    );
  }

  // Where storage was full, there is room now.
  if (!marked) lead.repeat();

  const inFlight = fence?.inFlight() ?? place.cameBack;
  const clearedAgain = await step('clear-again', inFlight, async () => {
    // One half of the step's time to wait, the other to clear.
    const within = <T>(work: Promise<T>): Promise<T> => bounded(env, ms / 2, work);
    await within(inFlight!).catch(noop);
    await Promise.all([
      revokes && within(revoke(place)).catch(noop),
      within(Promise.all([place.cameBack, clearAll()])),
    ]);
  });

  const application = served && cleared && clearedAgain ? 'ended' : 'incomplete';
  const last = watch.marker.read();
  const isLast = last.id === id || !isPending(last);
  const goes =
    leaves &&
    !joined &&
    (openUrl || federated || again || (await isMine(env, ms, lead.first(), isLast, reason)));
  await step('receipt', goes, () => {
    const stored = sessions(application, true);
    const receipt: StoredReceipt = {
      reason,
      at,
      sessions: stored,
      unsaved: lost,
      strategy: providerStrategy(sub),
      returnTo,
      state,
    };
    lead.leave(at, receipt);
  });
  if (!joined) tell({ reason, from: 'this-tab' });
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
    if (goes) away = await leavePage(env, url, ms, () => stay(owing), openUrl);
    else follow();
  });
  const left = leaves && gone;
  // A page that is about to go must not begin a login on its way out.
  if (!left || !away) stay(left ? 'left' : owing);
  else if (goes) {
    // Not every browser tells that a navigation was called off (Firefox, of `stop()` and its prompt).
    env.setTimeout(() => (place.busy = false), LONGEST_WAY);
  }
  if (!onLine && !localOnly) {
    const later = owing === 'owed' ? ', and is ended when the network is back' : '';
    warnings.push(`Offline: the Auth0 session lives on${later}.`);
  }
  return result(left ? 'left' : 'stayed', sessions(application, left));
}
