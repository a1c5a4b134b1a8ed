import { operation, resource } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { format, note_id } from '../fields';
import { shown } from '../lib/note';
import { revision, revisionOf } from '../lib/revision';
import { getNote, listVersions, restoreVersion, wholeNote } from '../wire/notes';

const ver = z.string().min(1).meta({
	title: 'Revision',
	description: 'Revision as the list of revisions names it in "version"',
	placeholder: 'e.g. 6011afa663ca3cda5c97aa94dd7344040495e1ef',
});

export const list = operation({
	title: 'List revisions of a note',
	summary: 'Lists the version history of a note, the newest revision first.',
	call: listVersions,
	params: z.object({
		note_id,
		include_hidden: z.boolean().default(false).meta({
			title: 'Include Hidden',
			description: 'Whether revisions are listed too that the version history of Note Station hides',
			advanced: true,
		}),
	}),
	request: (given) => ({
		object_id: given.note_id,
		...(!given.include_hidden && { filter: { listable: true } }),
	}),
});

export const get = operation({
	title: 'Get a revision of a note',
	summary: 'Gives a note as it was in an earlier revision.',
	call: getNote,
	params: z.object({ note_id, ver, format }),
	request: (given) => ({ object_id: given.note_id, ver: given.ver }),
	response: (note, { params }) => shown(note, params.format),
	result: wholeNote,
});

/** Nothing is lost: what is replaced becomes a revision itself. */
export const restore = operation({
	title: 'Restore a revision of a note',
	summary: 'Makes an earlier revision the current one; what is there now stays in the version history.',
	call: restoreVersion,
	params: z.object({ note_id, ver }),
	request: (given) => ({ object_id: given.note_id, ver: given.ver }),
	response: revisionOf,
	result: revision,
});

export const versions = resource('Revision', { list, get, restore });
