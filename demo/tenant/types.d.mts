import type { IncomingMessage, ServerResponse } from 'node:http';

/** The parts of Koa's context that these servers use. */
export interface Context {
  req: IncomingMessage & { form?: URLSearchParams };
  res: ServerResponse;
  method: string;
  path: string;
  url: string;
  query: Record<string, string | string[] | undefined>;
  querystring: string;
  status: number;
  type: string;
  body: unknown;
  respond: boolean;
  cookies: {
    get(name: string): string | undefined;
    set(name: string, value: string | null, options?: object): void;
  };
  get(header: string): string;
  set(header: string, value: string): void;
  accepts(...types: string[]): string | false;
  redirect(url: string): void;
  /** Only inside oidc-provider's own hooks. */
  oidc: OidcContext;
}

export interface OidcContext {
  params: Record<string, string | undefined>;
  session: Session;
  client?: { clientId: string };
  account: { accountId: string };
  result?: { upstream?: { sid: string } };
}

export interface Session {
  uid: string;
  accountId?: string;
  authorizations?: Record<string, { sid?: string }>;
  sidFor(clientId: string): string | undefined;
  destroy(): Promise<void>;
}

export interface Interaction {
  params: Record<string, string | undefined>;
  prompt: { name: string };
  returnTo: string;
  session?: { uid: string; accountId: string };
  lastSubmission?: object;
  result?: object;
  persist(): Promise<void>;
}

/** oidc-provider ships no types; these are the parts that are used here. */
export interface OidcProvider {
  issuer: string;
  use(middleware: Middleware): this;
  callback(): (req: IncomingMessage, res: ServerResponse) => Promise<void>;
  on(event: string, listener: (...args: never[]) => void): this;
  cookieName(type: 'session' | 'interaction'): string;
  Session: {
    get(ctx: Context): Promise<Session>;
    findByUid(uid: string): Promise<Session | undefined>;
  };
  Interaction: { find(uid: string): Promise<Interaction | undefined> };
  Grant: new (fields: { accountId: string; clientId: string }) => {
    addOIDCScope(scope: string): void;
    addResourceScope(resource: string, scope: string): void;
    save(): Promise<string>;
  };
  Client: { prototype: { clientId: string; [method: string]: unknown } };
}

export type Middleware = (ctx: Context, next: () => Promise<void>) => Promise<void> | void;
