import type { BehaviourTable } from '../../core/behaviour';
import { logSwitchBehaviours } from './logSwitch';
import { peopleBehaviours } from './people';
import { settingsBehaviours } from './settings';
import { speedBehaviours } from './speed';

export { asDsm5, DSM5_APIS } from './profiles';
export { webdavOf, type WebdavState } from './state';

/** Everything that DSM answers about WebDAV Server, by `API.method`; the server itself is in `server.ts`. */
export const webdavBehaviours: BehaviourTable = {
	...settingsBehaviours,
	...peopleBehaviours,
	...speedBehaviours,
	...logSwitchBehaviours,
};
