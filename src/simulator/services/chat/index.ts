import type { BehaviourTable } from '../../core/behaviour';
import { adminBehaviours } from './admin';
import { channelBehaviours } from './channels';
import { externalBehaviours } from './external';
import { fileBehaviours } from './files';
import { hashtagBehaviours } from './hashtags';
import { namedBehaviours } from './named';
import { postBehaviours } from './posts';
import { readingBehaviours } from './reading';
import { searchBehaviours } from './search';
import { smallBehaviours } from './small';
import { userBehaviours } from './users';
import { voteBehaviours } from './votes';

export { chatOf, type ChatState, type PersonPost } from './state';
export type { ChatSettings, ChatSwitches } from './types';

/** Everything the simulated Chat answers, by `API.method`. */
export const chatBehaviours: BehaviourTable = {
	...adminBehaviours,
	...channelBehaviours,
	...externalBehaviours,
	...fileBehaviours,
	...hashtagBehaviours,
	...namedBehaviours,
	...postBehaviours,
	...readingBehaviours,
	...searchBehaviours,
	...smallBehaviours,
	...userBehaviours,
	...voteBehaviours,
};
