import type { BehaviourTable } from '../behaviour';
import { authBehaviours } from './auth';
import { calendarBehaviours } from './calendar';
import { chatBehaviours } from './chat';
import { contactsBehaviours } from './contacts';
import { coreBehaviours } from './core';
import { driveBehaviours } from './drive';
import { fileBehaviours } from './file';
import { infoBehaviours } from './info';
import { noteBehaviours } from './note';
import { securityBehaviours } from './security';
import { ticketBehaviours } from './tickets';

/** All services. */
export const behaviours: BehaviourTable = {
	...infoBehaviours,
	...authBehaviours,
	...coreBehaviours,
	...securityBehaviours,
	...fileBehaviours,
	...chatBehaviours,
	...contactsBehaviours,
	...calendarBehaviours,
	...noteBehaviours,
	...ticketBehaviours,
	...driveBehaviours,
};
