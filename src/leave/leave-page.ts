import { type Env, noop, on } from '../env.js';
import { bounded, failure, isTimeout } from '../failures.js';
import { postForm } from './post-form.js';

/**
 * Longer addresses go as a POST form: an ID token as a hint overflows some servers' limit. Only
 * `/oidc/logout` takes one (RP-Initiated Logout 1.0, section 2); `/v2/logout` answers GET alone.
 */
const LONGEST_ADDRESS = 2000;

/** How soon after the call that leaves it a page says that it is being left, in milliseconds. */
const SAYS_SO_MS = 50;

/**
 * Goes to the tenant, in place of the page that is left, so that this page is not one Back away.
 * Resolves when the page goes, or when `ms` have passed with the navigation still under way: a
 * slow server keeps a page alive for as long as it likes.
 *
 * @param onStay hears, also later than that, that the page does not get there
 * @param openUrl the application's own way to open the address. It may take this very page there, as
 * `(url) => location.assign(url)` does: such a page says so in a `beforeunload` (not on iOS)
 * @returns whether this page goes
 * @throws Failure when the navigation was cancelled: by somebody's `beforeunload` prompt, by the
 * Navigation API, by `window.stop()` (all three say so in `navigateerror`, where the browser has it),
 * by the tab being closed, or by a Content-Security-Policy; what `openUrl` throws, or its time-out
 */
export async function leavePage(
  env: Env,
  url: URL,
  ms: number,
  onStay: () => void,
  openUrl?: (url: string) => unknown,
): Promise<boolean> {
  let begun = !openUrl;
  let unloading = false;
  let stops: (() => void)[] = [];
  const stop = (): void => stops.forEach((end) => end());
  const going = new Promise<void>((resolve, reject) => {
    const cancelled = (): void => {
      // What this page does while somebody else opens the address is its own affair.
      if (!begun) return;
      stop();
      onStay();
      reject(failure('the navigation was cancelled'));
    };
    stops = [
      // In a task, which a page that is gone never runs: its last act could be to wipe its storage.
      on(env, 'pagehide', () => void env.setTimeout(resolve)),
      // The first one is this navigation's; with the second the tab is closed, or goes elsewhere.
      on(env, 'beforeunload', () => {
        if (unloading) cancelled();
        unloading = begun = true;
      }),
      on(env.navigation, 'navigateerror', () => {
        // A router's `replaceState` ends the event but not the navigation, and is the next one.
        let goesOn = false;
        const deafen = on(env.navigation, 'navigate', (event) => {
          const { destination } = event as NavigateEvent;
          // Or ours, which has taken the place of an earlier one.
          goesOn = destination.sameDocument || destination.url === url.href;
        });
        env.setTimeout(() => {
          deafen();
          if (!goesOn) cancelled();
        });
      }),
      on(env, 'securitypolicyviolation', (event) => {
        const { disposition, effectiveDirective } = event as SecurityPolicyViolationEvent;
        // No other directive stops a navigation; what else the page violates is its own affair.
        if (disposition === 'enforce' && effectiveDirective === 'form-action') cancelled();
      }),
    ];
  });
  if (openUrl) {
    try {
      await bounded(env, ms, (async () => openUrl(url.href))());
      await bounded(env, SAYS_SO_MS, going).catch(noop);
    } finally {
      if (!begun) stop();
    }
    if (!begun) return false;
  } else if (url.href.length > LONGEST_ADDRESS && url.pathname === '/oidc/logout') {
    postForm(env.document, url);
  } else env.location.replace(url.href);
  await bounded(env, ms, going).catch((error: unknown) => {
    if (!isTimeout(error)) throw error;
  });
  return true;
}
