import type { BehaviourTable } from '../../core/behaviour';
import { attachmentBehaviours } from './attachments';
import { encryptionBehaviours } from './encryption';
import { jobBehaviours } from './jobs';
import { notebookBehaviours } from './notebooks';
import { noteBehaviours as ofNotes } from './notes';
import { searchBehaviours } from './search';
import { sharingBehaviours } from './sharing';
import { smallBehaviours } from './small';
import { todoBehaviours } from './todos';

export { noteOf, type NoteState } from './state';

/** Everything the simulated Note Station answers, by `API.method`. */
export const noteBehaviours: BehaviourTable = {
	...attachmentBehaviours,
	...encryptionBehaviours,
	...jobBehaviours,
	...notebookBehaviours,
	...ofNotes,
	...searchBehaviours,
	...sharingBehaviours,
	...smallBehaviours,
	...todoBehaviours,
};
