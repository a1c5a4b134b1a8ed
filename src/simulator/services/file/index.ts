import type { BehaviourTable } from '../../core/behaviour';
import { archiveBehaviours } from './archive';
import { copyMoveBehaviours } from './copymove';
import { downloadBehaviours } from './download';
import { listBehaviours } from './list';
import { measureBehaviours } from './measure';
import { removeBehaviours } from './remove';
import { searchBehaviours } from './search';
import { sharingBehaviours } from './sharing';
import { smallBehaviours } from './small';
import { writeBehaviours } from './write';

export { filesOf, type FileState, type FileSwitches, type PersonFile } from './state';

/** Everything the simulated File Station answers but its Info, which logins ask, too. */
export const fileBehaviours: BehaviourTable = {
	...archiveBehaviours,
	...copyMoveBehaviours,
	...downloadBehaviours,
	...listBehaviours,
	...measureBehaviours,
	...removeBehaviours,
	...searchBehaviours,
	...sharingBehaviours,
	...smallBehaviours,
	...writeBehaviours,
};
