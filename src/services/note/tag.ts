import { operation, procedure, resource } from '../../catalog/operation';
import { z } from '../../vendor/zod';
import { noteList, tagList } from './calls';
import { note_id, nothing, someTags, tag_id, tags as tagNames, toNothing } from './fields';
import { eachRow, liveNotes, noteRow, revision, tagsOf } from './note-object';
import { change, changeCalls } from './writing';

const tag = z.looseObject({ tag_id: z.string(), title: z.string(), items: z.array(z.string()).optional() });

export const list = operation({
	title: 'List tags',
	summary: 'Lists the tags of the account with the IDs of the notes that bear them.',
	call: tagList,
	params: z.object({}),
	page: { items: 'tags', max: 500 },
	result: z.array(tag),
	readOnly: true,
	basis: 'capture',
});

export const notes = procedure({
	title: 'List notes with a tag',
	summary: 'Lists the notes that bear a tag.',
	uses: [tagList, noteList],
	params: z.object({ tag_id }),
	result: z.array(noteRow),
	readOnly: true,
	basis: 'capture',
	async *each(given, dsm) {
		for await (const row of eachRow<z.output<typeof tag>>(dsm, tagList, 'tags', {})) {
			if (row.tag_id !== given.tag_id && row.title !== given.tag_id) continue;
			for await (const note of liveNotes(dsm)) if (row.items?.includes(note.object_id)) yield note;
		}
	},
});

export const set = procedure({
	title: 'Set the tags of a note',
	summary: 'Replaces the tags of a note.',
	uses: changeCalls,
	params: z.object({ note_id, tags: tagNames }),
	result: revision,
	basis: 'capture',
	run: async (given, dsm) => await change(given.note_id, dsm, () => ({ tag: given.tags })),
});

export const add = procedure({
	title: 'Add tags to a note',
	summary: 'Adds tags to a note; it keeps those it has.',
	uses: changeCalls,
	params: z.object({ note_id, tags: someTags }),
	result: revision,
	basis: 'capture',
	run: async (given, dsm) =>
		await change(given.note_id, dsm, (note) => ({ tag: [...new Set([...tagsOf(note), ...given.tags])] })),
});

export const remove = procedure({
	title: 'Remove tags from a note',
	summary: 'Takes tags off a note.',
	uses: changeCalls,
	params: z.object({ note_id, tags: someTags }),
	result: revision,
	basis: 'capture',
	run: async (given, dsm) =>
		await change(given.note_id, dsm, (note) => ({ tag: tagsOf(note).filter((one) => !given.tags.includes(one)) })),
});

export const rename = operation({
	title: 'Rename a tag',
	summary: 'Gives a tag another name, on all its notes.',
	call: { api: 'SYNO.NoteStation.Tag', method: 'set', version: 2 },
	params: z.object({
		tag_id,
		title: z.string().min(1).meta({ title: 'New Name', description: 'New name of the tag' }),
	}),
	response: toNothing,
	result: nothing,
	basis: 'inferred',
});

export const erase = operation({
	title: 'Delete a tag',
	summary: 'Deletes a tag; its notes stay.',
	call: { api: 'SYNO.NoteStation.Tag', method: 'delete', version: 2 },
	params: z.object({ tag_id }),
	response: toNothing,
	result: nothing,
	destructive: true,
	basis: 'inferred',
});

export const tags = resource('Tag', { list, notes, set, add, remove, rename, delete: erase });
