import { type Env, on, realValue } from '../env.js';
import { bounded } from '../failures.js';

/** How long a tab waits for the one that logged out, in milliseconds (the contract's 10 s). */
const LONGEST_WAIT = 10_000;

/**
 * What a receiving tab does by itself: waits until the tab that logged out is back from Auth0, and
 * then goes to the same place. It never goes to Auth0, and offline it stays where it is, covered,
 * until the network is back.
 */
export function followLogout(env: Env, returned: Promise<void>, returnTo: string | null): void {
  const go = (): void => {
    const { document, location, navigator, navigation } = env;
    if (!navigator.onLine) return void on(env, 'online', go);
    // Only a web address: an application's own scheme would open an application in every tab. Nor
    // does a page go elsewhere that is loaded for a link which nobody has clicked on yet.
    const isTab = !realValue(document as Document & { prerendering?: boolean }, 'prerendering');
    const url = isTab && returnTo?.startsWith('http') && new URL(returnTo).href;
    if (url) location.replace(url);
    // Nothing is loaded for another fragment only, or where a router has just taken the address for a
    // change of view (Navigation API, `intercept`). Beside a load that has begun, `reload` would call
    // that off, ask the person a second time, and post again what a form has sent.
    const isFragment = url && url.startsWith(`${location.href.split('#')[0]}#`);
    if (!url || isFragment || navigation?.transition) location.reload();
  };
  void bounded(env, LONGEST_WAIT, returned).then(go, go);
}
