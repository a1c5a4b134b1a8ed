import type { BehaviourTable } from '../../core/behaviour';
import { backupBehaviours } from './backup';
import { containerBehaviours } from './containers';
import { logBehaviours } from './logs';
import { machineBehaviours } from './machine';
import { packageBehaviours } from './packages';
import { serviceBehaviours } from './services';
import { shareBehaviours } from './shares';
import { storageBehaviours } from './storage';
import { taskBehaviours } from './tasks';

export { systemOf, type SystemState } from './state';

/** Everything that the simulated DSM answers about itself, by `API.method`. */
export const systemBehaviours: BehaviourTable = {
	...machineBehaviours,
	...storageBehaviours,
	...packageBehaviours,
	...taskBehaviours,
	...logBehaviours,
	...serviceBehaviours,
	...shareBehaviours,
	...backupBehaviours,
	...containerBehaviours,
};
