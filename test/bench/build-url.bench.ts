import { describe, expect, it } from 'vitest';
import { buildLogoutUrl } from '../../src/index.js';
import { comparePaired, report } from './paired.js';

const TIMES = 10_000;
const config = {
  domain: 'tenant.eu.auth0.com',
  clientId: 'abc',
  returnTo: 'https://app.example/bye',
};

function byHand(): URL {
  const url = new URL(`https://${config.domain}/v2/logout`);
  url.searchParams.set('client_id', config.clientId);
  url.searchParams.set('returnTo', config.returnTo);
  return url;
}

function timed(build: () => URL): () => Promise<number> {
  return async () => {
    const start = performance.now();
    for (let i = 0; i < TIMES; i++) build();
    return performance.now() - start;
  };
}

describe('building a logout URL', () => {
  it('against a URL written by hand', async () => {
    const ours = timed(() => buildLogoutUrl(config));
    const comparison = await comparePaired(ours, timed(byHand), 11);
    report(`building ${TIMES} logout URLs`, comparison);
    // Once for each logout: what a person cannot notice is fast enough.
    expect(comparison.ours / TIMES).toBeLessThan(1);
  });
});
