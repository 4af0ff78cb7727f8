import { appTest, type TestApp } from '../browser/app/test-app.js';
import { inTheBackground, type Context, type Tab } from '../browser/driver/index.js';

/** How many tabs a person is thought to have at most. */
export const TABS = 40;

/** A benchmark with tabs as a person has them: all but one behind the one that is looked at. */
export const manyTabsTest = appTest.extend(inTheBackground);

/** Opens them, each prepared by the given function; the first is signed in, and ends up in front. */
export async function openTabs(
  app: TestApp,
  context: Context,
  settings: string,
  prepare: (tab: Tab) => Promise<unknown>,
): Promise<[Tab, ...Tab[]]> {
  const first = await app.open(context, settings);
  await app.logIn(first);
  const tabs: [Tab, ...Tab[]] = [first];
  while (tabs.length < TABS) tabs.push(await app.open(context, settings));
  for (const tab of tabs) {
    await prepare(tab);
    // The first wait in a page hands it the driver's own script, which takes longer than a logout.
    await tab.waitFor(() => true);
  }
  await first.bringToFront();
  return tabs;
}
