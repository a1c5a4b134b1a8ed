import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { BehaviourTable } from '../core/behaviour';
import { coreBehaviours } from '../core/behaviours';
import type { SimulatedService } from '../core/service';

/** The rooms beside this file: each has a `service` that exports its table under the name of its folder. */
const rooms = readdirSync(__dirname).filter((name) =>
	['.js', '.ts'].some((extension) => existsSync(path.join(__dirname, name, `service${extension}`))),
);

const tableOf = (room: string): SimulatedService =>
	(require(`./${room}/service`) as Record<string, SimulatedService>)[room]!;

/** Every simulated service. Content is put on the NAS, and things happen in the demo, in the order that they ask for. */
export const services: readonly SimulatedService[] = rooms
	.map(tableOf)
	.sort((one, other) => (one.order ?? Infinity) - (other.order ?? Infinity) || one.id.localeCompare(other.id));

/** What the NAS answers, by `API.method`. */
export const behaviours: BehaviourTable = Object.assign(
	{},
	coreBehaviours,
	...services.map((service) => service.behaviours),
);
