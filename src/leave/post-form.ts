import { real } from '../env.js';

/** Sends an address's parameters in the body of a POST (RP-Initiated Logout 1.0, section 2). */
export function postForm(document: Document, url: URL): void {
  const create = real(document, 'createElement');
  const form = create('form');
  form.method = 'post';
  // Whatever the page is written in: a `state` comes back as it was sent.
  form.acceptCharset = 'utf-8';
  form.action = url.origin + url.pathname;
  // Not to another tab, as a page's `<base target>` may have it.
  form.target = '_self';
  for (const [name, value] of url.searchParams) {
    const field = create('input');
    field.type = 'hidden';
    field.name = name;
    // A flag has no value in a URL, but does in a body (Auth0, "Log users out of Auth0").
    field.value = name === 'federated' ? 'true' : value;
    form.append(field);
  }
  real(document, 'documentElement').append(form);
  try {
    form.submit();
  } catch {
    // Firefox throws where a policy forbids it, and then says so in an event, as others do.
  }
  form.remove();
}
