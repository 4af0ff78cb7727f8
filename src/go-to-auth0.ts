import type { Env } from './env.js';
import { leavePage } from './leave/leave-page.js';
import { LONGEST_WAY, type Workplace } from './workplace.js';

/** Lets the frames in a page know that it is a page of this application too, not of a test runner. */
export const markPage = ({ env, name }: Workplace): unknown =>
  Object.assign(env, { [Symbol.for(name)]: true });

/**
 * The page that the person sees, where this one is a frame in another of the application: Auth0 shows
 * nothing in a frame, and may get no cookies there.
 */
function outermost({ env, name }: Workplace): Env {
  try {
    return Reflect.get(Object(env.top), Symbol.for(name)) ? (env.top as Env) : env;
  } catch {
    // It is a page of another origin.
    return env;
  }
}

/** Says whether this page goes to Auth0 in a frame of somebody else's page. */
export const isFramed = (place: Workplace): boolean =>
  outermost(place) !== (place.env.top ?? place.env);

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
  try {
    const goes = await leavePage(openUrl ? env : outermost(place), url, ms, stays, openUrl);
    // Not every browser tells that a navigation was called off (Firefox, of `stop()` and its prompt).
    if (goes && place.busy) {
      giveUp = env.setTimeout(mayLogIn, LONGEST_WAY) as unknown as number;
    }
    return goes;
  } catch (error) {
    mayLogIn();
    throw error;
  }
}
