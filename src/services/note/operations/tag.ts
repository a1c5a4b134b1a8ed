import { operation, resource } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { note_id, order, someTags, tag_id, tags as tagNames } from '../fields';
import { live } from '../lib/allNotes';
import { edited, onRevision } from '../lib/revision';
import { deleteTag, listNotes, listTags, setTag } from '../wire/notes';

export const list = operation({
	title: 'List tags',
	summary: 'Lists the tags of the account with the IDs of the notes that bear them.',
	call: listTags,
	params: z.object({}),
});

export const listTagNotes = operation({
	title: 'List notes with a tag',
	summary: 'Lists the notes that bear a tag, the latest change first unless another order is chosen.',
	known: { call: listTags },
	call: listNotes,
	params: z.object({ tag_id, ...order }),
	request: ({ sort_by, sort_direction }) => ({ ...live({ archive: false }), sort_by, sort_direction }),
	keep: ({ object_id, recycle }, given, known) =>
		recycle !== true &&
		known.some((tag) => (tag.tag_id === given.tag_id || tag.title === given.tag_id) && tag.items?.includes(object_id)),
});

/** The tags before stay in the version history. */
export const set = operation({
	...onRevision,
	title: 'Set the tags of a note',
	summary: 'Replaces the tags of a note.',
	params: z.object({ note_id, tags: tagNames }),
	request: (given, note) => edited(note, { tag: given.tags }),
});

export const add = operation({
	...onRevision,
	title: 'Add tags to a note',
	summary: 'Adds tags to a note; it keeps those it has.',
	params: z.object({ note_id, tags: someTags }),
	request: (given, note) => edited(note, { tag: [...new Set([...note.tags, ...given.tags])] }),
});

/** The note keeps its text, and the tag can be added again. */
export const remove = operation({
	...onRevision,
	title: 'Remove tags from a note',
	summary: 'Takes tags off a note.',
	params: z.object({ note_id, tags: someTags }),
	request: (given, note) => edited(note, { tag: note.tags.filter((one) => !given.tags.includes(one)) }),
});

export const rename = operation({
	title: 'Rename a tag',
	summary: 'Gives a tag another name, on all its notes.',
	call: setTag,
	params: z.object({
		tag_id,
		title: z.string().min(1).meta({ title: 'New Name', description: 'New name of the tag' }),
	}),
	lost: { made: listTags, is: (row, params) => row.title === params.title, answer: () => ({}) },
});

export const erase = operation({
	title: 'Delete a tag',
	summary: 'Deletes a tag; its notes stay.',
	call: deleteTag,
	params: z.object({ tag_id }),
	lost: { gone: listTags, is: (row, params) => row.tag_id === params.tag_id },
	destructive: true,
	deletes: true,
});

export const tags = resource('Tag', { list, listNotes: listTagNotes, set, add, remove, rename, delete: erase });
