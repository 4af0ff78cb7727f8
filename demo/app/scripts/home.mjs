import { startCacheSwitch } from './cache-mode.mjs';
import { find, setText } from './dom.mjs';
import { startDraft } from './draft.mjs';
import { describeSessions, showLamps } from './lamps.mjs';
import { readLastLogout, rememberLogout, statesOf } from './last-logout.mjs';
import { startMisbehaving } from './misbehave.mjs';
import { oneAtATime, onReturn, openPage, showProblem, showTime } from './page.mjs';
import { showReport } from './report.mjs';
import { showRequests } from './request-log.mjs';
import { readSessions } from './sessions.mjs';

const options = { default: {}, federated: { federated: true }, localOnly: { localOnly: true } };
const logFrom = 'demo-log-from';

function showActions(signedIn) {
  find('#when-in').toggleAttribute('data-off', !signedIn);
  find('#when-out').toggleAttribute('data-off', signedIn);
}

function setBusy(busy) {
  for (const button of document.querySelectorAll('.action')) button.disabled = busy;
}

async function start() {
  const { client, config, mode, session, sources, tenant, logIn } = await openPage();
  let sessions = null;
  let leaving = false;

  const refresh = oneAtATime(async () => {
    const answer = await tenant.read();
    const now = await readSessions(config, client);
    // The page is on its way out: the servers' answers would be those of the page before.
    if (leaving) return;
    sessions = now;
    showLamps(sessions, sources);
    setText(find('#status'), describeSessions(sessions));
    showActions(sessions.application.state === 'alive');
    showRequests(answer, Number(sessionStorage.getItem(logFrom)));
    showTime();
  });

  async function logOut(kind) {
    setBusy(true);
    leaving = true;
    const record = { kind, at: Date.now(), before: statesOf(sessions), result: null };
    rememberLogout(record);
    setText(find('#status'), 'Logging out…');
    try {
      record.result = await session.logout(options[kind]);
      rememberLogout(record);
      showReport(find('#result'), record.result);
      if (record.result.status === 'left') return;
    } catch (error) {
      rememberLogout(null);
      showProblem(error);
    }
    leaving = false;
    setBusy(false);
    await refresh();
    const signedIn = sessions.application.state === 'alive';
    find(signedIn ? `[data-logout=${kind}]` : '#login').focus();
  }

  for (const button of document.querySelectorAll('[data-logout]')) {
    button.addEventListener('click', () => void logOut(button.dataset.logout));
  }
  find('#login').addEventListener('click', () => void logIn());
  find('#login-sso').addEventListener('click', () => void logIn({}));
  find('#forget-log').addEventListener('click', () => {
    sessionStorage.setItem(logFrom, String(Date.now()));
    void refresh();
  });
  find('#renew').addEventListener('click', async () => {
    const began = performance.now();
    const state = find('#renew-state');
    setText(state, 'Asking for a new token…');
    const words = await client.getTokenSilently({ cacheMode: 'off' }).then(
      () => 'A new token came',
      (error) => `Refused with “${error.error ?? error.name}”`,
    );
    setText(state, `${words} after ${Math.round(performance.now() - began)} ms.`);
    await refresh();
  });

  find('#forget-log').hidden = !config.local;
  startCacheSwitch(mode);
  startDraft(session);
  await startMisbehaving(tenant, config.local);
  const last = readLastLogout();
  if (last && !last.result) {
    setText(
      find('#result .empty'),
      'The last logout went to Auth0 before it could report here. Its receipt was on the page that it came back to.',
    );
  }
  showReport(find('#result'), last?.result ?? null);
  session.onLogout(({ from }) => {
    if (from !== 'this-tab') return void refresh();
    showLamps({ ...sessions, application: { state: 'ended' } }, sources);
    setText(find('#status'), 'This application is signed out. One moment…');
  });
  // Asked for by hand, or out of the browser's cache: the page did not leave after all.
  const stay = () => {
    leaving = false;
    setBusy(false);
  };
  find('#refresh').addEventListener('click', stay);
  window.addEventListener('pageshow', (event) => event.persisted && stay());
  onReturn(refresh);
  await refresh();
}

start().catch(showProblem);
