/** What `/oauth/token` answers. */
export interface Tokens {
  readonly access: string;
  readonly id: string;
  readonly refresh: string;
}

/** The tenant of the model: one session in the browser's cookies, codes and rotating refresh tokens. */
export interface FakeTenant {
  /** Answers a navigation: where it ends; `null`: a person has to sign in first. */
  visit(url: URL): string | null;
  /** A person signs in on the tenant's own page. */
  signIn(): void;
  /** A silent or a popup login: a code, if somebody is signed in. */
  authorize(): string;
  exchange(code: string): Tokens;
  refresh(token: string): Tokens;
  revoke(token: string): void;
  issue(): Tokens;
}

export const TENANT = 'https://tenant.example';
export const APP = 'https://app.example';
export const CLIENT_ID = 'cid';

const refuse = (error: string): never => {
  throw Object.assign(new Error(error), { error });
};

export function createTenant(): FakeTenant {
  let session = false;
  let count = 0;
  const codes = new Set<string>();
  const alive = new Set<string>();

  const newCode = (): string => {
    const code = `code${++count}`;
    codes.add(code);
    return code;
  };
  const issue = (): Tokens => {
    const n = ++count;
    alive.add(`refresh${n}`);
    return { access: `access${n}`, id: `id${n}`, refresh: `refresh${n}` };
  };

  return {
    visit(url) {
      if (url.pathname === '/authorize') {
        return session ? `${APP}/callback?code=${newCode()}` : null;
      }
      session = false;
      return url.searchParams.get('returnTo') ?? `${APP}/bye`;
    },
    signIn() {
      session = true;
    },
    authorize: () => (session ? newCode() : refuse('login_required')),
    exchange: (code) => (codes.delete(code) ? issue() : refuse('invalid_grant')),
    refresh: (token) => (alive.delete(token) ? issue() : refuse('invalid_grant')),
    revoke: (token) => void alive.delete(token),
    issue,
  };
}
