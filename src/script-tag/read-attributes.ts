import type { LogoutUrlConfig } from '../url/logout-url-config.js';
import { isLogoutError } from '../errors.js';
import { resolveLogoutAddress } from '../url/build-logout-url.js';

/** What the attributes of a script tag ask for. */
export interface ScriptSettings {
  readonly config: LogoutUrlConfig;
  readonly guardForms: boolean;
}

/** Attributes of the contract whose part of the package does not exist yet. */
const NOT_YET = ['data-idle-minutes', 'data-absolute-minutes'];

/** Says by its name what is wrong with an attribute. */
export type Complain = (attribute: string, problem: string) => void;

/**
 * Tells whether an attribute is there that means something by that alone. `false` as its value is
 * what frameworks make of a condition: it is complained about, and then as good as not there.
 */
export function readFlag(tag: Element, attribute: string, complain: Complain): boolean {
  const isFalse = tag.getAttribute(attribute)?.trim().toLowerCase() === 'false';
  if (isFalse) complain(attribute, 'is on by being there. Leave it out.');
  return tag.hasAttribute(attribute) && !isFalse;
}

/**
 * Reads the settings of a script tag, once. Nothing without `data-domain`. An attribute that is wrong
 * is complained about by its name; without a domain and a client there is nothing to start, any other
 * is then left out, so that the person can still log out.
 */
export function readAttributes(
  tag: Element,
  page: string,
  complain: Complain,
): ScriptSettings | null {
  const read = (name: string): string | undefined => {
    const value = tag.getAttribute(`data-${name}`)?.trim();
    if (value === '') complain(`data-${name}`, 'is empty.');
    return value || undefined;
  };
  if (!tag.hasAttribute('data-domain')) return null;
  const domain = read('domain');
  const clientId = read('client-id');
  const returnTo = read('return-to');
  const endpoint = read('endpoint');
  if (!tag.hasAttribute('data-client-id')) complain('data-client-id', 'is missing.');
  for (const name of NOT_YET) {
    if (tag.hasAttribute(name)) complain(name, 'is not available in this version.');
  }
  if (!domain || !clientId) return null;

  const works = (attribute: string, config: LogoutUrlConfig): boolean => {
    try {
      resolveLogoutAddress(config, {}, page);
      return true;
    } catch (error) {
      const { code, message } = isLogoutError(error) ? error : { message: 'cannot be used.' };
      // There is no attribute for the list that could allow it.
      const isUnlisted = code === 'return_to_not_allowed';
      complain(attribute, isUnlisted ? 'must be https:// or a path.' : message);
      return false;
    }
  };
  let config: LogoutUrlConfig = { domain, clientId };
  if (!works('data-domain', config)) return null;
  const add = (attribute: string, more: Partial<LogoutUrlConfig>): void => {
    if (works(attribute, { ...config, ...more })) config = { ...config, ...more };
  };
  if (endpoint) add('data-endpoint', { endpoint: endpoint as 'v2' | 'oidc' });
  if (returnTo) add('data-return-to', { returnTo });
  return { config, guardForms: readFlag(tag, 'data-guard-forms', complain) };
}
