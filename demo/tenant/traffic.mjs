/**
 * @typedef {object} Behaviour how a path answers, until it is reset
 * @property {number} [delayMs] waits this long
 * @property {boolean} [hang] waits until `reset()`, or until the client has gone
 * @property {'request' | 'response'} [hold] what waits: the request, before anything is done about
 *   it (the default), or the response, after everything has been done
 * @property {number} [status] answers with this status, doing nothing
 * @property {string} [error] the OAuth error code to answer with; default `server_error`
 * @property {number} [times] for so many requests only; default: until `reset()`
 *
 * @typedef {object} SeenRequest what a server was asked; never a token's value
 * @property {string} method
 * @property {string} path
 * @property {string} search the query as it came, tokens hidden
 * @property {Record<string, string | string[]>} query
 * @property {string[]} bodyKeys
 * @property {string | undefined} clientId from the query or the body
 * @property {number} at ms since the epoch, with fractions
 *
 * @typedef {import('./types.d.mts').Context} Context
 */

const SECRET = /^(?:.*token(?:_hint)?|code|code_verifier|client_secret|assertion)$/;
const HIDDEN = '(hidden)';

/**
 * Remembers what a server was asked, and makes it slow, failing or silent on demand.
 */
export function createTraffic() {
  /** @type {SeenRequest[]} */
  const seen = [];
  /** @type {Map<string, Behaviour & { left: number }>} */
  const behaviours = new Map();
  /** @type {Set<{ path: string, release: (outcome: 'go' | 'drop') => void }>} */
  const held = new Set();
  /** @type {Set<{ path: string, resolve: (request: SeenRequest) => void, reject: (error: Error) => void }>} */
  const waiting = new Set();
  let stopped = false;

  /** @param {string} path */
  function takeBehaviour(path) {
    const behaviour = behaviours.get(path);
    if (behaviour && --behaviour.left === 0) behaviours.delete(path);
    return behaviour;
  }

  /**
   * @param {Behaviour} behaviour
   * @param {Context} ctx
   * @returns {Promise<'go' | 'drop'>}
   */
  function wait({ delayMs = 0, hang = false }, ctx) {
    if (stopped) return Promise.resolve('drop');
    return new Promise((resolve) => {
      const gone = () => entry.release('drop');
      const entry = {
        path: ctx.path,
        /** @param {'go' | 'drop'} outcome */
        release: (outcome) => {
          clearTimeout(timer);
          held.delete(entry);
          ctx.res.off('close', gone);
          resolve(outcome);
        },
      };
      const timer = hang ? undefined : setTimeout(() => entry.release('go'), delayMs);
      // A request that was merely slow is still carried out when its client has gone, as
      // anywhere; one that hangs would otherwise hang for ever.
      if (hang) ctx.res.on('close', gone);
      held.add(entry);
    });
  }

  /** @param {Context} ctx */
  function drop(ctx) {
    ctx.respond = false;
    ctx.res.destroy();
  }

  return {
    /**
     * Makes a path behave. Returns a function that ends it and lets go of what it holds.
     *
     * @param {string} path
     * @param {Behaviour} behaviour
     */
    behave(path, behaviour) {
      const mine = { ...behaviour, left: behaviour.times ?? Infinity };
      behaviours.set(path, mine);
      return () => {
        if (behaviours.get(path) === mine) behaviours.delete(path);
        for (const entry of held) if (entry.path === path) entry.release('go');
      };
    },

    /** Ends every behaviour; what is held goes on as if nothing had been. */
    reset() {
      behaviours.clear();
      for (const entry of held) entry.release('go');
    },

    requests: () => [...seen],

    /** Forgets what was asked so far. */
    forget: () => void (seen.length = 0),

    /**
     * Resolves with the next request to a path. Preflights do not count.
     *
     * @param {string} path
     * @returns {Promise<SeenRequest>}
     */
    waitFor(path) {
      const next = new Promise((resolve, reject) => waiting.add({ path, resolve, reject }));
      next.catch(() => {}); // a test that no longer waits is not an unhandled rejection
      return /** @type {Promise<SeenRequest>} */ (next);
    },

    /**
     * @param {string} method
     * @param {string} target path and query, as on the request line
     * @param {URLSearchParams} form
     * @param {number} at
     */
    record(method, target, form, at) {
      if (method === 'OPTIONS' || target.startsWith('/__')) return;
      const { pathname: path, search, searchParams } = new URL(target, 'http://localhost');
      const request = {
        method,
        path,
        search: search.replace(/([^?&=]+)=([^&]*)/g, (pair, name) =>
          SECRET.test(name) ? `${name}=${HIDDEN}` : pair,
        ),
        query: visible(searchParams),
        bodyKeys: [...new Set(form.keys())],
        clientId: searchParams.get('client_id') ?? form.get('client_id') ?? undefined,
        at,
      };
      seen.push(request);
      for (const waiter of waiting) {
        if (waiter.path !== path) continue;
        waiting.delete(waiter);
        waiter.resolve(request);
      }
    },

    /**
     * The middleware that carries the behaviours out.
     *
     * @param {Context} ctx
     * @param {() => Promise<void>} next
     */
    async apply(ctx, next) {
      const behaviour = ctx.method === 'OPTIONS' ? undefined : takeBehaviour(ctx.path);
      if (!behaviour) return next();
      const { hold = 'request', status, error = 'server_error' } = behaviour;
      if (hold === 'request' && (await wait(behaviour, ctx)) === 'drop') return drop(ctx);
      if (status === undefined) await next();
      else {
        ctx.set('Access-Control-Allow-Origin', '*');
        ctx.status = status;
        ctx.body = { error, error_description: `The local tenant was told to answer ${status}.` };
      }
      if (hold === 'response' && (await wait(behaviour, ctx)) === 'drop') drop(ctx);
    },

    stop() {
      stopped = true;
      for (const entry of held) entry.release('drop');
      for (const { reject, path } of waiting) {
        reject(new Error(`The tenant was stopped before anything asked for ${path}.`));
      }
      waiting.clear();
    },
  };
}

/** @typedef {ReturnType<typeof createTraffic>} Traffic */

/** @param {URLSearchParams} params */
function visible(params) {
  /** @type {Record<string, string | string[]>} */
  const query = {};
  for (const name of new Set(params.keys())) {
    const values = params.getAll(name).map((value) => (SECRET.test(name) ? HIDDEN : value));
    query[name] = values.length === 1 ? values[0] : values;
  }
  return query;
}
