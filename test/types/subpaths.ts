/**
 * How the parts of the package fit together, as a program that compiles: what the core hands out is
 * what the other entries take, though none of them knows the other's types. Compiled as `core.ts` is.
 */
import { createLogout } from 'auth0-logout';
import { guardForms, type GuardsUnsavedWork } from 'auth0-logout/forms';
import { texts } from 'auth0-logout/languages/de';
import {
  askUnsavedWork,
  languageFor,
  renderReceipt,
  setTexts,
  showSaving,
  useLanguage,
} from 'auth0-logout/ui';

const session = createLogout({
  domain: 'tenant.eu.auth0.com',
  clientId: 'abc',
  confirmUnsavedWork: async (work) => {
    const answer = await askUnsavedWork(work, { texts: { cancel: 'Stay here' } });
    if (answer === 'save') showSaving(work).done();
    return answer;
  },
});

const guards: GuardsUnsavedWork = session;
const stop: () => void = guardForms(guards, document.body);
stop();

const takeAway: () => void = renderReceipt(document.body, session.takeReceipt(), {
  onLogin: () => void session.nextLogin(),
  onEndRest: (options) => void session.logout(options),
});
takeAway();

useLanguage(texts);
useLanguage(null);
setTexts({ application: 'Acme Notes' });
// @ts-expect-error a misspelt text
setTexts({ aplication: 'Acme Notes' });
// @ts-expect-error a language has all texts
useLanguage({ lang: 'de', dir: 'ltr' });
languageFor('de-AT') satisfies string;
