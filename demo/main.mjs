/**
 * `npm run demo`: the local tenant, its identity provider and the demo application, or the same
 * application against a real tenant. Nothing is kept on disk; Ctrl-C ends everything at once.
 */
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { startApp } from './app-server.mjs';

const help = `Usage: npm run demo [-- --domain <tenant> --client-id <id>]

Without options: starts a local Auth0-like tenant, an identity provider and the demo
application, and prints the address to open.

  --domain <tenant>    a real Auth0 tenant (tenant.eu.auth0.com) instead of the local one
  --client-id <id>     a Single Page Application of that tenant, with the settings
                         Allowed Callback URLs   http://localhost:4400/
                         Allowed Logout URLs     http://localhost:4400/bye.html
                         Allowed Web Origins     http://localhost:4400
  -h, --help           this text

  PORT=5000            another first port; the two after it are taken as well
`;

const say = (text) => process.stdout.write(`${text}\n`);

/** Says what to do and ends with 1; the servers started so far end with the process. */
function giveUp(text) {
  process.stderr.write(`${text}\n`);
  process.exit(1);
}

function readOptions() {
  try {
    return parseArgs({
      options: {
        domain: { type: 'string' },
        'client-id': { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (error) {
    return giveUp(`${error.message}\n\n${help}`);
  }
}

function readPort() {
  const port = Number(process.env.PORT || 4400);
  if (Number.isInteger(port) && port > 0 && port <= 65533) return port;
  return giveUp(`PORT must be a number from 1 to 65533, not "${process.env.PORT}".`);
}

const originText = (domain) => (domain.includes('://') ? domain : `https://${domain}`);

/** A real tenant has no identity provider that this machine could ask. */
async function findTenant(options, port) {
  if (options.domain) {
    return { domain: options.domain, clientId: options['client-id'], local: false };
  }
  const { startTenant } = await import('./tenant/start.mjs');
  const tenant = await startTenant({
    tenantPort: port + 1,
    idpPort: port + 2,
    appOrigins: [`http://localhost:${port}`],
  });
  return { domain: tenant.domain, clientId: 'demo-app', idpUrl: tenant.idpUrl, local: true };
}

const options = readOptions();
if (options.help) {
  say(help);
  process.exit(0);
}
if (Boolean(options.domain) !== Boolean(options['client-id'])) {
  giveUp(`--domain and --client-id belong together.\n\n${help}`);
}
if (!existsSync(new URL('../dist/index.mjs', import.meta.url))) {
  giveUp('dist/index.mjs is missing: run "npm run build" first.');
}

if (options.domain && !URL.canParse(originText(options.domain))) {
  giveUp(`"${options.domain}" is not a tenant's host name, such as tenant.eu.auth0.com.`);
}

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(0));

const port = readPort();
try {
  const tenant = await findTenant(options, port);
  const app = await startApp({ port, ...tenant });
  say(`\n  Open ${app.url}\n`);
  say(tenant.local ? '  Nothing leaves this computer.' : `  Logins go to ${tenant.domain}.`);
  say('  Ctrl-C stops it.\n');
} catch (error) {
  if (error.cause?.code !== 'EADDRINUSE') throw error;
  giveUp(error.message);
}
