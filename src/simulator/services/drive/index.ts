import type { BehaviourTable } from '../../core/behaviour';
import { adminBehaviours } from './admin';
import { historyBehaviours } from './history';
import { labelBehaviours } from './labels';
import { readBehaviours } from './reads';
import { serviceBehaviours } from './server';
import { sharingBehaviours } from './sharing';
import { taskBehaviours } from './tasks';
import { transferBehaviours } from './transfer';
import { usageBehaviours } from './usage';
import { writeBehaviours } from './writes';

export { driveOf, type DriveState } from './state';
export type { DriveSwitches } from './switches';

/** Everything the simulated Drive answers, by `API.method`. */
export const driveBehaviours: BehaviourTable = {
	...readBehaviours,
	...writeBehaviours,
	...transferBehaviours,
	...taskBehaviours,
	...labelBehaviours,
	...sharingBehaviours,
	...historyBehaviours,
	...adminBehaviours,
	...serviceBehaviours,
	...usageBehaviours,
};
