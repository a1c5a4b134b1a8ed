import type { SimulatedService } from '../../core/service';
import { systemBehaviours } from './index';
import { systemScenes } from './life';

/** DSM itself, with backup and containers. */
export const system: SimulatedService = {
	id: 'system',
	behaviours: systemBehaviours,
	seed: () => undefined,
	scenes: systemScenes,
};
