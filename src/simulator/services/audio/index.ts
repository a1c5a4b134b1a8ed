import type { BehaviourTable } from '../../core/behaviour';
import { libraryBehaviours } from './library';
import { mediaBehaviours } from './media';
import { pinBehaviours } from './pins';
import { playerBehaviours } from './players';
import { playlistBehaviours } from './playlists';
import { radioBehaviours } from './radios';

export { audioOf, type AudioState } from './state';

/** Everything the simulated Audio Station answers by the Web API. */
export const audioBehaviours: BehaviourTable = {
	...libraryBehaviours,
	...mediaBehaviours,
	...pinBehaviours,
	...playerBehaviours,
	...playlistBehaviours,
	...radioBehaviours,
};
