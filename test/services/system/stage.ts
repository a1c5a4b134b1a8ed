import type { Resource } from '../../../src/catalog/operation';
import { system } from '../../../src/services/system';
import { systemOf, type SystemState } from '../../../src/simulator/services/system';
import type { Scene } from '../../support/nas';

type Operations<R extends Record<string, Resource>> = { [K in keyof R]: R[K]['operations'] };

/** Operations of the service by resource, e.g. `volume.list`. */
export const operations = Object.fromEntries(
	Object.entries(system.resources).map(([name, { operations: all }]) => [name, all]),
) as Operations<(typeof system)['resources']>;

export const triggers = system.triggers;

/** What DSM itself knows, where tests make things happen. */
export const stage = ({ simulator }: Scene): SystemState => systemOf(simulator.nas);
