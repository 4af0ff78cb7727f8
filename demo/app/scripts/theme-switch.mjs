/** The colour scheme under the key `theme`: not a credential, so no logout may touch it. */
const read = () => localStorage.getItem('theme') ?? 'auto';

function show() {
  document.documentElement.dataset.theme = read();
  for (const input of document.querySelectorAll('#theme input')) {
    input.checked = input.value === read();
  }
}

export function startThemeSwitch() {
  document.querySelector('#theme').addEventListener('change', (event) => {
    localStorage.setItem('theme', event.target.value);
    show();
  });
  window.addEventListener('storage', (event) => event.key === 'theme' && show());
  show();
}
