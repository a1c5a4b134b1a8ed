import type { AnyOperation, Resource } from '../../../src/catalog/operation';
import { identity } from '../../../src/services/identity';
import { identityOf, type IdentityState } from '../../../src/simulator/services/identity/state';
import type { Scene } from '../../support/nas';

type Operations<R extends Record<string, Resource>> = { [K in keyof R]: R[K]['operations'] };

/** Operations of the service by resource, e.g. `user.list`. */
export const operations = Object.fromEntries(
	Object.entries(identity.resources).map(([name, { operations: all }]) => [name, all]),
) as Operations<(typeof identity)['resources']>;

export const triggers = identity.triggers;

/** What Control Panel knows of accounts, where tests make things happen. */
export const stage = ({ simulator }: Scene): IdentityState => identityOf(simulator.nas);

export const everyOperation = (): AnyOperation[] =>
	Object.values(identity.resources).flatMap((resource) => Object.values(resource.operations) as AnyOperation[]);
