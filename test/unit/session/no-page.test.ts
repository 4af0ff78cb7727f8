// @vitest-environment node
import { expect, test } from 'vitest';
import { createLogout } from '../../../src/create-logout.js';

test('where there is no page, a session answers everything, and its logout says where to go', async () => {
  const warnings: string[] = [];
  const session = createLogout({
    domain: 'tenant.example',
    clientId: 'cid',
    onWarning: (text) => warnings.push(text),
  });

  expect(session.takeReceipt()).toBeNull();
  expect(session.nextLogin()).toEqual({});
  session.onLogout(() => undefined)();
  session.holdCredentials(() => undefined)();
  session.guardUnsavedWork({ label: 'Letter', isDirty: () => true })();
  session.loggedIn();
  session.dispose();
  await expect(session.logout()).rejects.toMatchObject({
    name: 'LogoutError',
    code: 'not_a_browser',
    message: expect.stringMatching(/in a browser/) as string,
  });
  expect(warnings).toEqual([]);
});
