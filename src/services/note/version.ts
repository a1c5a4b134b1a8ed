import { operation, procedure, resource } from '../../catalog/operation';
import { z } from '../../vendor/zod';
import { noteGet } from './calls';
import { format, note_id } from './fields';
import { fullNote, readNote, revision, shown } from './note-object';

const ver = z.string().min(1).meta({
	title: 'Revision',
	description: 'Revision as the list of revisions names it in "version"',
	placeholder: 'e.g. 6011afa663ca3cda5c97aa94dd7344040495e1ef',
});

/** The lowest `id` is the newest; ids shift (notestation.md 6.10). */
export const list = operation({
	title: 'List revisions of a note',
	summary: 'Lists the version history of a note, the newest revision first.',
	call: { api: 'SYNO.NoteStation.Note.Version', method: 'list', version: 2 },
	params: z.object({
		note_id,
		all: z.boolean().default(false).meta({
			title: 'Hidden Ones Too',
			description: 'Whether revisions are listed too that the version history of Note Station hides',
			advanced: true,
		}),
	}),
	request: (given) => ({ object_id: given.note_id, ...(!given.all && { filter: { listable: true } }) }),
	page: { items: 'versions', max: 200 },
	result: z.array(z.looseObject({ version: z.string(), mtime: z.number().optional(), author: z.string().optional() })),
	readOnly: true,
	basis: 'capture',
});

export const get = procedure({
	title: 'Get a revision of a note',
	summary: 'Gives a note as it was in an earlier revision.',
	uses: [noteGet],
	params: z.object({ note_id, ver, format }),
	result: fullNote,
	readOnly: true,
	basis: 'capture',
	run: async (given, dsm) => shown(await readNote(given.note_id, dsm, { ver: given.ver }), given.format),
});

export const restore = operation({
	title: 'Restore a revision of a note',
	summary: 'Makes an earlier revision the current one; what is there now stays in the version history.',
	call: { api: 'SYNO.NoteStation.Note.Version', method: 'restore', version: 2 },
	params: z.object({ note_id, ver }),
	request: (given) => ({ object_id: given.note_id, ver: given.ver }),
	result: revision,
	basis: 'capture',
});

export const versions = resource('Revision', { list, get, restore });
