/** Parses like `new URL`, but answers `undefined` where that throws (`URL.parse` is too new). */
export function parseUrl(text: string, base?: string): URL | undefined {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}

/** Parses a `domain`, bare or with its scheme. Whether it may be a tenant's is not looked at. */
export const parseDomain = (domain: string): URL | undefined =>
  parseUrl(/^https?:\/\//i.test(domain) ? domain : `https://${domain}`);
