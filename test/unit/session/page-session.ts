import { onTestFinished } from 'vitest';
import { createLogout } from '../../../src/create-logout.js';
import type {
  LogoutConfig,
  LogoutEvent,
  LogoutOptions,
  LogoutResult,
  LogoutSession,
} from '../../../src/logout-types.js';
import { jwt } from '../jwt.js';

export const domain = 'tenant.example';
const iss = `https://${domain}/`;
export const clientId = 'cid';

/** Where everything of the session is kept in web storage. */
export const ownKey = `auth0-logout::${domain}::${clientId}`;

/** Tokens that the tenant issued to this client, and one that it issued to another. */
export const idToken = jwt({ iss, aud: clientId, sub: 'auth0|1', sid: 'sid1' });
export const accessToken = jwt({ iss, azp: clientId, aud: 'https://api.example' });
export const otherToken = jwt({ iss, azp: 'cid2', aud: 'https://api.example' });

export interface PageSession extends LogoutSession {
  readonly warnings: string[];
  readonly events: LogoutEvent[];
}

const cookieNames = (): string[] => document.cookie.split('; ').map((pair) => pair.split('=')[0]!);

/** A session in this page, which is gone after the test with all that it or the test stored. */
export function startSession(config: Partial<LogoutConfig> = {}): PageSession {
  const warnings: string[] = [];
  const events: LogoutEvent[] = [];
  const session = createLogout({
    domain,
    clientId,
    returnTo: 'https://app.example/bye',
    stepTimeoutMs: 60,
    onWarning: (text) => warnings.push(text),
    ...config,
  });
  session.onLogout((event) => events.push(event));
  onTestFinished(() => {
    session.dispose();
    localStorage.clear();
    sessionStorage.clear();
    for (const name of cookieNames()) document.cookie = `${name}=;Max-Age=0;path=/`;
    history.replaceState(null, '', '/');
  });
  return { ...session, warnings, events };
}

/** A logout of the application alone: jsdom cannot leave a page. */
export const logOutHere = (
  config: Partial<LogoutConfig> = {},
  options: LogoutOptions = {},
): Promise<LogoutResult> => startSession(config).logout({ localOnly: true, ...options });

export const stepOf = (
  { steps }: LogoutResult,
  name: LogoutResult['steps'][number]['name'],
): LogoutResult['steps'][number] => steps.find((step) => step.name === name)!;

/** What lies in a storage, but for the session's own entry. */
export function stored(area: Storage): Record<string, string> {
  // Not by spreading: that misses entries that are named like a method.
  const keys = Array.from({ length: area.length }, (_, i) => area.key(i)!);
  const entries = keys.map((key) => [key, area.getItem(key)!] as const);
  return Object.fromEntries(entries.filter(([key]) => key !== ownKey));
}
