const key = 'demo-cache-mode';

/** auth0-spa-js's four ways, and what each of them means for a logout. */
const notes = {
  'memory off':
    'Tokens live in this page only. A reload asks Auth0 silently, in a hidden frame. Other tabs hold tokens of their own.',
  'memory on':
    'A worker holds the refresh token, where no script of the page can read it. It outlives a logout at the server unless it is revoked.',
  'localstorage off':
    'Tokens lie in localStorage: every tab, and every script of this page, can read them.',
  'localstorage on':
    'Tokens and the refresh token lie in localStorage: convenient, and the most to clean up. A refresh token works until it is revoked.',
};

/**
 * The mode asked for in the address (`?cache=localstorage&refresh=on`), else the last one chosen.
 * @returns {{ cache: 'memory' | 'localstorage', refresh: 'on' | 'off' }}
 */
export function readCacheMode() {
  const asked = new URLSearchParams(location.search);
  const [cache, refresh] = (localStorage.getItem(key) ?? '').split(' ');
  const mode = {
    cache: (asked.get('cache') ?? cache) === 'localstorage' ? 'localstorage' : 'memory',
    refresh: (asked.get('refresh') ?? refresh) === 'on' ? 'on' : 'off',
  };
  // Remembered, because the tenant sends people back to the bare address.
  localStorage.setItem(key, `${mode.cache} ${mode.refresh}`);
  return mode;
}

/** Shows the mode in its two switches; a change of either starts the page again with it. */
export function startCacheSwitch(mode) {
  const address = ({ cache, refresh }) => `/?cache=${cache}&refresh=${refresh}`;
  for (const [name, value] of Object.entries(mode)) {
    for (const input of document.querySelectorAll(`input[name="${name}"]`)) {
      input.checked = input.value === value;
      input.addEventListener('change', () => {
        location.assign(address({ ...mode, [name]: input.value }));
      });
    }
  }
  document.querySelector('#cache-note').textContent = notes[`${mode.cache} ${mode.refresh}`];
  const link = document.querySelector('#cache-link');
  link.href = address(mode);
  link.textContent = address(mode).slice(1);
}
