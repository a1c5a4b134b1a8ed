import { service } from '../../catalog/operation';
import { accounts } from './account';
import { attachments } from './attachment';
import { attachmentAdded } from './attachmentAdded';
import { backups } from './backup';
import { encryption } from './encryption';
import { errors } from './errors';
import { notes } from './note';
import { notebooks } from './notebook';
import { noteCreated, noteMoved, noteRestored, noteShared, noteTagged, noteTrashed, noteUpdated } from './noteEvents';
import { notebookChanged, notebookCreated, todoCompleted, todoCreated, todoReopened, todoUpdated } from './otherEvents';
import { shares } from './share';
import { shortcuts } from './shortcut';
import { smarts } from './smart';
import { tags } from './tag';
import { todos } from './todo';
import { todoDue, todoOverdue } from './todoDue';
import { versions } from './version';

export const note = service({
	id: 'note',
	title: 'Note Station',
	summary: 'Notes as Markdown, notebooks, files and to-dos of Synology Note Station, as the account of the connection.',
	package: 'Note Station',
	privilege: 'Note Station',
	apis: 'SYNO.NoteStation.',
	errors,
	resources: {
		note: notes,
		todo: todos,
		notebook: notebooks,
		tag: tags,
		attachment: attachments,
		version: versions,
		share: shares,
		encryption,
		smart: smarts,
		shortcut: shortcuts,
		backup: backups,
		account: accounts,
	},
	triggers: {
		noteCreated,
		noteUpdated,
		noteMoved,
		noteTrashed,
		noteRestored,
		noteTagged,
		noteShared,
		attachmentAdded,
		notebookCreated,
		notebookChanged,
		todoCreated,
		todoUpdated,
		todoCompleted,
		todoReopened,
		todoDue,
		todoOverdue,
	},
});
