import { noop } from '../env.js';
import type { Auth0ClientLike } from './auth0-client.js';

/**
 * What kind of call it is: one that says who is there, one that uses a login, one that is one, one
 * that leaves for one, one that completes what left.
 */
export type CallKind = 'read' | 'silent' | 'login' | 'redirect' | 'callback';

/** The methods by which a client gets or gives tokens; what it has of them is fenced. */
const METHODS: Readonly<Record<CallKind, string>> = {
  read: 'getUser getIdTokenClaims',
  // The last: a renewal that needs a second factor begins a login of its own (`interactiveErrorHandler`).
  silent:
    'getTokenSilently getAccessTokenSilently checkSession customTokenExchange _handleInteractiveErrorWithPopup',
  // What `mfa` and `passkey` of the client end in is marked internal there, and may go.
  login:
    'loginWithPopup getTokenWithPopup getAccessTokenWithPopup loginWithCustomTokenExchange exchangeToken _requestTokenForMfa _requestTokenForPasskey',
  redirect: 'loginWithRedirect',
  callback: 'handleRedirectCallback',
};

/** What the fence asks and tells; the answers are the session's. */
export interface FenceRules {
  /** Resolves when a clearing that is under way is over; a login waits for it. */
  readonly ready: () => Promise<unknown>;
  /** Names the last logout. */
  readonly marker: { readonly read: () => { readonly id?: string } };
  /** Says whether a call of this kind must not be made now. */
  readonly refuses: (kind: CallKind) => unknown;
  /** A login begins at another page. */
  readonly loginLeaves: () => void;
  /** A login is about to complete; the returned function says whether it did. */
  readonly loginStarts: () => (completed: boolean) => void;
  /** A call that had begun before a logout has ended after it, and may have written credentials. */
  readonly cameBack: () => void;
}

/** The fence around one client. */
export interface Fence {
  /** A logout begins: whatever is in flight is answered with a rejection, now. */
  readonly close: () => void;
  /** Resolves when the calls that a logout found in flight have ended; `null`: there is none. */
  readonly inFlight: () => Promise<unknown> | null;
  /** Takes the fence away. */
  readonly remove: () => void;
}

type Method = (...args: unknown[]) => unknown;

/** What a fetcher asks a token for (auth0-spa-js, `AuthParams`). */
interface FetcherParams {
  readonly scope?: readonly string[];
  readonly audience?: string;
}

/** What auth0-spa-js itself rejects with when nobody is logged in. */
const loginRequired = (): Error =>
  Object.assign(new Error('Logged out'), { error: 'login_required' });

/**
 * Puts a fence around the instance, so that a call that is in flight at a logout, or is made after
 * it, cannot sign the user back in. It wraps public methods of this one object; `logout` is left
 * alone, because the SDK calls that itself. auth0-angular's service answers with Observables and is
 * left alone too: fence the client that it was given.
 */
export function fenceClient(client: Auth0ClientLike, rules: FenceRules): Fence {
  const methods = client as unknown as Record<string, Method | undefined>;
  const undo: Array<() => void> = [];
  /** The ends of calls that have begun, and what answers their callers before that. */
  const running = new Map<Promise<void>, (error: Error) => void>();
  /** The ends of those that a logout found in flight. */
  const late = new Set<Promise<void>>();
  /** Another fence may stand around this one, so that it cannot be taken away. */
  let removed = false;

  /** auth0-vue says that it is loading until its first call has ended, also where that is not made. */
  const endLoading = (): void => {
    Reflect.set(Object(methods.isLoading) as object, 'value', false);
  };

  const guard = async (kind: CallKind, call: () => unknown): Promise<unknown> => {
    // Nobody is there, also while a late answer still lies where it is cleared next.
    if (kind === 'read') return rules.refuses('silent') ? undefined : call();
    const signsIn = kind === 'login' || kind === 'callback';
    const { id } = rules.marker.read();
    if (signsIn) await rules.ready();
    // One that came while it waited is later than the login.
    if (rules.marker.read().id !== id || rules.refuses(kind)) {
      if (kind === 'callback') endLoading();
      throw loginRequired();
    }
    if (kind === 'redirect') rules.loginLeaves();
    const ended = signsIn ? rules.loginStarts() : noop;
    const work = (async () => call())();
    const over = (): void => {
      running.delete(end);
      if (late.delete(end)) rules.cameBack();
    };
    const end = work.then(over, over);
    const refused = new Promise<never>((_, refuse) => running.set(end, refuse));
    let completed = false;
    try {
      const result = await Promise.race([work, refused]);
      // Another tab may have logged out without this one having heard of it yet.
      if (kind === 'silent' && rules.refuses(kind)) throw loginRequired();
      completed = true;
      return result;
    } finally {
      ended(completed);
    }
  };

  const replace = (name: string, wrap: (original: Method) => Method): void => {
    const original = methods[name];
    if (!original || 'isAuthenticated$' in methods) return;
    const wrapped = wrap(original);
    // A frozen client stays as it is.
    Reflect.set(methods, name, wrapped);
    undo.push(() => {
      if (methods[name] === wrapped) methods[name] = original;
    });
  };

  for (const [kind, names] of Object.entries(METHODS) as [CallKind, string][]) {
    for (const name of names.split(' ')) {
      replace(name, (original) => (...args) => {
        const call = (): unknown => original.apply(client, args);
        const answer = removed ? call() : guard(kind, call);
        // The SDK's own never rejects; auth0-vue would take the page to another address.
        return name === 'checkSession' ? (answer as Promise<unknown>).catch(endLoading) : answer;
      });
    }
  }
  // A framework's object hands out fetchers of the client that is behind it, and not fenced. An
  // `Auth0Client` itself asks its own `getTokenSilently`, as here (auth0-spa-js, `createFetcher`).
  if (methods.getAccessTokenSilently) {
    replace(
      'createFetcher',
      (original) => (config) =>
        original.call(client, {
          getAccessToken: (params?: FetcherParams) =>
            methods.getAccessTokenSilently!({
              authorizationParams: { ...params, scope: params?.scope?.join(' ') },
              detailedResponse: true,
            }),
          ...(config as object),
        }),
    );
  }

  return {
    close() {
      for (const [end, refuse] of running) {
        late.add(end);
        refuse(loginRequired());
      }
    },
    inFlight() {
      return late.size ? Promise.all(late) : null;
    },
    remove() {
      removed = true;
      for (const take of undo) take();
    },
  };
}
