/** The local tenant's control interface. A real tenant has none: every answer is then null. */
export function createTenant(config) {
  async function post(fields) {
    if (!config.local) return null;
    try {
      const response = await fetch(`${config.tenantUrl}/__control`, {
        method: 'POST',
        body: new URLSearchParams(fields),
        signal: AbortSignal.timeout(4000),
      });
      return response.ok ? await response.json() : null;
    } catch {
      return null;
    }
  }

  return {
    /** Everything asked so far, oldest first. */
    read: () => post({ action: 'requests' }),
    /** Makes a path slow or failing. */
    behave: (path, behaviour) => post({ action: 'behave', path, ...behaviour }),
    /** Ends all that, and lets go of requests that hang. */
    reset: () => post({ action: 'reset' }),
  };
}
