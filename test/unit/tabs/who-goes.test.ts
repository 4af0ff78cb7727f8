import { describe, expect, test } from 'vitest';
import { chooseCourse, type Outset } from '../../../src/tabs/who-goes.js';

const outset: Outset = {
  onLine: true,
  federated: false,
  leads: false,
  owed: undefined,
  latest: {},
};
/** Another tab is on the way to Auth0. */
const underWay = { id: 'theirs', auth0: 'pending' } as const;

describe('whether a logout goes to Auth0, and in which tab', () => {
  test.each<[name: string, Partial<Outset>, goes: 'this tab' | 'the other' | 'nobody']>([
    ['the only one', {}, 'this tab'],
    ['of the application alone', { localOnly: true }, 'nobody'],
    ['offline', { onLine: false }, 'nobody'],
    ['offline, of the application alone', { onLine: false, localOnly: true }, 'nobody'],
    ['while another tab is on its way', { latest: underWay }, 'the other'],
    ['offline, while another is on its way', { latest: underWay, onLine: false }, 'nobody'],
    ['federated, while another is not', { latest: underWay, federated: true }, 'this tab'],
    [
      'federated, while another is so too',
      { latest: { ...underWay, federated: true }, federated: true },
      'the other',
    ],
    ['not federated, while another is', { latest: { ...underWay, federated: true } }, 'the other'],
    ['opened in its own way', { latest: underWay, openUrl: () => undefined }, 'this tab'],
    ['while another is opened elsewhere', { latest: { ...underWay, elsewhere: true } }, 'this tab'],
    ['called again by the tab that is on its way', { latest: underWay, leads: true }, 'this tab'],
    ['while another died on its way', { latest: underWay, owed: underWay }, 'this tab'],
    [
      'while another takes the place of one that died',
      { latest: { ...underWay, id: 'newer' }, owed: underWay },
      'the other',
    ],
    ['after somebody has begun to log in', { latest: { ...underWay, login: 1 } }, 'this tab'],
    ['after somebody has logged in', { latest: { ...underWay, login: 'done' } }, 'this tab'],
    ['after one that has been there', { latest: { id: 'theirs', auth0: 'left' } }, 'this tab'],
    ['after one that stayed', { latest: { id: 'theirs', auth0: 'owed' } }, 'this tab'],
    ['after one of the application alone', { latest: { id: 'a', auth0: 'kept' } }, 'this tab'],
  ])('%s: %j', (_, given, goes) => {
    const { leaves, joins } = chooseCourse({ ...outset, ...given });

    expect(leaves ? (joins ? 'the other' : 'this tab') : 'nobody').toBe(goes);
  });

  test('one of the application alone does not take the word from a tab that is on its way', () => {
    const { joins } = chooseCourse({ ...outset, localOnly: true, latest: underWay });

    expect(joins).toBe(true);
  });
});

test.each<[name: string, Partial<Outset>, unasked: 'kept' | 'owed']>([
  ['is owed', {}, 'owed'],
  ['is owed offline', { onLine: false }, 'owed'],
  ['is not wanted of the application alone', { localOnly: true }, 'kept'],
  ['is not opened in another way than the application’s', { openUrl: () => undefined }, 'kept'],
  ['stays owed from an earlier one', { localOnly: true, owed: { id: 'earlier' } }, 'owed'],
])('what Auth0 was not asked for %s', (_, given, unasked) => {
  expect(chooseCourse({ ...outset, ...given }).unasked).toBe(unasked);
});
