/** An address without query, hash and JWTs: what is left may stand in a message or a log. */
export function withoutQuery(address: string): string {
  return address.replace(/[?#][^]*|eyJ[\w-]*\.[\w.-]*/g, '');
}

/**
 * A refused value, fit for an error message: control characters escaped, and neither query, hash
 * nor user information, where tokens and passwords travel. What precedes the last `@` goes, even
 * in a path: a malformed address does not tell them apart.
 */
export function shown(value: unknown): string {
  return JSON.stringify(withoutQuery(String(value)).replace(/[^]*@/, ''));
}
