import { createClient, finishLogin } from './auth-client.mjs';
import { readCacheMode } from './cache-mode.mjs';
import { readConfig } from './config.mjs';
import { find, setText } from './dom.mjs';
import { describeSources } from './lamps.mjs';
import { createSession } from './logout-session.mjs';
import { createTenant } from './tenant.mjs';
import { startThemeSwitch } from './theme-switch.mjs';

/** A failure that the person has to know about. */
export function showProblem(error) {
  setText(find('#notice'), `${error.code ?? error.error ?? error.name}: ${error.message}`);
}

/** What both pages need: the tenant, the client, the library, and the small print. */
export async function openPage() {
  startThemeSwitch();
  const mode = readCacheMode();
  const config = await readConfig();
  if (!config.local) setText(find('#where'), `The tenant is ${new URL(config.tenantUrl).host}.`);
  const client = await createClient(config, mode);
  const session = await createSession(config, client);
  await finishLogin(client).catch(showProblem);
  return {
    client,
    config,
    mode,
    session,
    sources: describeSources(config),
    tenant: createTenant(config),
    logIn: (extra) =>
      client
        .loginWithRedirect({
          authorizationParams: extra ?? session.nextLogin(),
        })
        .catch(showProblem),
  };
}

/** Runs now, and whenever the person comes back to this page, also out of the browser's cache. */
export function onReturn(refresh) {
  window.addEventListener('focus', () => void refresh());
  window.addEventListener('pageshow', (event) => event.persisted && void refresh());
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void refresh();
  });
  find('#refresh').addEventListener('click', () => void refresh());
}

export function showTime() {
  const time = new Date().toLocaleTimeString('en-GB');
  setText(find('#read-at'), `Read at ${time}`);
}

/** Calls that come while one is running share the next run: answers never overtake each other. */
export function oneAtATime(work) {
  let running = null;
  let next = null;
  const start = () => {
    running = work().finally(() => (running = null));
    return running;
  };
  return () => {
    if (!running) return start();
    next ??= running.then(
      () => ((next = null), start()),
      () => ((next = null), start()),
    );
    return next;
  };
}
