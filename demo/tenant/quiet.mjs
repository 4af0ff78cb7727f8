/** @type {Promise<typeof import('oidc-provider')> | undefined} */
let loading;

/**
 * Loads oidc-provider without the warning that it prints on Node 20, where it works but is not
 * officially supported. Everything else on the console passes.
 *
 * @returns {Promise<typeof import('oidc-provider')>}
 */
export function loadOidcProvider() {
  // Once per process: two loads at a time would restore each other's console.
  loading ??= withoutItsWarnings(() => import('oidc-provider'));
  return loading;
}

/**
 * @template T
 * @param {() => Promise<T>} load
 */
async function withoutItsWarnings(load) {
  const { warn } = console;
  console.warn = (...args) => {
    if (!String(args[0]).includes('oidc-provider WARNING')) warn(...args);
  };
  try {
    return await load();
  } finally {
    console.warn = warn;
  }
}
