import { type Env, on } from '../env.js';
import { bounded, failure, isTimeout } from '../failures.js';
import { postForm } from './post-form.js';

/**
 * Longer addresses go as a POST form: an ID token as a hint overflows some servers' limit. Only
 * `/oidc/logout` takes one (RP-Initiated Logout 1.0, section 2); `/v2/logout` answers GET alone.
 */
const LONGEST_ADDRESS = 2000;

/**
 * Goes to the tenant, in place of the page that is left, so that this page is not one Back away.
 * Resolves when the page goes, or when `ms` have passed with the navigation still under way: a
 * slow server keeps a page alive for as long as it likes.
 *
 * @param onStay hears, also later than that, that the page does not get there
 * @throws Failure when the navigation was cancelled: by somebody's `beforeunload` prompt, by the
 * Navigation API, by `window.stop()` (all three say so in `navigateerror`, where the browser has it),
 * by the tab being closed, or by a Content-Security-Policy
 */
export async function leavePage(env: Env, url: URL, ms: number, onStay: () => void): Promise<void> {
  let begun = false;
  const going = new Promise<void>((resolve, reject) => {
    const cancelled = (): void => {
      stops.forEach((stop) => stop());
      onStay();
      reject(failure('the navigation was cancelled'));
    };
    const stops = [
      on(env, 'pagehide', () => resolve()),
      // The first one is our own; with the second the tab is closed, or goes elsewhere.
      on(env, 'beforeunload', () => {
        if (begun) cancelled();
        begun = true;
      }),
      on(env.navigation, 'navigateerror', cancelled),
      on(env.document, 'securitypolicyviolation', (event) => {
        const { disposition, effectiveDirective } = event as SecurityPolicyViolationEvent;
        // No other directive stops a navigation; what else the page violates is its own affair.
        if (disposition === 'enforce' && effectiveDirective === 'form-action') cancelled();
      }),
    ];
    if (url.href.length > LONGEST_ADDRESS && url.pathname === '/oidc/logout') {
      postForm(env.document, url);
    } else env.location.replace(url.href);
  });
  await bounded(env, ms, going).catch((error: unknown) => {
    if (!isTimeout(error)) throw error;
  });
}
