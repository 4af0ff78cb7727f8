import { createPublicKey, generateKeyPair, verify } from 'node:crypto';
import { promisify } from 'node:util';

/** @typedef {Record<string, unknown>} Claims */
/** @typedef {import('node:crypto').JsonWebKey & { kid?: string }} Jwk */

/** @type {Map<string, Promise<Jwk>>} */
const keys = new Map();

/**
 * Returns the RSA key that a server signs with: made once per process (and never on the thread
 * that serves), because a key takes longer to make than everything else about starting.
 *
 * @param {string} kid
 * @returns {Promise<Jwk>}
 */
export function signingKey(kid) {
  const known = keys.get(kid);
  if (known) return known;
  const made = makeKey(kid);
  keys.set(kid, made);
  return made;
}

/** @param {string} kid */
async function makeKey(kid) {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  return { ...privateKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' };
}

/**
 * Checks an RS256 JWT's signature, issuer and, unless told otherwise, expiry.
 *
 * @param {string} token
 * @param {readonly Jwk[]} jwks
 * @param {{ issuer: string, audience?: string, evenExpired?: boolean }} expected
 * @returns {Claims | null} its claims, or null when it is not what was expected
 */
export function verifyJwt(token, jwks, { issuer, audience, evenExpired = false }) {
  try {
    const [header, payload, signature] = token.split('.');
    const { kid, alg } = parsePart(header);
    const jwk = jwks.find((key) => key.kid === kid);
    if (!jwk || alg !== 'RS256') return null;
    const key = createPublicKey({ key: jwk, format: 'jwk' });
    const signed = Buffer.from(`${header}.${payload}`);
    if (!verify('RSA-SHA256', signed, key, Buffer.from(signature, 'base64url'))) return null;
    const claims = parsePart(payload);
    if (claims.iss !== issuer) return null;
    if (audience !== undefined && ![claims.aud].flat().includes(audience)) return null;
    if (!evenExpired && !(Number(claims.exp) > Date.now() / 1000)) return null;
    return claims;
  } catch {
    return null; // not a JWT at all
  }
}

/** @param {string} part @returns {Claims} */
const parsePart = (part) => JSON.parse(Buffer.from(part, 'base64url').toString());
