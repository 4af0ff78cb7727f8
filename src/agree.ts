import { askFirst, type Asked } from './ask-first.js';
import { randomId } from './env.js';
import { type FoundAddress, findAddress } from './find-address.js';
import { isFramed } from './go-to-auth0.js';
import type { LogoutOptions } from './logout-types.js';
import { federatedAdvice } from './providers/federated-advice.js';
import type { RunStep } from './record-steps.js';
import type { Marker } from './tabs/logged-out-marker.js';
import { isOwed } from './tabs/who-goes.js';
import { validate } from './validate.js';
import type { Workplace } from './workplace.js';

/** What is known once everything that can refuse has been heard. */
export interface Agreed extends Asked, FoundAddress {
  /** Names this logout. */
  readonly id: string;
  /** The address that ends the session at the application's own server, if there is one. */
  readonly server: URL | undefined;
  /** A logout before, which is still to be asked of Auth0. */
  readonly owed: Partial<Marker> | undefined;
  /** `undefined`: nobody has said. */
  readonly federate: boolean | undefined;
  readonly warnings: string[];
}

/**
 * Everything that can refuse, before anything is destroyed: validate, build the address, ask.
 *
 * @throws LogoutError for what the caller has to fix
 */
export async function agree(
  place: Workplace,
  options: LogoutOptions,
  step: RunStep,
): Promise<Agreed> {
  const { config, env, name, watch } = place;
  const { localOnly, reason = 'user', openUrl } = options;
  const id = randomId();
  const server = validate(config, options, env);

  // A logout that Auth0 has not been asked for yet stays owed, with all that was asked of it.
  const before = watch.current() || undefined;
  const owed = before && (await isOwed(env, name, before, reason)) ? before : undefined;
  const federate = options.federated ?? (localOnly ? undefined : owed?.federated);
  const address = await findAddress(place, { ...options, federated: federate }, before, id);

  const { sub } = address;
  const federated = federate === true;
  const advice = federated && federatedAdvice(sub);
  const warnings = localOnly ? [] : [...address.warnings];
  if (advice) warnings.push(advice);
  if (!localOnly && !openUrl && isFramed(place)) {
    warnings.push('In a frame Auth0 may not see its session, which lives on: hand in openUrl.');
  }
  const asked = await askFirst(place, options, { federated, sub }, step);
  return { ...address, ...asked, id, server, owed, federate, warnings };
}
