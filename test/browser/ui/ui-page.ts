import axe from 'axe-core';
import { expect } from 'vitest';
import type * as ui from '../../../src/ui.js';
import type { ReceiptToShow, SavingView, UnsavedWorkItem } from '../../../src/ui.js';
import type { TestApp } from '../app/test-app.js';
import { escapeToPlaywrightPage, type Context, type Tab } from '../driver/index.js';

declare global {
  interface Window {
    ui: typeof ui;
    /** What the page's policy had to forbid. */
    violations: string[];
    answered: Promise<string>;
    saving: SavingView;
    axe: typeof axe;
  }
}

/** The strictest policy that issue 4 names; a page may need more, never less. */
export const POLICY =
  "default-src 'none'; script-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";

const SCRIPT = `
  import * as ui from '/dist/ui.mjs';
  window.violations = [];
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
    violations.push(violatedDirective + ' ' + blockedURI));
  window.ui = ui;
  document.querySelector('#open').focus();
  document.body.dataset.ready = 'ui';
`;

export interface UiPage {
  /** What the page says it is written in. Default `en`. */
  readonly lang?: string;
  /** More for the page's head. Default none. */
  readonly head?: string;
  /** The Content-Security-Policy. Default {@link POLICY}. */
  readonly policy?: string;
}

/** Opens a page that has the dialogs' module and nothing else of this package. */
export async function openUi(
  { url }: Pick<TestApp, 'url'>,
  context: Context,
  { lang = 'en', head = '', policy = POLICY }: UiPage = {},
): Promise<Tab> {
  const undo = await Promise.all([
    context.route('**/ui-page.mjs', ({ answer }) =>
      answer({ contentType: 'text/javascript', body: SCRIPT }),
    ),
    context.route(`${url}/ui`, ({ answer }) =>
      answer({
        headers: policy ? { 'content-security-policy': policy } : {},
        body: `<!doctype html><html lang="${lang}"><meta charset="utf-8"><title>Notes</title>
          <meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">${head}
          <main><h1>Notes</h1><button id="open">Log out</button> <a href="#x">A link</a></main>
          <script type="module" src="/ui-page.mjs"></script></html>`,
      }),
    ),
  ]);
  const tab = await context.newTab(`${url}/ui`);
  await tab.waitForElement('body[data-ready=ui]');
  await Promise.all(undo.map((stop) => stop()));
  return tab;
}

const piece = { thisTab: false, canSave: true, state: 'dirty' } as const;

/** One of each kind that the question has to tell apart. */
export const work: readonly UnsavedWorkItem[] = [
  { ...piece, label: 'Invoice 17', page: 'Acme Billing', thisTab: true },
  { ...piece, label: 'Letter to Ada', page: 'Acme Mail', canSave: false },
  { ...piece, label: 'A tab', page: '', canSave: false, state: 'unknown', error: 'no answer' },
];
const failedWork: readonly UnsavedWorkItem[] = [
  { ...piece, label: 'Invoice 17', page: 'Acme Billing', error: 'saving failed' },
];

const requested = {
  application: 'ended',
  auth0: 'requested',
  identityProvider: 'requested',
} as const;

/** A logout that went well, through and through. */
export const receipt: ReceiptToShow = {
  reason: 'user',
  at: Date.UTC(2026, 10, 21, 12),
  sessions: requested,
  tabs: 3,
  verified: true,
  unsaved: [],
  strategy: 'google-oauth2',
};

/** One after which much is still alive. */
export const badReceipt: ReceiptToShow = {
  ...receipt,
  reason: 'idle',
  sessions: { application: 'incomplete', auth0: 'kept', identityProvider: 'kept' },
  tabs: 1,
  verified: false,
  unsaved: [{ label: 'Invoice 17', page: 'Acme Billing' }],
  applications: [
    { name: 'Acme Mail', status: 'confirmed' },
    { name: 'Acme Files', status: 'timed-out' },
  ],
};

/** Every view that a person may come to see, by the name of it. */
export const views = {
  question: (tab: Tab) => ask(tab, work),
  'question after a save that failed': (tab: Tab) => ask(tab, failedWork),
  'question with nothing to save': (tab: Tab) => ask(tab, work.slice(1)),
  saving: async (tab: Tab) => {
    await tab.evaluate((work) => {
      window.saving = window.ui.showSaving(work);
    }, work);
    await tab.waitForElement('dialog[open]');
  },
  receipt: (tab: Tab) => showReceipt(tab, receipt),
  'receipt of a logout that went badly': (tab: Tab) => showReceipt(tab, badReceipt),
} as const;

export const viewNames = Object.keys(views) as (keyof typeof views)[];

/** Asks, and waits until the question can be seen. `window.answered` is the answer. */
export async function ask(
  tab: Tab,
  work: readonly UnsavedWorkItem[],
  identityProvider = 'Google',
): Promise<void> {
  await tab.evaluate(
    ([work, identityProvider]) => {
      window.answered = window.ui.askUnsavedWork(work, { identityProvider });
    },
    [work, identityProvider] as const,
  );
  await tab.waitForElement('dialog[open]');
}

export async function showReceipt(tab: Tab, receipt: ReceiptToShow): Promise<void> {
  await tab.evaluate((receipt) => {
    window.ui.renderReceipt(document.querySelector('main')!, receipt, {
      onLogin: () => document.body.append('login '),
      onEndRest: ({ federated }) => document.body.append(federated ? 'all the rest ' : 'the rest '),
    });
  }, receipt);
  await tab.waitForElement('section');
}

/** Everything that is to be seen or read out in a view, by role. */
export const page = escapeToPlaywrightPage;

/** Expects axe to find nothing in the page, dialogs in shadow roots included. */
export async function expectAccessible(tab: Tab): Promise<void> {
  await page(tab).evaluate(`{ ${axe.source} }`);
  const found = await page(tab).evaluate(async () => {
    const { violations, incomplete, passes } = await window.axe.run(document);
    // What axe cannot decide is not a pass: a contrast that it could not measure.
    const undecided = incomplete.filter(({ id }) => id === 'color-contrast');
    return {
      checked: passes.length,
      found: [...violations, ...undecided].flatMap(({ id, nodes }) =>
        nodes
          .map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`)
          // A sign; what it means is said in words beside it.
          .filter((text) => !text.endsWith('only non-text characters')),
      ),
    };
  });
  expect(found.found).toEqual([]);
  expect(found.checked).toBeGreaterThan(5);
}
