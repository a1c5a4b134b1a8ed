import type { SimulatedService } from '../../core/service';
import { NOTE_APP } from './application';
import { noteBehaviours } from './index';
import { noteScenes } from './life';
import { notePage } from './portal';
import { seedNotes } from './seed';

export const note: SimulatedService = {
	id: 'note',
	order: 6,
	package: { id: 'NoteStation', name: 'Note Station', version: '2.7.0-2307', apis: ['SYNO.NoteStation.'] },
	application: { id: NOTE_APP, sessionName: 'NoteStation' },
	alias: 'notestation',
	misrouted: { error: 108, errors: { synodrive: 0 } },
	behaviours: noteBehaviours,
	seed: seedNotes,
	scenes: noteScenes,
	pages: [notePage],
};
