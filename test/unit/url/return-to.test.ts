import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseReturnTo } from '../../../src/url/return-to.js';

const PAGE = 'https://app.example/account/settings?tab=1#top';

describe('the address that is sent', () => {
  test.each([
    ['keeps an origin without a slash', 'https://app.example', 'https://app.example'],
    ['keeps an origin with a slash', 'https://app.example/', 'https://app.example/'],
    [
      'keeps a query right after the host',
      'https://app.example?a=1#b',
      'https://app.example?a=1#b',
    ],
    ['keeps no capitals of a host', 'HTTPS://App.Example?a=B', 'https://app.example?a=B'],
    ['keeps a path', 'https://app.example/bye', 'https://app.example/bye'],
    ['keeps a slash at the end', 'https://app.example/bye/', 'https://app.example/bye/'],
    [
      'keeps what is encoded encoded',
      'https://app.example/a%20b?c=%26',
      'https://app.example/a%20b?c=%26',
    ],
    ['is normalised: case', 'HTTPS://App.Example/Bye', 'https://app.example/Bye'],
    ['is normalised: default port', 'https://app.example:443/bye', 'https://app.example/bye'],
    ['is normalised: dots', 'https://app.example/a/../bye', 'https://app.example/bye'],
    ['is normalised: punycode', 'https://münchen.example/', 'https://xn--mnchen-3ya.example/'],
    [
      'is normalised: letters in a path',
      'https://app.example/tschüß',
      'https://app.example/tsch%C3%BC%C3%9F',
    ],
    ['may be http', 'http://app.example:8080/bye', 'http://app.example:8080/bye'],
    ['may have an app scheme and a host', 'com.example.app://bye', 'com.example.app://bye'],
    ['may have an app scheme and a path', 'com.example.app:/bye', 'com.example.app:/bye'],
    [
      'keeps an @ in a path or query',
      'https://app.example/@me?to=a@b',
      'https://app.example/@me?to=a@b',
    ],
  ])('%s', (_, value, sent) => {
    expect(parseReturnTo(value, undefined)).toBe(sent);
    expect(parseReturnTo(value, PAGE)).toBe(sent);
    expect(parseReturnTo(sent, undefined)).toBe(sent);
  });

  test.each([
    ['/bye', 'https://app.example/bye'],
    ['bye', 'https://app.example/account/bye'],
    ['./bye', 'https://app.example/account/bye'],
    ['../bye', 'https://app.example/bye'],
    ['?done', 'https://app.example/account/settings?done'],
    ['#done', 'https://app.example/account/settings?tab=1#done'],
    ['/', 'https://app.example/'],
    ['/bye?next=//evil.example', 'https://app.example/bye?next=//evil.example'],
  ])('is %j resolved against the page', (value, sent) => {
    expect(parseReturnTo(value, PAGE)).toBe(sent);
  });

  test('may be given as a URL, also of another frame', () => {
    expect(parseReturnTo(new URL('https://app.example'), undefined)).toBe('https://app.example/');
    const foreign = { href: 'https://app.example/bye' } as unknown as URL;
    expect(parseReturnTo(foreign, undefined)).toBe('https://app.example/bye');
  });
});

const refused = expect.objectContaining({ name: 'LogoutError', code: 'invalid_return_to' });

