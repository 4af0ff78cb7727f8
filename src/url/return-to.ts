import { LogoutError } from '../errors.js';
import { parseUrl } from './parse-url.js';

// Not what it seems: whitespace, backslashes and control characters, which parsers drop or turn
// into slashes; `//host`, which leaves the site that a path seems to stay on; `https:host` and
// `https:///host`, which parsers read in different ways; user information before the host; a
// placeholder in it, or what cannot be seen and is left out.
const DECEPTIVE = /[\s\\\p{Cc}]|^\/\/|^https?:(?!\/\/[^/])|^[^/?#]*\/\/[^/?#]*[@*{\p{Cf}]/iu;

// A scheme with a host or a path, as apps register theirs (RFC 8252, section 7.1). What runs
// script, opens local content or is no page is out, even when a list names it.
const SENDABLE =
  /^(?!((java|vb)script|data|blob|file(system)?|about|view-source|ftp|wss?|intent):)[a-z][a-z\d+.-]*:\//;

/**
 * Reads a `returnTo` and answers the address to send, as a string: `https://app.example` gets no
 * slash, because Auth0 compares it with a list in which it may stand without one; otherwise an
 * address is sent as `URL` spells it.
 *
 * @param value An http(s) address, an app's own `scheme://…`, or a path relative to `base`.
 * @param base The page's address; `undefined` where there is no page.
 * @throws LogoutError `invalid_return_to` for what is empty, relative without a base, has user
 *   information, whitespace, backslashes or control characters, or a scheme like `javascript:`.
 */
export function parseReturnTo(value: string | URL, base: string | undefined): string {
  // Not `instanceof URL`: the value may come from another frame.
  const text: unknown = typeof value === 'string' ? value : (value as URL | null)?.href;
  if (text && typeof text === 'string') {
    const url = parseUrl(text, base);
    if (url && !DECEPTIVE.test(text) && !DECEPTIVE.test(url.href) && SENDABLE.test(url.href)) {
      const bare = url.origin + url.search + url.hash;
      return text.toLowerCase() === bare.toLowerCase() ? bare : url.href;
    }
  }
  throw new LogoutError(
    'invalid_return_to',
    "returnTo must be https://, a path or an app's scheme://, without spaces, backslashes or user names.",
  );
}
