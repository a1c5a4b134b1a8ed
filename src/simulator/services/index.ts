import type { BehaviourTable } from '../core/behaviour';
import { coreBehaviours } from '../core/behaviours';
import type { SimulatedService } from '../core/service';
import { calendar } from './calendar/service';
import { chat } from './chat/service';
import { contacts } from './contacts/service';
import { drive } from './drive/service';
import { file } from './file/service';
import { note } from './note/service';
import { system } from './system/service';

/** Every simulated service. Content is put on the NAS, and things happen in the demo, in this order. */
export const services: readonly SimulatedService[] = [chat, file, drive, contacts, calendar, note, system];

/** What the NAS answers, by `API.method`. */
export const behaviours: BehaviourTable = Object.assign(
	{},
	coreBehaviours,
	...services.map((service) => service.behaviours),
);
