import { randomBytes } from 'node:crypto';

/**
 * @typedef {import('./types.d.mts').Context} Context
 *
 * @typedef {object} PendingLogout
 * @property {string | undefined} url where the browser goes in the end
 * @property {string | undefined} upstreamSid the session at the identity provider to end before
 */

/**
 * Remembers one logout URL per browser, as Auth0 does: a second logout, or a login that ends in
 * between, takes its place, and the first one's way back is lost.
 *
 * @param {string} cookie
 */
export function createPendingLogouts(cookie) {
  /** @type {Map<string, PendingLogout>} */
  const pending = new Map();

  return {
    /** @param {Context} ctx @param {PendingLogout} logout */
    put(ctx, logout) {
      let browser = ctx.cookies.get(cookie);
      if (!browser) {
        browser = randomBytes(16).toString('base64url');
        ctx.cookies.set(cookie, browser, { httpOnly: true, sameSite: 'lax' });
      }
      pending.set(browser, logout);
    },

    /** @param {Context} ctx */
    take(ctx) {
      const browser = ctx.cookies.get(cookie) ?? '';
      const logout = pending.get(browser);
      pending.delete(browser);
      return logout;
    },
  };
}

/** @typedef {ReturnType<typeof createPendingLogouts>} PendingLogouts */
