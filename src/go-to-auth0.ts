import { leavePage } from './leave/leave-page.js';
import { LONGEST_WAY, type Workplace } from './workplace.js';

/**
 * Goes to Auth0. Nobody logs in from a page on its way out: that would call the navigation off.
 *
 * @param onStay hears, also later, that the page does not get there
 * @returns whether this page goes; not where `openUrl` opens the address elsewhere
 * @throws Failure as {@link leavePage} does
 */
export async function goToAuth0(
  place: Workplace,
  url: URL,
  onStay: () => void,
  openUrl?: (url: string) => unknown,
): Promise<boolean> {
  const { env, ms } = place;
  let giveUp: number | undefined;
  const mayLogIn = (): void => {
    env.clearTimeout(giveUp);
    place.busy = false;
  };
  const stays = (): void => {
    mayLogIn();
    onStay();
  };
  place.busy = true;
  const goes = await leavePage(env, url, ms, stays, openUrl);
  // Not every browser tells that a navigation was called off (Firefox, of `stop()` and its prompt).
  if (goes && place.busy) {
    giveUp = env.setTimeout(mayLogIn, LONGEST_WAY) as unknown as number;
  }
  return goes;
}
