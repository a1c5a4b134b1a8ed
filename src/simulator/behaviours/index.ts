import type { BehaviourTable } from '../behaviour';
import { authBehaviours } from './auth';
import { chatBehaviours } from './chat';
import { coreBehaviours } from './core';
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
	...noteBehaviours,
	...ticketBehaviours,
};
