import { listenOnLocalhost, withFormBody } from './listen.mjs';
import { createTraffic } from './traffic.mjs';

/** @typedef {(req: import('node:http').IncomingMessage, res: import('node:http').ServerResponse) => unknown} Handler */

/**
 * Opens a port, so that its number is known, before there is anything to serve: what comes in
 * between waits.
 *
 * @param {number} port
 * @param {string} who
 */
export async function openServer(port, who) {
  const traffic = createTraffic();
  /** @type {(handler: Handler) => void} */
  let serve = () => {};
  const ready = /** @type {Promise<Handler>} */ (new Promise((resolve) => (serve = resolve)));

  const { port: actual, close } = await listenOnLocalhost(port, who, async (req, res) => {
    const at = performance.timeOrigin + performance.now();
    try {
      const request = await withFormBody(req);
      traffic.record(req.method ?? '', req.url ?? '', request.form, at);
      (await ready)(request.req, res);
    } catch {
      res.statusCode = 400; // the body was cut off, too long, or no JSON
      res.end();
    }
  });

  return {
    url: `http://localhost:${actual}`,
    traffic,
    serve,
    stop: () => {
      traffic.stop();
      return close();
    },
  };
}
