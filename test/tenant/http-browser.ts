import { createHash, randomBytes } from 'node:crypto';

/** Where a walk ended: a page, or an address outside that nobody here serves. */
export interface Stop {
  readonly url: URL;
  readonly status: number;
  readonly text: string;
  /** Every address on the way, the last one included. */
  readonly way: readonly string[];
}

interface Cookie {
  readonly value: string;
  readonly path: string;
}

/**
 * A browser for servers on localhost, small enough to see through: it keeps cookies as browsers do
 * (by name and path, ignoring ports), follows redirects one by one, and submits forms.
 */
export function createHttpBrowser(servers: readonly string[]) {
  const jar = new Map<string, Cookie>();

  const cookiesFor = (path: string) =>
    [...jar]
      .filter(([, cookie]) => path === cookie.path || path.startsWith(withSlash(cookie.path)))
      .map(([key, { value }]) => `${key.slice(0, key.indexOf(';'))}=${value}`)
      .join('; ');

  function keep(setCookie: string) {
    const [pair = '', ...attributes] = setCookie.split(/;\s*/);
    const [name = '', value = ''] = pair.split(/=(.*)/s);
    const attribute = (wanted: string) =>
      attributes.map((text) => text.split('=')).find(([key]) => key?.toLowerCase() === wanted)?.[1];
    const path = attribute('path') ?? '/';
    const expires = attribute('expires');
    const expired = expires !== undefined && Date.parse(expires) <= Date.now();
    if (expired || value === '') jar.delete(`${name};${path}`);
    else jar.set(`${name};${path}`, { value, path });
  }

  async function request(url: string, init?: RequestInit): Promise<Response> {
    const headers = new Headers(init?.headers);
    headers.set('cookie', cookiesFor(new URL(url).pathname));
    if (!headers.has('accept')) headers.set('accept', 'text/html');
    const response = await fetch(url, { ...init, headers, redirect: 'manual' });
    response.headers.getSetCookie().forEach(keep);
    return response;
  }

  async function open(start: string | URL, init?: RequestInit): Promise<Stop> {
    const way: string[] = [];
    let url = new URL(start);
    let next = init;
    for (;;) {
      way.push(url.href);
      if (!servers.includes(url.origin)) return { url, status: 0, text: '', way };
      const response = await request(url.href, next);
      const location = response.headers.get('location');
      const text = await response.text();
      if (location === null) {
        // A page that submits its own form, as a browser with JavaScript would.
        if (!/\.submit\(\)/.test(text)) return { url, status: response.status, text, way };
        const form = formOf(text, url);
        [url, next] = [form.action, { method: 'POST', body: form.fields }];
      } else {
        [url, next] = [new URL(location, url), undefined];
      }
    }
  }

  /** Presses the button with this text on a page. */
  async function press(page: Stop, label: string): Promise<Stop> {
    const { action, fields } = formOf(page.text, page.url);
    const button = [...page.text.matchAll(/<button([^>]*)>(.*?)<\/button>/gs)].find(([, , inner]) =>
      inner?.replace(/<span.*?<\/span>/gs, '').includes(label),
    );
    if (!button) throw new Error(`No button "${label}" on ${page.url.href}: ${page.text}`);
    const name = attributeOf(button[1], 'name');
    if (name) fields.set(name, attributeOf(button[1], 'value') ?? '');
    return open(action, { method: 'POST', body: fields });
  }

  return {
    open,
    press,
    request,
    cookieNames: () => [...jar.keys()].map((key) => key.slice(0, key.indexOf(';'))),
  };
}

export type HttpBrowser = ReturnType<typeof createHttpBrowser>;

const withSlash = (path: string) => (path.endsWith('/') ? path : `${path}/`);

const attributeOf = (tag: string | undefined, name: string) =>
  new RegExp(`${name}="([^"]*)"`).exec(tag ?? '')?.[1]?.replaceAll('&#38;', '&');

function formOf(html: string, base: URL) {
  const form = /<form([^>]*)>(.*?)<\/form>/s.exec(html);
  if (!form) throw new Error(`No form on ${base.href}: ${html}`);
  const fields = new URLSearchParams();
  for (const [input] of (form[2] ?? '').matchAll(/<input[^>]*>/g)) {
    fields.set(attributeOf(input, 'name') ?? '', attributeOf(input, 'value') ?? '');
  }
  return { action: new URL(attributeOf(form[1], 'action') ?? '', base), fields };
}

export interface Tokens {
  readonly access_token: string;
  readonly id_token: string;
  readonly refresh_token?: string;
  readonly expires_in: number;
}

export interface AppOptions {
  readonly tenantUrl: string;
  readonly origin: string;
  readonly clientId?: string;
}

/** The application's side of a login, written out: no SDK, one step per function. */
export function createApp({ tenantUrl, origin, clientId = 'demo-app' }: AppOptions) {
  const verifier = randomBytes(32).toString('base64url');
  const redirectUri = `${origin}/callback`;

  const post = (path: string, body: Record<string, string>, as: 'form' | 'json' = 'form') =>
    fetch(`${tenantUrl}${path}`, {
      method: 'POST',
      headers: {
        origin,
        ...(as === 'json' ? { 'content-type': 'application/json' } : {}),
      },
      body: as === 'json' ? JSON.stringify(body) : new URLSearchParams(body),
    });

  return {
    authorizeUrl(params: Record<string, string> = {}): string {
      const query = new URLSearchParams({
        client_id: clientId,
        redirect_uri: redirectUri,
        response_type: 'code',
        response_mode: 'query',
        scope: 'openid profile email offline_access',
        state: 'the-state',
        nonce: 'the-nonce',
        code_challenge: createHash('sha256').update(verifier).digest('base64url'),
        code_challenge_method: 'S256',
        ...params,
      });
      return `${tenantUrl}/authorize?${query}`;
    },

    async exchange(callback: URL, as?: 'form' | 'json'): Promise<Tokens> {
      const response = await post(
        '/oauth/token',
        {
          grant_type: 'authorization_code',
          client_id: clientId,
          code: callback.searchParams.get('code') ?? '',
          code_verifier: verifier,
          redirect_uri: redirectUri,
        },
        as,
      );
      if (!response.ok) throw new Error(await response.text());
      return (await response.json()) as Tokens;
    },

    refresh: (refreshToken: string, as?: 'form' | 'json') =>
      post(
        '/oauth/token',
        { grant_type: 'refresh_token', client_id: clientId, refresh_token: refreshToken },
        as,
      ),

    revoke: (token: string, as?: 'form' | 'json') =>
      post('/oauth/revoke', { client_id: clientId, token, token_type_hint: 'refresh_token' }, as),
  };
}

/** Reads a JWT's claims without checking anything. */
export const claimsOf = (jwt: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString()) as Record<
    string,
    unknown
  >;

/** Whether each server knows the browser, from the servers' own mouths. */
export async function sessionsOf(
  browser: HttpBrowser,
  { tenantUrl, idpUrl }: { readonly tenantUrl: string; readonly idpUrl: string },
) {
  const alive = async (server: string) => {
    const response = await browser.request(`${server}/__session`);
    return ((await response.json()) as { alive: boolean }).alive;
  };
  return { tenant: await alive(tenantUrl), idp: await alive(idpUrl) };
}
