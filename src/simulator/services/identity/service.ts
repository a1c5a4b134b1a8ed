import type { SimulatedService } from '../../core/service';
import { identityBehaviours } from './index';
import { identityScenes } from './life';

/** Accounts, their security and what directories say (identity.md). Every DSM has it. */
export const identity: SimulatedService = {
	id: 'identity',
	behaviours: identityBehaviours,
	seed: () => undefined,
	scenes: identityScenes,
};
