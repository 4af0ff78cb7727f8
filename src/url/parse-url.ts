/** Parses like `new URL`, but answers `undefined` where that throws (`URL.parse` is too new). */
export function parseUrl(text: string, base?: string): URL | undefined {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}

/** The origin that a `domain` names, if it names any. Whether it may be a tenant's is not looked at. */
export function originOf(domain: unknown): string | undefined {
  const text = String(domain);
  return parseUrl(/^https?:\/\//i.test(text) ? text : `https://${text}`)?.origin;
}
