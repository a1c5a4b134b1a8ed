import type { BehaviourTable } from '../behaviour';
import { authBehaviours } from './auth';
import { calendarBehaviours } from './calendar';
import { chatBehaviours } from './chat';
import { contactsBehaviours } from './contacts';
import { coreBehaviours } from './core';
import { fileBehaviours } from './file';
import { infoBehaviours } from './info';
import { securityBehaviours } from './security';

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
};
