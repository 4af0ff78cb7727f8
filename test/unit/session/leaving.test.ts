import { beforeEach, describe, expect, test, vi } from 'vitest';
import { startSession, stepOf } from './page-session.js';

// jsdom leaves no page, as Firefox does not where somebody chooses to stay. It says so in the console.
beforeEach(() => void vi.spyOn(console, 'error').mockImplementation(() => undefined));

describe('a page that does not get to Auth0', () => {
  test('logs out again after ten seconds, however often it was asked to meanwhile', async () => {
    const now = vi.spyOn(performance, 'now');
    const session = startSession();
    /** How often listeners hear of a logout by a call at this time, however slow a step is. */
    const logOutAt = async (ms: number): Promise<number> => {
      session.events.length = 0;
      now.mockReturnValue(ms);
      await session.logout();
      return session.events.length;
    };

    expect(await logOutAt(0)).toBe(1);
    expect(await logOutAt(6000)).toBe(0);
    expect(await logOutAt(12_000)).toBe(1);
  });

  test('because its policy forbids the form keeps none of it', async () => {
    // In Firefox, before the event; other browsers have the event alone.
    vi.spyOn(HTMLFormElement.prototype, 'submit').mockImplementation(() => {
      setTimeout(() => {
        const violated = { disposition: 'enforce', effectiveDirective: 'form-action' };
        dispatchEvent(Object.assign(new Event('securitypolicyviolation'), violated));
      });
      throw new Error('NS_ERROR_CSP_FORM_ACTION_VIOLATION');
    });

    const result = await startSession({ endpoint: 'oidc', stepTimeoutMs: 1000 }).logout({
      state: 's'.repeat(2000),
    });

    expect(result.status).toBe('stayed');
    expect(stepOf(result, 'leave').error).toBe('the navigation was cancelled');
    expect(document.forms).toHaveLength(0);
  });
});
