import { find, setText } from './dom.mjs';
import { describeSessions, showLamps } from './lamps.mjs';
import { readLastLogout } from './last-logout.mjs';
import { oneAtATime, onReturn, openPage, showProblem, showTime } from './page.mjs';
import { showComparison, showReport } from './report.mjs';
import { showRequests } from './request-log.mjs';
import { readSessions } from './sessions.mjs';

/** What became of one session, in the words of somebody who was there before and after. */
function verdictOf(before, now) {
  if (now.state === 'unknown') return 'Unknown';
  if (now.state === 'alive') return before === 'alive' ? 'Still alive' : 'Alive';
  return before === 'alive' ? 'Ended' : 'Not signed in';
}

/** The receipt, as the person gets it. */
async function showReceipt(session, receipt, logIn) {
  const { renderReceipt } = await import('/dist/ui.mjs');
  find('#receipt').replaceChildren();
  renderReceipt(find('#receipt'), receipt, {
    onLogin: () => void logIn(),
    onEndRest: (options) => void session.logout(options).catch(showProblem),
  });
}

async function start() {
  const { client, config, session, sources, tenant, logIn } = await openPage();
  const last = readLastLogout();
  const receipt = session.takeReceipt();

  const refresh = oneAtATime(async () => {
    const answer = await tenant.read();
    const now = await readSessions(config, client);
    const verdicts = Object.fromEntries(
      Object.keys(now).map((key) => [key, verdictOf(last?.before[key], now[key])]),
    );
    showLamps(now, sources, verdicts);
    setText(find('#status'), describeSessions(now));
    showComparison(
      find('#compare'),
      last?.before,
      receipt?.sessions ?? last?.result?.sessions,
      now,
    );
    showRequests(answer, last?.at);
    showTime();
  });

  if (receipt) await showReceipt(session, receipt, logIn);
  showReport(find('#result'), last?.result ?? null, receipt);
  find('#login').addEventListener('click', () => void logIn());
  onReturn(refresh);
  await refresh();
}

start().catch(showProblem);