describe('an address is refused', () => {
  test.each([
    ['empty', ''],
    ['blank', ' '],
    ['leading whitespace', ' https://app.example/bye'],
    ['trailing whitespace', 'https://app.example/bye '],
    ['trailing line break', 'https://app.example/bye\n'],
    ['a space inside', 'https://app.example/good bye'],
    ['a tab inside the scheme', 'java\tscript:alert(1)'],
    ['a line break inside the scheme', 'java\nscript:alert(1)'],
    ['a no-break space', 'https://app.example/\u00a0'],
    ['a line separator', 'https://app.example/\u2028'],
    ['a byte order mark', '\ufeffhttps://app.example/'],
    ['a NUL', '\u0000https://app.example/'],
    ['a DEL', 'https://app.example/\u007f'],
    ['a C1 control', 'https://app.example/\u0085'],
    ['user and password', 'https://user:password@app.example/'],
    ['a user', 'https://user@app.example/'],
    ['what nobody sees in a host', 'https://app\u200b.example/'],
    ['what nobody sees in a scheme of an app', 'com.example.app://b\u00adye'],
    ['an empty user', 'https://@app.example/'],
    ['an empty user and password', 'https://:@app.example/'],
    ['a host that only looks like the right one', 'https://app.example@evil.example/'],
    ['a user in an app scheme', 'com.example.app://user@bye'],
    ['two slashes', '//evil.example'],
    ['two slashes and a user', '//app.example@evil.example'],
    ['three slashes', '///evil.example'],
    ['slash and backslash', '/\\evil.example'],
    ['backslash and slash', '\\/evil.example'],
    ['two backslashes', '\\\\evil.example'],
    ['backslashes after the scheme', 'https:\\\\evil.example'],
    ['a backslash in the path', 'https://app.example/\\@evil.example'],
    ['a scheme without slashes', 'https:evil.example'],
    ['a scheme with one slash', 'https:/evil.example'],
    ['a scheme with three slashes', 'https:///evil.example'],
    ['no host', 'https://'],
    ['no host but a query', 'https://?a'],
    ['a port out of range', 'https://app.example:99999/'],
    ['a host in the place of a scheme', 'localhost:3000/bye'],
    ['javascript:', 'javascript:alert(1)'],
    ['javascript: in capitals', 'JavaScript:alert(1)'],
    ['javascript: with slashes', 'javascript://app.example/%0aalert(1)'],
    ['vbscript:', 'vbscript:msgbox(1)'],
    ['data:', 'data:text/html,x'],
    ['data: with slashes', 'data://text/html,x'],
    ['blob:', 'blob:https://app.example/1'],
    ['file:', 'file:///etc/passwd'],
    ['filesystem:', 'filesystem:https://app.example/temporary/x'],
    ['about:', 'about:blank'],
    ['view-source:', 'view-source:https://app.example/'],
    ['intent:', 'intent://app.example#Intent;end'],
    ['ftp:', 'ftp://app.example/'],
    ['wss:', 'wss://app.example/'],
    ['mailto:', 'mailto:me@app.example'],
    ['tel:', 'tel:123'],
  ])('%s', (_, value) => {
    expect(() => parseReturnTo(value, PAGE)).toThrow(refused);
    expect(() => parseReturnTo(value, undefined)).toThrow(refused);
  });

  test.each([[undefined], [null], [7], [{}], [['https://app.example']]])('%s', (value) => {
    expect(() => parseReturnTo(value as unknown as string, PAGE)).toThrow(refused);
  });

  test.each([undefined, 'about:blank', 'data:text/html,x', 'file:///index.html', 'not a page'])(
    'relative to %s',
    (base) => {
      expect(() => parseReturnTo('/bye', base)).toThrow(refused);
    },
  );

  test('relative to a page with a user name, which it would inherit', () => {
    expect(() => parseReturnTo('/bye', 'https://user:password@app.example/')).toThrow(refused);
  });

  test('with a message that says the way out, and keeps secrets', () => {
    expect(() => parseReturnTo('https://me:secret@app.example/bye?hidden#hidden', PAGE)).toThrow(
      /^returnTo must be https:\/\/, a path or an app's scheme:\/\/, without [^:]*\.$/,
    );
  });
});

test('whatever is given, the answer has no user, runs no script and has no white space', () => {
  const piece = fc.constantFrom(
    ...[
      'https:',
      'http:',
      'javascript:',
      'com.app:',
      '/',
      '//',
      '\\',
      '@',
      ':',
      '?',
      '#',
      ' ',
      '\t',
    ],
    ...['\n', '\u0000', '.', '..', 'app.example', 'evil.example', 'user', '%2f', '%0a', 'ü', '*'],
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), fc.boolean(), (pieces, onPage) => {
      let sent: string;
      try {
        sent = parseReturnTo(pieces.join(''), onPage ? PAGE : undefined);
      } catch (error) {
        expect(error).toEqual(refused);
        return;
      }
      const url = new URL(sent);
      expect(url.protocol).not.toMatch(/^(javascript|file|data):$/);
      expect(url.username + url.password).toBe('');
      expect(sent).not.toMatch(/[\s\\]/);
      expect(parseReturnTo(sent, undefined)).toBe(sent);
    }),
    { numRuns: 3000 },
  );
});
