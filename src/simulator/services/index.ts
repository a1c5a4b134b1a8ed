import type { BehaviourTable } from '../core/behaviour';
import { authBehaviours } from '../core/behaviours/auth';
import { calendarBehaviours } from './calendar';
import { chatBehaviours } from './chat';
import { contactsBehaviours } from './contacts';
import { coreBehaviours } from '../core/behaviours/core';
import { driveBehaviours } from './drive';
import { fileBehaviours } from './file';
import { infoBehaviours } from '../core/behaviours/info';
import { noteBehaviours } from './note';
import { systemBehaviours } from './system';
import { securityBehaviours } from '../core/behaviours/security';
import { ticketBehaviours } from '../core/behaviours/tickets';

/** All services. */
export const behaviours: BehaviourTable = {
	...infoBehaviours,
	...authBehaviours,
	...coreBehaviours,
	...securityBehaviours,
	...systemBehaviours,
	...fileBehaviours,
	...chatBehaviours,
	...contactsBehaviours,
	...calendarBehaviours,
	...noteBehaviours,
	...ticketBehaviours,
	...driveBehaviours,
};
