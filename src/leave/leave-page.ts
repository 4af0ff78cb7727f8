import { type Env, on } from '../env.js';
import { bounded, Failure, isTimeout } from '../failures.js';
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
 * @throws Failure when the navigation was cancelled: by somebody's `beforeunload` prompt, by the
 * Navigation API, by `window.stop()` (all three say so in `navigateerror`, where the browser has it),
 * or by a Content-Security-Policy
 */
export async function leavePage(env: Env, url: URL, ms: number): Promise<void> {
  const stops: Array<() => void> = [];
  const going = new Promise<void>((resolve, reject) => {
    const cancelled = (): void => reject(new Failure('the navigation was cancelled'));
    stops.push(
      on(env, 'pagehide', () => resolve()),
      on(env.navigation, 'navigateerror', cancelled),
      on(env.document, 'securitypolicyviolation', cancelled),
    );
    if (url.href.length > LONGEST_ADDRESS && url.pathname === '/oidc/logout') {
      postForm(env.document, url);
    } else env.location.replace(url.href);
  });
  await bounded(env, ms, going)
    .catch((error: unknown) => {
      if (!isTimeout(error)) throw error;
    })
    .finally(() => stops.forEach((stop) => stop()));
}
