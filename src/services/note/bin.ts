import { operation, procedure } from '../../catalog/operation';
import { z } from '../../vendor/zod';
import { commit_msg, infoGet, noteDelete, noteList, noteSet } from './calls';
import { note_ids, notebook_id, nothing, toNothing, trashed_ids } from './fields';
import { noteRow, revision, trashedNotes } from './note-object';

const move = operation({
	title: 'Move notes',
	summary: 'Moves notes to another notebook.',
	call: noteSet,
	params: z.object({ note_ids, notebook_id }),
	request: (given) => ({ object_id: given.note_ids, parent_id: given.notebook_id, commit_msg }),
	response: (data) => (Array.isArray(data?.data) ? data.data : []),
	result: z.array(revision),
	basis: 'clients',
});

/** Without `recycle` the NAS may destroy (notestation.md 6.6): it is always said. */
const trash = operation({
	title: 'Move notes to the recycle bin',
	summary: 'Puts notes into the recycle bin, from which they can be restored.',
	call: noteDelete,
	params: z.object({ note_ids }),
	request: (given) => ({ object_id: given.note_ids, recycle: true }),
	response: toNothing,
	result: nothing,
	basis: 'capture',
});

const restore = operation({
	title: 'Restore notes',
	summary: 'Takes notes out of the recycle bin, back to their notebook.',
	call: { api: 'SYNO.NoteStation.Note', method: 'restore', version: 3 },
	params: z.object({ note_ids: trashed_ids }),
	request: (given) => ({ object_id: given.note_ids }),
	response: toNothing,
	result: nothing,
	basis: 'capture',
});

const purge = operation({
	title: 'Delete notes for good',
	summary: 'Destroys notes, whether they are in the recycle bin or not.',
	call: noteDelete,
	params: z.object({ note_ids }),
	request: (given) => ({ object_id: given.note_ids, recycle: false }),
	response: toNothing,
	result: nothing,
	destructive: true,
	basis: 'capture',
});

const listTrash = procedure({
	title: 'List notes in the recycle bin',
	summary: 'Lists the notes that were moved to the recycle bin.',
	uses: [infoGet, noteList],
	params: z.object({}),
	result: z.array(noteRow),
	readOnly: true,
	basis: 'capture',
	each: (_, dsm) => trashedNotes(dsm),
});

const emptyTrash = procedure({
	title: 'Empty the recycle bin',
	summary: 'Destroys all notes in the recycle bin.',
	uses: [infoGet, noteList, noteDelete],
	params: z.object({}),
	result: z.object({ deleted: z.number() }),
	destructive: true,
	basis: 'capture',
	async run(_, dsm) {
		const ids: string[] = [];
		for await (const { object_id } of trashedNotes(dsm)) ids.push(object_id);
		if (ids.length > 0) await dsm.call(noteDelete, { object_id: ids, recycle: false });
		return { deleted: ids.length };
	},
});

/** Where notes lie, and what takes them away. */
export const bin = { move, trash, restore, purge, listTrash, emptyTrash };
