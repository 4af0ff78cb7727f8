import { randomBytes } from 'node:crypto';
import { styles } from './styles.mjs';

/**
 * @typedef {import('./types.d.mts').Context} Context
 * @typedef {import('./accounts.mjs').User} User
 *
 * @typedef {object} Site one of the two servers, as its pages present it
 * @property {string} name
 * @property {string} role one line: what it stands in for
 * @property {number} hue
 * @property {string} origin
 *
 * @typedef {{ title: string, content: string, site: Site, script?: string }} Page
 */

/** @param {string} text */
const escape = (text) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** @param {string} name */
const initials = (name) => name.replace(/(\p{L})[\p{L}.]*\s*/gu, '$1').slice(0, 2);

/**
 * Sends a page that no other site can frame, and that runs nothing but its own script.
 *
 * @param {Context} ctx
 * @param {Page} page
 */
export function sendPage(ctx, { title, content, site, script }) {
  const nonce = randomBytes(16).toString('base64');
  ctx.type = 'html';
  ctx.set('Cache-Control', 'no-store');
  ctx.set('X-Frame-Options', 'DENY');
  ctx.set('Referrer-Policy', 'no-referrer');
  ctx.set(
    'Content-Security-Policy',
    // No form-action: it would also stop the redirect back to the app, on another origin.
    `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'; ` +
      `img-src data:; base-uri 'none'; frame-ancestors 'none'`,
  );
  ctx.body = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)} · ${escape(site.name)}</title>
<link rel="icon" href="data:,">
<style nonce="${nonce}">:root { --hue: ${site.hue}; }${styles}</style>
</head>
<body>
<header>
<svg width="36" height="36" viewBox="0 0 36 36" aria-hidden="true"><path fill="currentColor" d="M18 2 31 7v11c0 8-5.5 13.5-13 16C10.5 31.500 5 26 5 18V7z"/></svg>
<div><strong>${escape(site.name)}</strong><span>${escape(site.role)}</span></div>
</header>
<main>
<h1>${escape(title)}</h1>
${content}
</main>
<footer>This page is served by ${escape(site.origin)} on this computer. Nothing typed, nothing kept.</footer>
${script ? `<script nonce="${nonce}">${script}</script>` : ''}
</body>
</html>`;
}

/**
 * @param {Site} site
 * @param {{ app: string, users: readonly User[], connection?: { name: string, label: string } }} options
 * @returns {Page}
 */
export function loginPage(site, { app, users, connection }) {
  const userButtons = users
    .map(
      ({ id, name }) =>
        `<button name="user" value="${escape(id)}"><span class="face" aria-hidden="true">` +
        `${escape(initials(name))}</span>Log in as ${escape(name)}</button>`,
    )
    .join('\n');
  const connectionButton = connection
    ? `<div class="or" aria-hidden="true">or</div>
<button name="connection" value="${escape(connection.name)}"><span class="face other" aria-hidden="true">→</span>Continue with ${escape(connection.label)}</button>`
    : '';
  return {
    site,
    title: `Log in to ${app}`,
    content: `<p>Choose who you are. There are no passwords here.</p>
<form method="post">
${userButtons}
${connectionButton}
</form>`,
  };
}

/** @param {Site} site @param {string} message @param {string} [note] @returns {Page} */
export const errorPage = (site, message, note) => ({
  site,
  title: 'Oops, something went wrong',
  content: `<p>${escape(message)}</p>${note ? `<p>${escape(note)}</p>` : ''}`,
});

/** @param {Site} site @param {string} title @param {string} message @returns {Page} */
export const messagePage = (site, title, message) => ({
  site,
  title,
  content: `<p>${escape(message)}</p>`,
});

/**
 * Asks before a logout that nobody proved to be wanted.
 *
 * @param {Site} site
 * @param {string} form oidc-provider's, to submit when the answer is yes
 * @param {string} keptUrl where a no leads
 * @returns {Page}
 */
export const consentPage = (site, form, keptUrl) => ({
  site,
  title: 'Log out?',
  content: `<p>An application asked to log you out of ${escape(site.name)}, but did not say who you are.</p>
${withFields(form, '<button class="primary" name="logout" value="yes">Yes, log me out</button>')}
<p></p><a class="button" href="${escape(keptUrl)}">No, stay logged in</a>`,
});

/** @param {Site} site @param {string} form @returns {Page} */
export const submittingPage = (site, form) => ({
  site,
  title: 'Logging out…',
  content: withFields(
    form,
    '<input type="hidden" name="logout" value="yes"><button class="primary">Continue</button>',
  ),
  script: 'document.forms[0].submit()',
});

/** @param {string} form @param {string} fields */
const withFields = (form, fields) => form.replace('</form>', `${fields}</form>`);

/**
 * Answers `/`, which nobody needs and somebody will open.
 *
 * @param {Site} site
 * @returns {import('./types.d.mts').Middleware}
 */
export const homePage = (site) => (ctx, next) =>
  ctx.path === '/'
    ? sendPage(
        ctx,
        messagePage(site, site.name, `${site.role}. Open the demo application instead.`),
      )
    : next();
