import { service } from '../../catalog/operation';
import { errors } from './errors';
import { accounts } from './operations/account';
import { attachments } from './operations/attachment';
import { backups } from './operations/backup';
import { encryption } from './operations/encryption';
import { notes } from './operations/note';
import { notebooks } from './operations/notebook';
import { shares } from './operations/share';
import { shortcuts } from './operations/shortcut';
import { smarts } from './operations/smart';
import { tags } from './operations/tag';
import { todos } from './operations/todo';
import { versions } from './operations/version';
import { attachmentAdded } from './triggers/attachmentAdded';
import { notebookCreated, notebookUpdated } from './triggers/notebookEvents';
import {
	noteCreated,
	noteMoved,
	noteMovedToRecycleBin,
	noteRestored,
	noteShared,
	noteTagged,
	noteUpdated,
} from './triggers/noteEvents';
import { todoDue, todoOverdue } from './triggers/todoDue';
import { todoCompleted, todoCreated, todoReopened, todoUpdated } from './triggers/todoEvents';

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
		noteMovedToRecycleBin,
		noteRestored,
		noteTagged,
		noteShared,
		attachmentAdded,
		notebookCreated,
		notebookUpdated,
		todoCreated,
		todoUpdated,
		todoCompleted,
		todoReopened,
		todoDue,
		todoOverdue,
	},
});
