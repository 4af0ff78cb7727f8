import { find } from './dom.mjs';

const key = 'demo-misbehaviour';

const behaviours = { slow: { delayMs: 5000 }, fail: { status: 500 }, hang: { hang: true } };

/** What was chosen, by path: kept, so that the switches still tell the truth after a reload. */
function readChoices() {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? {};
  } catch {
    return {};
  }
}

async function apply(tenant, choices) {
  for (const [path, choice] of Object.entries(choices)) {
    if (behaviours[choice]) await tenant.behave(path, behaviours[choice]);
  }
}

/** One switch for each path; a real tenant cannot be told. */
export async function startMisbehaving(tenant, canBeTold) {
  const inputs = [...document.querySelectorAll('#misbehave input')];
  if (!canBeTold) {
    for (const input of inputs) input.disabled = true;
    find('#misbehave-lead').textContent = 'A real tenant cannot be told how to behave.';
    return;
  }
  const choices = readChoices();
  for (const input of inputs) {
    input.checked = input.value === (choices[input.name] ?? 'normal');
    input.addEventListener('change', async () => {
      choices[input.name] = input.value;
      localStorage.setItem(key, JSON.stringify(choices));
      await tenant.reset();
      await apply(tenant, choices);
    });
  }
  // Again, because the tenant may have been started anew since.
  await apply(tenant, choices);
}
