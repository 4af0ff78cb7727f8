import { el, find } from './dom.mjs';

const shownAtMost = 8;

const isSilent = ({ query }) => query.prompt === 'none';

/** What each request means to a person. Anything else is a step in between. */
const meanings = [
  [
    '/authorize',
    (r) => (isSilent(r) ? 'Is anybody signed in? Asked silently.' : 'A login starts.'),
  ],
  [
    '/oauth/token',
    (r) =>
      r.bodyKeys.includes('refresh_token')
        ? 'New tokens for a refresh token.'
        : 'The login is exchanged for tokens.',
  ],
  ['/oauth/revoke', () => 'A refresh token is made worthless.'],
  [
    '/v2/logout',
    (r) =>
      'federated' in r.query
        ? 'End the Auth0 session, and the identity provider’s.'
        : 'End the Auth0 session.',
  ],
  ['/oidc/logout', () => 'End the Auth0 session, by the OpenID standard.'],
  ['/userinfo', () => 'Who is this?'],
];

const meaningOf = (request) => meanings.find(([path]) => path === request.path)?.[1](request) ?? '';

/** The names in the query; values only where they are short and tell something. */
const queryOf = ({ query }) =>
  Object.entries(query)
    .filter(([name]) =>
      ['client_id', 'returnTo', 'federated', 'prompt', 'connection'].includes(name),
    )
    .map(([name, value]) => (value === '' ? name : `${name}=${value}`))
    .map((pair, i) => (i === 0 ? '?' : '&') + pair)
    .join('');

function item(request) {
  const { method, path } = request;
  const ends = /logout|revoke/.test(path);
  return el(
    'li',
    { 'data-kind': ends ? 'logout' : 'other' },
    el('span', { class: 'log__method mono' }, method),
    el('span', { class: 'log__path mono' }, el('b', {}, path), el('span', {}, queryOf(request))),
    el('span', { class: 'log__meaning' }, meaningOf(request)),
  );
}

/** Shows what was asked since `since` (ms since the epoch); null when nobody can tell. */
export function showRequests(answer, since = 0) {
  const target = find('#log');
  const requests = answer?.requests;
  if (!requests) {
    const text = 'Only the local tenant tells what it was asked. A real one does not.';
    return target.replaceChildren(el('p', { class: 'empty' }, text));
  }
  const known = requests.filter((request) => request.at >= since && meaningOf(request));
  if (known.length === 0) {
    return target.replaceChildren(el('p', { class: 'empty' }, 'Nothing yet.'));
  }
  const left = known.length - shownAtMost;
  target.replaceChildren(
    ...(left > 0 ? [el('p', { class: 'small' }, `Not shown: ${left} earlier.`)] : []),
    el('ol', { class: 'log' }, known.slice(-shownAtMost).map(item)),
  );
}
