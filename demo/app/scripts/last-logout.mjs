const key = 'demo-last-logout';

/**
 * What this tab knows of its last logout: which sessions were alive before, when it began, what
 * it reported. States only: no name and no token outlives a logout here.
 */
export function readLastLogout() {
  try {
    return JSON.parse(sessionStorage.getItem(key));
  } catch {
    return null;
  }
}

export function rememberLogout(logout) {
  sessionStorage.setItem(key, JSON.stringify(logout));
}

export const statesOf = (sessions) =>
  Object.fromEntries(Object.entries(sessions).map(([name, { state }]) => [name, state]));
