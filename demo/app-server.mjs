/**
 * The demo application's own server: static files and one JSON with the tenant's address.
 */
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { extname, join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { listenOnLocalhost } from './tenant/listen.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const appFolder = join(root, 'demo/app');

const types = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.txt': 'text/plain; charset=utf-8',
};

/** The folders that are served, by path prefix; the first that fits counts, so `/` comes last. */
const mounts = {
  '/dist/': join(root, 'dist'),
  '/vendor/auth0-spa-js/': join(root, 'node_modules/@auth0/auth0-spa-js/dist'),
  '/': appFolder,
};

/** The origin of a domain that may come with or without its scheme, as auth0-spa-js takes it. */
const originOf = (domain) => new URL(domain.includes('://') ? domain : `https://${domain}`).origin;

/** Nothing inline, and no address but the three that the demo is about. */
function buildPolicy(tenantOrigin, idpOrigin) {
  const servers = idpOrigin ? `${tenantOrigin} ${idpOrigin}` : tenantOrigin;
  return [
    "default-src 'self'",
    `connect-src 'self' ${servers}`,
    `frame-src 'self' ${tenantOrigin}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'self'",
  ].join('; ');
}

/** The file that a request path names, or null when it points out of its mount. */
function locate(path) {
  const prefix = Object.keys(mounts).find((candidate) => path.startsWith(candidate));
  if (!prefix) return null;
  const folder = resolve(mounts[prefix]);
  const file = resolve(folder, `.${sep}${path.slice(prefix.length) || 'index.html'}`);
  return file.startsWith(folder + sep) ? file : null;
}

/**
 * `<!-- include partials/x.html -->` is replaced by that file: the two pages share the lamps, and
 * markup that is there at first paint moves nothing when the scripts arrive.
 */
async function readPage(file) {
  const page = await readFile(file, 'utf8');
  const names = [...page.matchAll(/<!-- include ([\w/-]+\.html) -->/g)];
  const parts = await Promise.all(names.map(([, name]) => readFile(join(appFolder, name), 'utf8')));
  return names.reduce((text, [marker], i) => text.replace(marker, () => parts[i]), page);
}

/** The path as a file name could be spelled; null when it is malformed or hides something. */
function decodePath(url) {
  try {
    const path = decodeURIComponent(new URL(url, 'http://localhost').pathname);
    return /[\0\\]/.test(path) ? null : path;
  } catch {
    return null;
  }
}

/**
 * Starts the application on `localhost`.
 *
 * @param {object} options
 * @param {number} [options.port] default 4400; 0 takes a free one
 * @param {string} options.domain the tenant, as auth0-spa-js takes it
 * @param {string} options.clientId
 * @param {string} [options.idpUrl] the identity provider whose session can be read, if any
 * @param {boolean} [options.local] whether the tenant is the local one, which tells what it knows
 * @returns {Promise<{ url: string, origin: string, port: number, stop(): Promise<void> }>}
 */
export async function startApp({ port = 4400, domain, clientId, idpUrl, local = false }) {
  const tenantUrl = originOf(domain);
  const config = { domain, clientId, tenantUrl, idpUrl: idpUrl ?? null, local };
  const headers = {
    'cache-control': 'no-store',
    'content-security-policy': buildPolicy(tenantUrl, idpUrl && originOf(idpUrl)),
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  };

  async function answer(request, response) {
    const reply = (status, type, body) => {
      response.writeHead(status, { ...headers, 'content-type': type });
      response.end(request.method === 'HEAD' ? undefined : body);
    };
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return reply(405, types['.txt'], 'Only GET and HEAD are answered here.\n');
    }
    const path = decodePath(request.url);
    if (path === '/config.json') return reply(200, types['.json'], JSON.stringify(config));
    const file = path && locate(path);
    const found = file && (await stat(file).catch(() => null));
    if (!found?.isFile()) return reply(404, types['.txt'], 'There is no such page here.\n');
    const type = types[extname(file)] ?? 'application/octet-stream';
    if (extname(file) === '.html') return reply(200, type, await readPage(file));
    response.writeHead(200, { ...headers, 'content-type': type, 'content-length': found.size });
    if (request.method === 'HEAD') return response.end();
    createReadStream(file)
      .on('error', () => response.destroy())
      .pipe(response);
  }

  const handler = (request, response) => {
    answer(request, response).catch(() => {
      if (!response.headersSent) response.writeHead(500, headers);
      response.end();
    });
  };

  const server = await listenOnLocalhost(port, 'the demo application', handler);
  const origin = `http://localhost:${server.port}`;
  return { url: `${origin}/`, origin, port: server.port, stop: server.close };
}
