import type { BehaviourTable } from '../behaviour';
import { authBehaviours } from './auth';
import { coreBehaviours as ofCore } from './core';
import { infoBehaviours } from './info';
import { securityBehaviours } from './security';
import { ticketBehaviours } from './tickets';

/** What every DSM answers, by `API.method`. */
export const coreBehaviours: BehaviourTable = {
	...infoBehaviours,
	...authBehaviours,
	...ofCore,
	...securityBehaviours,
	...ticketBehaviours,
};
