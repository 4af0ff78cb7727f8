/** Parses like `new URL`, but answers `undefined` where that throws (`URL.parse` is too new). */
export function parseUrl(text: string, base?: string): URL | undefined {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}
