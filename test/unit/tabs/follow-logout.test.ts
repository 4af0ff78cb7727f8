import { expect, test, vi } from 'vitest';
import type { Env } from '../../../src/env.js';
import { followLogout } from '../../../src/tabs/follow-logout.js';

/** Where a page goes once the tab that logged out is back from Auth0. */
function goesTo(returnTo: string | null, prerendering?: boolean, own?: object): Promise<unknown> {
  let gone: (to: string) => void;
  const place = new Promise((resolve) => (gone = resolve));
  followLogout(
    {
      document: Object.assign(Object.create({ prerendering }) as object, own),
      location: {
        href: 'https://app.example/home',
        replace: (to: string) => gone(to),
        reload: () => gone('here'),
      },
      navigator: { onLine: true },
      setTimeout: vi.fn(),
      clearTimeout: vi.fn(),
    } as unknown as Env,
    Promise.resolve(),
    returnTo,
  );
  return place;
}

test.each([
  ['a web address', 'https://app.example/bye', 'https://app.example/bye'],
  ['an application of its own', 'app://bye', 'here'],
  ['nowhere', null, 'here'],
])('goes where the logout returned to: %s', async (_what, returnTo, place) => {
  expect(await goesTo(returnTo)).toBe(place);
});

test('also where a form takes the place of what says that a page is shown', async () => {
  const returnTo = 'https://app.example/bye';
  expect(await goesTo(returnTo, false, { prerendering: {} })).toBe(returnTo);
});

test('loads anew what is made ready for a link, which must lead to where it says', async () => {
  expect(await goesTo('https://app.example/bye', true)).toBe('here');
});
