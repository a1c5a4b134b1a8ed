import type { BehaviourTable } from '../behaviour';
import { authBehaviours } from './auth';
import { chatBehaviours } from './chat';
import { coreBehaviours } from './core';
import { driveBehaviours } from './drive';
import { fileStationBehaviours } from './filestation';
import { infoBehaviours } from './info';
import { securityBehaviours } from './security';

/** All services. */
export const behaviours: BehaviourTable = {
	...infoBehaviours,
	...authBehaviours,
	...coreBehaviours,
	...securityBehaviours,
	...fileStationBehaviours,
	...chatBehaviours,
	...driveBehaviours,
};
