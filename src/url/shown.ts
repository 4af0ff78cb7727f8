/** An address without query, hash and JWTs: what is left may stand in a message or a log. */
export function withoutQuery(address: string): string {
  return address.replace(/[?#][^]*|eyJ[\w-]*\.[\w.-]*/g, '');
}
