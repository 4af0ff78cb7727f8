import { type Env, noop, on, openLine, sayOnce } from '../env.js';
import { listTabsWithGuards, WITH_GUARDS } from './tabs-with-guards.js';

/** This tab's view of the guards in other tabs. */
export interface GuardWatch {
  /** Says which tabs have guards; none where that cannot be known. */
  readonly tabs: () => Promise<string[]>;
  readonly stop: () => void;
}

/**
 * Knows ahead whether another tab of the application has guards: the browser is asked once, and each
 * tab that gets its first guard says so. What a page asks the browser right after a click is answered
 * only with the next frame (Chromium, to paint first), 8 ms later on average; a message from another
 * tab is not put off.
 */
export function watchForGuards(env: Env, name: string): GuardWatch {
  const key = name + WITH_GUARDS;
  let line: BroadcastChannel | undefined;
  /** How often something has happened that an answer on its way may not know. */
  let news = 0;
  /** How often it had when the browser last said that nobody has any. */
  let nobodyAsOf = -1;
  let echo = noop;
  let echoId = 0;

  const nobody = (): boolean => nobodyAsOf === news;
  const ask = async (): Promise<string[]> => {
    const asOf = news;
    const found = await listTabsWithGuards(env, name).catch(noop);
    // Without a line, nothing would say that this has changed.
    nobodyAsOf = line && found?.length === 0 ? asOf : -1;
    return found ?? [];
  };
  const close = (): void => {
    line = void line?.close();
    news++;
  };
  const open = (): void => {
    close();
    line = openLine(env, key);
    if (!line) return;
    line.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (data === echoId) echo();
      // Of another tab's echo there is nothing to learn.
      else if (!data) news++;
    };
    void ask();
  };
  open();
  // A page that is told something in the bfcache is thrown out of it.
  const stops = [on(env, 'pagehide', close), on(env, 'pageshow', open), close];

  const tabs = async (): Promise<string[]> => {
    const asked = ask();
    const asOf = news;
    if (nobody()) {
      // What any tab has said before this comes before it.
      const heard = new Promise<void>((resolve) => (echo = resolve));
      sayOnce(env, key, (echoId = Math.random()));
      await Promise.race([heard, asked]);
    }
    // Of a tab that has said so meanwhile, the browser may not have known yet.
    return nobody() ? [] : news === asOf ? asked : ask();
  };
  return { tabs, stop: () => stops.forEach((end) => end()) };
}
