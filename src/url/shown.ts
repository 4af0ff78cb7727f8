/** An address without query, hash and what may be a JWT: what is left may stand in a message or a log. */
export function withoutQuery(address: string): string {
  return address.replace(/[?#][^]*|eyJ[\w.-]*/g, '');
}
