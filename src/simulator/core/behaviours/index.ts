import type { BehaviourTable } from '../behaviour';
import { authBehaviours } from './auth';
import { coreBehaviours as ofCore } from './core';
import { infoBehaviours } from './info';
import { securityBehaviours } from './security';
import { signInBehaviours } from './signIn';
import { ticketBehaviours } from './tickets';

/** What every DSM answers, by `API.method`. */
export const coreBehaviours: BehaviourTable = {
	...infoBehaviours,
	...authBehaviours,
	...signInBehaviours,
	...ofCore,
	...securityBehaviours,
	...ticketBehaviours,
};
