import type { Page } from './fake-browser.js';
import { CLIENT_ID, type FakeTenant, TENANT, type Tokens } from './fake-tenant.js';

/** auth0-spa-js's four ways to keep and renew tokens. */
export interface ClientMode {
  readonly cache: 'memory' | 'localstorage';
  readonly renewal: 'rt' | 'iframe';
}

/** The public methods of auth0-spa-js 2.27 that the model uses, step for step as it takes them. */
export type FakeClient = ReturnType<typeof createFakeClient>['client'];

const PREFIX = `@@auth0spajs@@::${CLIENT_ID}::`;
const ACCESS_KEY = `${PREFIX}default::openid`;
const ID_KEY = `${PREFIX}@@user@@`;
const TRANSACTION = `a0.spajs.txs.${CLIENT_ID}`;
const AUTHENTICATED = `auth0.${CLIENT_ID}.is.authenticated`;

const fail = (error: string): never => {
  throw Object.assign(new Error(error), { error });
};

/** Its cache; every access is asynchronous, as in auth0-spa-js's `CacheManager`. */
function createCache({ env }: Page, { cache }: ClientMode) {
  const memory = new Map<string, string>();
  const stored = env.localStorage;
  const inMemory = cache === 'memory';
  return {
    memory,
    get: async (key: string) => (inMemory ? memory.get(key) : stored.getItem(key)) ?? undefined,
    async set(key: string, value: string) {
      if (inMemory) memory.set(key, value);
      else stored.setItem(key, value);
    },
    async clear() {
      const keys = inMemory
        ? [...memory.keys()]
        : Array.from({ length: stored.length }, (_, i) => stored.key(i)!);
      for (const key of keys.filter((one) => one.startsWith(PREFIX))) {
        await Promise.resolve();
        if (inMemory) memory.delete(key);
        else stored.removeItem(key);
      }
    },
  };
}

export function createFakeClient(page: Page, tenant: FakeTenant, mode: ClientMode) {
  const { env } = page;
  const { locks } = env.navigator;
  const cache = createCache(page, mode);
  const usesWorker = mode.cache === 'memory' && mode.renewal === 'rt';
  let user: string | undefined;
  let inWorker: string | undefined;

  /** What the worker is told and answers takes a turn each way. */
  const worker = <T>(label: string, run: () => T): Promise<T> =>
    page.ask(`the worker is to ${label}`, run);

  const save = async ({ access, id, refresh }: Tokens): Promise<string> => {
    user = id;
    await cache.set(ID_KEY, id);
    const kept = mode.renewal === 'rt' && !usesWorker ? { access, refresh } : { access };
    await cache.set(ACCESS_KEY, JSON.stringify(kept));
    env.document.cookie = `${AUTHENTICATED}=true; path=/`;
    return access;
  };
  const requestToken = async (label: string, serve: () => Tokens): Promise<string> => {
    const tokens = await page.ask(label, serve);
    if (usesWorker) {
      const { refresh } = tokens;
      // The worker keeps the refresh token before the page hears of anything.
      await worker('keep the refresh token', () => void (inWorker = refresh));
    }
    return save(tokens);
  };
  const fromCache = async (): Promise<string | undefined> => {
    const entry = await cache.get(ACCESS_KEY);
    const { access } = JSON.parse(entry ?? '{}') as Partial<Tokens>;
    return access && (await cache.get(ID_KEY)) ? access : undefined;
  };
  const byRefreshToken = async (): Promise<string> => {
    const entry = JSON.parse((await cache.get(ACCESS_KEY)) ?? '{}') as Partial<Tokens>;
    const token = usesWorker
      ? await worker('give its refresh token', () => inWorker)
      : entry.refresh;
    if (!token) return fail('missing_refresh_token');
    return requestToken('refresh', () => tenant.refresh(token));
  };
  const byIframe = async (): Promise<string> => {
    const code = await page.ask('silent login', () => tenant.authorize());
    return requestToken('silent code', () => tenant.exchange(code));
  };
  const getTokenSilently = async ({ cacheMode = 'on' } = {}): Promise<string> => {
    const cached = async (): Promise<string | undefined> =>
      cacheMode === 'off' ? undefined : fromCache();
    const renew = async (): Promise<string> =>
      (await cached()) ?? (mode.renewal === 'rt' ? byRefreshToken() : byIframe());
    const found = await cached();
    if (found) return found;
    const name = `auth0.lock.getTokenSilently.${CLIENT_ID}.default`;
    return locks ? ((await locks.request(name, renew)) as unknown as string) : renew();
  };
  const getUser = async (): Promise<string | undefined> => {
    const found = (await cache.get(ID_KEY)) ?? user;
    user = found;
    return found;
  };

  const client = {
    getTokenSilently,
    getUser,
    isAuthenticated: async () => !!(await getUser()),
    /** As in auth0-spa-js: through the instance, so that a wrapped `getTokenSilently` is what runs. */
    async checkSession() {
      if (env.document.cookie.includes(AUTHENTICATED)) await client.getTokenSilently();
    },
    async loginWithRedirect() {
      env.sessionStorage.setItem(TRANSACTION, '{"code_verifier":"…"}');
      env.location.assign(`${TENANT}/authorize`);
    },
    async handleRedirectCallback() {
      if (!env.sessionStorage.getItem(TRANSACTION)) fail('missing_transaction');
      env.sessionStorage.removeItem(TRANSACTION);
      const code = new URL(page.url()).searchParams.get('code')!;
      return requestToken('code', () => tenant.exchange(code));
    },
    async loginWithPopup() {
      const code = await page.ask('a login in a popup', () => {
        tenant.signIn();
        return tenant.authorize();
      });
      return requestToken('popup code', () => tenant.exchange(code));
    },
    loginWithCustomTokenExchange: () => requestToken('token exchange', () => tenant.issue()),
    async revokeRefreshToken() {
      if (mode.renewal !== 'rt') return;
      if (usesWorker) {
        const token = await worker('revoke', () => inWorker);
        if (token) await page.ask('revoke', () => tenant.revoke(token));
        inWorker = undefined;
        return;
      }
      const { refresh } = JSON.parse((await cache.get(ACCESS_KEY)) ?? '{}') as Partial<Tokens>;
      if (!refresh) return;
      await page.ask('revoke', () => tenant.revoke(refresh));
      // `stripRefreshToken`: read, then write what is left.
      const entry = JSON.parse((await cache.get(ACCESS_KEY)) ?? '{}') as Partial<Tokens>;
      if (entry.refresh === refresh) {
        await cache.set(ACCESS_KEY, JSON.stringify({ access: entry.access }));
      }
    },
    async logout(options: { openUrl?: false } = {}) {
      await cache.clear();
      env.document.cookie = `${AUTHENTICATED}=; Max-Age=0; Path=/`;
      user = undefined;
      if (usesWorker) await worker('clear', () => void (inWorker = undefined));
      if (options.openUrl !== false) env.location.assign(`${TENANT}/v2/logout`);
    },
  };
  /** What a page's memory still holds, for the invariant to look at. */
  const held = (): string[] =>
    [...cache.memory.values(), user, inWorker].filter((value) => value !== undefined);
  return { client, held };
}
