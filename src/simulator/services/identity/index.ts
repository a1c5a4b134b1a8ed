import type { BehaviourTable } from '../../core/behaviour';
import { directoryBehaviours } from './directory';
import { groupBehaviours } from './groups';
import { ownBehaviours } from './own';
import { policyBehaviours } from './policies';
import { protectionBehaviours } from './protection';
import { userBehaviours } from './users';

export const identityBehaviours: BehaviourTable = {
	...userBehaviours,
	...groupBehaviours,
	...ownBehaviours,
	...protectionBehaviours,
	...policyBehaviours,
	...directoryBehaviours,
};
