import { createServer, IncomingMessage } from 'node:http';

/** @typedef {import('node:http').RequestListener} RequestListener */

const LOOPBACKS = ['127.0.0.1', '::1'];

/**
 * Listens on `localhost`, that is on both loopback addresses where there are two: browsers try
 * `::1` first, and a stranger listening there would get our users.
 *
 * @param {number} port 0 picks a free one
 * @param {string} who named in the error when the port is taken
 * @param {RequestListener} listener
 * @returns {Promise<{ port: number, close: () => Promise<void> }>}
 */
export async function listenOnLocalhost(port, who, listener) {
  for (let attempt = 1; ; attempt++) {
    /** @type {import('node:http').Server[]} */
    const servers = [];
    let actual = port;
    try {
      for (const host of LOOPBACKS) {
        const server = createServer(listener);
        if (await listen(server, actual, host)) {
          servers.push(server);
          actual = /** @type {import('node:net').AddressInfo} */ (server.address()).port;
        }
      }
      return { port: actual, close: () => closeAll(servers) };
    } catch (error) {
      await closeAll(servers);
      if (!isPortTaken(error)) throw error;
      // A free port of one loopback address may be taken on the other.
      if (port === 0 && attempt < 10) continue;
      throw new Error(
        `Port ${actual} is taken, and ${who} needs it. Stop what listens there, or set PORT to ` +
          `another number (three ports in a row are used: PORT, PORT+1 and PORT+2).`,
        { cause: error },
      );
    }
  }
}

/**
 * @param {import('node:http').Server} server
 * @param {number} port
 * @param {string} host
 * @returns {Promise<boolean>} false when this machine has no such loopback address
 */
function listen(server, port, host) {
  return new Promise((resolve, reject) => {
    server.once('error', (/** @type {NodeJS.ErrnoException} */ error) => {
      const absent = error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT';
      if (absent && host !== LOOPBACKS[0]) resolve(false);
      else reject(error);
    });
    server.listen(port, host, () => resolve(true));
  });
}

/** @param {unknown} error */
const isPortTaken = (error) =>
  error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';

/** @param {readonly import('node:http').Server[]} servers */
async function closeAll(servers) {
  await Promise.all(
    servers.map(
      (server) =>
        new Promise((resolve) => {
          server.close(resolve);
          server.closeAllConnections(); // also the idle ones that a browser keeps open
        }),
    ),
  );
}

const BODY_LIMIT = 1024 * 1024;

/**
 * Reads a request's body and returns the same request with it as a form, whatever it came as:
 * Auth0 takes JSON where oidc-provider only takes forms, and auth0-spa-js may send either.
 *
 * @param {IncomingMessage} req
 * @returns {Promise<{ req: IncomingMessage, form: URLSearchParams }>}
 */
export async function withFormBody(req) {
  if (req.method !== 'POST') return { req, form: new URLSearchParams() };
  /** @type {Buffer[]} */
  const chunks = [];
  let size = 0;
  for await (const chunk of req) {
    size += chunk.length;
    if (size > BODY_LIMIT) throw new Error('The body is too long.');
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString();
  const form = req.headers['content-type']?.startsWith('application/json')
    ? formOfJson(text)
    : new URLSearchParams(text);

  const body = Buffer.from(form.toString());
  const replay = new IncomingMessage(req.socket);
  replay.method = req.method;
  replay.url = req.url;
  replay.httpVersion = req.httpVersion;
  replay.httpVersionMajor = req.httpVersionMajor;
  replay.httpVersionMinor = req.httpVersionMinor;
  replay.headers = {
    ...req.headers,
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': String(body.length),
  };
  replay.push(body);
  replay.push(null);
  replay.complete = true;
  return { req: Object.assign(replay, { form }), form };
}

/** @param {string} text */
function formOfJson(text) {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(JSON.parse(text || '{}'))) {
    form.set(name, typeof value === 'string' ? value : JSON.stringify(value));
  }
  return form;
}
