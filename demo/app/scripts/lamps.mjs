import { setText } from './dom.mjs';

export const names = {
  application: 'This application',
  auth0: 'Auth0',
  identityProvider: 'Identity provider',
};

const inSentence = {
  application: 'this application',
  auth0: 'Auth0',
  identityProvider: 'the identity provider',
};

const words = { alive: 'Alive', ended: 'Not signed in', unknown: 'Unknown' };

const fallbacks = {
  application: 'What this page holds',
  auth0: 'Shared by every app of the tenant',
  identityProvider: 'Where people may prove who they are',
};

const list = (keys) =>
  keys
    .map((key) => inSentence[key])
    .join(', ')
    .replace(/, ([^,]*)$/, ' and $1');

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

const hostOf = (url) => new URL(url).host;

/** How each state was learned, in the small print. */
export function describeSources(config) {
  return {
    application: 'isAuthenticated()',
    auth0: config.local ? `GET ${hostOf(config.tenantUrl)}/__session` : hostOf(config.tenantUrl),
    identityProvider: config.idpUrl ? `GET ${hostOf(config.idpUrl)}/__session` : 'no public answer',
  };
}

/** One plain sentence or two about all three lamps. */
export function describeSessions(sessions) {
  const keys = Object.keys(sessions);
  const where = (state) => keys.filter((key) => sessions[key].state === state);
  const alive = where('alive');
  const unread = where('unknown');
  const name = alive.map((key) => sessions[key].user?.name).find(Boolean) ?? 'somebody';
  const hidden = unread.length > 0 ? ` ${capital(list(unread))} cannot be read from here.` : '';
  if (sessions.application.state !== 'alive') {
    if (alive.length > 0) {
      const verb = alive.length > 1 ? 'know' : 'knows';
      return `This application is signed out, but ${list(alive)} still ${verb} ${name}. The next login may ask for nothing.${hidden}`;
    }
    return unread.length > 0
      ? `Nobody is signed in to this application.${hidden}`
      : 'All lamps are out. The next login starts from nothing.';
  }
  if (alive.length === 3) return `All three lamps are lit: ${name} is signed in everywhere.`;
  const dark = where('ended');
  const rest = dark.length > 0 ? ` ${capital(list(dark))} took no part.` : '';
  return `${name} is signed in. Lit: ${list(alive)}.${rest}${hidden}`;
}

const initialsOf = (name = '') =>
  name
    .split(/\s+/)
    .map((word) => word.charAt(0))
    .slice(0, 2)
    .join('')
    .toUpperCase();

/** Shows the states in the rings and the list; `verdicts` replaces the word of a lamp. */
export function showLamps(sessions, sources, verdicts = {}) {
  for (const [key, { state, user }] of Object.entries(sessions)) {
    for (const element of document.querySelectorAll(`[data-session="${key}"]`)) {
      element.dataset.state = state;
    }
    const lamp = document.querySelector(`.lamp[data-session="${key}"]`);
    const who = user?.name ?? user?.sub;
    const detail = state === 'alive' && who ? `Knows ${who}` : fallbacks[key];
    setText(lamp.querySelector('.lamp__state'), verdicts[key] ?? words[state]);
    setText(
      lamp.querySelector('.lamp__detail'),
      state === 'unknown' ? 'Cannot be read from here' : detail,
    );
    setText(lamp.querySelector('.lamp__source'), sources[key]);
  }
  const { name, sub } = sessions.application.user ?? {};
  if (sub) {
    setText(document.querySelector('.lamp--app .lamp__source'), `sub ${sub}`);
  }
  if (name) setText(document.querySelector('.core__initials'), initialsOf(name));
}
