import { el } from './dom.mjs';
import { names } from './lamps.mjs';

const tones = {
  done: 'good',
  ended: 'good',
  failed: 'bad',
  'timed-out': 'bad',
  incomplete: 'bad',
  skipped: 'quiet',
  kept: 'quiet',
  requested: 'quiet',
  alive: 'warn',
};

/** The library's steps in plain words; their own names follow in small print. */
const steps = {
  ask: 'Ask about unsaved work',
  mark: 'Note it for every tab, also later ones',
  server: 'End the application’s session on its server',
  revoke: 'Make refresh tokens worthless',
  clear: 'Clear the credentials in this browser',
  'clear-again': 'Clear what came in late',
  receipt: 'Write the receipt',
  leave: 'Go to Auth0',
};

const stepName = (name) => [steps[name], el('code', {}, name)];

const word = (text, tone = tones[text] ?? 'quiet') =>
  el('span', { class: `word word--${tone}` }, text);

const row = (head, ...cells) => el('tr', {}, el('th', { scope: 'row' }, head), ...cells);

function table(caption, heads, rows) {
  const head = heads.map(([text, name]) => el('th', { scope: 'col', class: name }, text));
  return el(
    'table',
    {},
    el('caption', {}, caption),
    el('thead', {}, el('tr', {}, head)),
    el('tbody', {}, rows),
  );
}

const raw = (name, value) =>
  el(
    'details',
    {},
    el('summary', {}, name),
    el('pre', { tabindex: '0' }, JSON.stringify(value, null, 2)),
  );

/** Steps, warnings and the raw objects of a `LogoutResult` and a receipt; either may be null. */
export function showReport(target, result, receipt = null) {
  if (!result && !receipt) return;
  const parts = [];
  if (result) {
    parts.push(
      table(
        `Status “${result.status}”, reason “${result.reason}”.`,
        [['Step'], ['Outcome'], ['ms', 'number']],
        result.steps.map((step) =>
          row(
            stepName(step.name),
            el(
              'td',
              {},
              word(step.status),
              step.error ? el('div', { class: 'small' }, step.error) : null,
            ),
            el('td', { class: 'number' }, String(Math.round(step.ms))),
          ),
        ),
      ),
    );
    if (result.warnings.length > 0) {
      const warnings = result.warnings.map((text) => el('li', {}, text));
      parts.push(el('ul', { class: 'warnings', 'aria-label': 'Warnings' }, warnings));
    }
  }
  if (!result) {
    const why =
      'The page went to Auth0 before logout() could report its steps. The receipt came along.';
    parts.push(el('p', { class: 'empty' }, why));
  }
  const objects = el('div', {});
  if (result) objects.append(raw('LogoutResult, as returned', result));
  if (receipt) objects.append(raw('Receipt, as taken on this page', receipt));
  target.replaceChildren(el('div', { class: 'report' }, parts, objects));
}

const seen = { alive: 'alive', ended: 'not alive', unknown: 'cannot be read' };

/** What was so before, what the library claimed, and what the servers say now. */
export function showComparison(target, before, claimed, now) {
  const rows = Object.entries(names).map(([key, name]) =>
    row(
      name,
      el('td', {}, before ? seen[before[key]] : '—'),
      el('td', {}, claimed ? word(claimed[key]) : '—'),
      el('td', {}, word(seen[now[key].state], now[key].state === 'alive' ? 'warn' : 'quiet')),
    ),
  );
  const heads = [['Session'], ['Before'], ['Reported'], ['Seen now']];
  target.replaceChildren(table('Before, in the report, and now', heads, rows));
}
