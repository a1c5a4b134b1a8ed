import { operation, procedure } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { note_ids, notebook_id, order, recycled_ids } from '../fields';
import { allNotes, lookCalls, trashed } from '../lib/allNotes';
import { commit_msg } from '../lib/note';
import { revision, revisionOf } from '../lib/revision';
import { getInfo } from '../wire/accounts';
import { deleteNotes, getNote, listNotes, restoreNotes, setNote } from '../wire/notes';

const move = operation({
	title: 'Move notes',
	summary: 'Moves notes to another notebook.',
	call: setNote,
	params: z.object({ note_ids, notebook_id }),
	request: (given) => ({ object_id: given.note_ids, parent_id: given.notebook_id, commit_msg }),
	lost: {
		uses: [getNote],
		async look(given, dsm) {
			const notes = await Promise.all(given.note_ids.map(async (id) => await dsm.call(getNote, { object_id: id })));
			return notes.every(({ parent_id }) => parent_id === given.notebook_id) ? notes : undefined;
		},
	},
	response: (rows) => rows.map(revisionOf),
	result: z.array(revision),
	basis: 'clients',
});

/** Nothing is lost: they can be restored. */
const moveToRecycleBin = operation({
	title: 'Move notes to the recycle bin',
	summary: 'Puts notes into the recycle bin, from which they can be restored.',
	call: deleteNotes,
	params: z.object({ note_ids }),
	request: (given) => ({ object_id: given.note_ids, recycle: true }),
});

const restore = operation({
	title: 'Restore notes',
	summary: 'Takes notes out of the recycle bin, back to their notebook.',
	call: restoreNotes,
	params: z.object({ note_ids: recycled_ids }),
	request: (given) => ({ object_id: given.note_ids }),
});

const erase = operation({
	title: 'Delete notes for good',
	summary: 'Destroys notes, whether they are in the recycle bin or not.',
	call: deleteNotes,
	params: z.object({ note_ids }),
	request: (given) => ({ object_id: given.note_ids, recycle: false }),
	lost: {
		uses: lookCalls,
		async look(given, dsm) {
			const left = new Set((await allNotes(dsm)).map(({ note }) => note.object_id));
			return given.note_ids.some((id) => left.has(id)) ? undefined : {};
		},
	},
	destructive: true,
	deletes: true,
});

const listRecycleBin = operation({
	title: 'List notes in the recycle bin',
	summary: 'Lists the notes that were moved to the recycle bin.',
	known: { call: getInfo },
	call: listNotes,
	params: z.object(order),
	request: (given, { uid }) => ({ ...trashed(uid), ...given }),
	keep: ({ recycle }) => recycle !== false,
});

const clearRecycleBin = procedure({
	title: 'Clear the recycle bin',
	summary: 'Destroys all notes in the recycle bin.',
	uses: [getInfo, listNotes, deleteNotes],
	params: z.object({}),
	result: z.object({ count: z.number() }),
	destructive: true,
	deletes: true,
	async run(_, dsm) {
		const { uid } = await dsm.call(getInfo);
		const notes = await dsm.list(listNotes, trashed(uid));
		const ids = notes.filter(({ recycle }) => recycle !== false).map(({ object_id }) => object_id);
		if (ids.length > 0) await dsm.call(deleteNotes, { object_id: ids, recycle: false });
		return { count: ids.length };
	},
});

/** Where notes lie, and what takes them away. */
export const recycleBin = { move, moveToRecycleBin, restore, delete: erase, listRecycleBin, clearRecycleBin };
