import type { SimulatedService } from '../../core/service';
import { identityBehaviours } from './index';
import { identityScenes } from './life';
import { ssoSite } from './sso';

/** Accounts, their security and what directories say (identity.md). Every DSM has it. */
export const identity: SimulatedService = {
	id: 'identity',
	behaviours: identityBehaviours,
	site: ssoSite,
	seed: () => undefined,
	scenes: identityScenes,
};
