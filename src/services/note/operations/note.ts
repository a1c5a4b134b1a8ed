import { DsmApiError, DsmInputError, isDsmError, withDetails } from '../../../core/errors';
import type { Dsm } from '../../../core/dsm';
import { operation, procedure, resource } from '../../../catalog/operation';
import { timeOf } from '../../../catalog/row';
import { since } from '../../../catalog/sorting';
import { z } from '../../../vendor/zod';
import { content, format, note_id, notebook_id, order, tags, title } from '../fields';
import { live } from '../lib/allNotes';
import { ticked } from '../lib/checklist';
import { toHtml, type Format } from '../lib/format';
import { pictureHtml } from '../lib/htmlOfMarkdown';
import { commit_msg, picturesOf, readNote, refuseEncrypted, shown } from '../lib/note';
import { briefOf } from '../lib/plainText';
import { body, edited, onRevision, theNote } from '../lib/revision';
import { listNotebooks } from '../wire/notebooks';
import {
	copyNote,
	createNote,
	getNote,
	listNotes,
	listTags,
	noteRow,
	searchNotes,
	setNote,
	wholeNote,
	type NoteRow,
	type WholeNote,
	type Written,
} from '../wire/notes';
import { recycleBin } from './recycleBin';

const inNotebook = notebook_id.optional().meta({
	...notebook_id.meta(),
	description: 'Notebook that the notes are in; none: all',
	advanced: true,
});

/** The filter of the NAS is checked again: some releases pass over parts of it. */
const isLive = ({ recycle, parent_id }: NoteRow, notebook: string | undefined): boolean =>
	recycle !== true && (notebook === undefined || parent_id === notebook);

export const list = operation({
	title: 'List notes',
	summary: 'Lists notes, the latest change first unless another order is chosen, without their text.',
	known: { uses: [listTags], look: async ({ tag }, dsm) => (tag === undefined ? [] : await dsm.list(listTags)) },
	call: listNotes,
	params: z.object({
		notebook_id: inNotebook,
		tag: z.string().optional().meta({ title: 'Tag', description: 'Name of a tag that the notes bear', advanced: true }),
		since: since('Changed Since', 'Only notes changed since'),
		...order,
		archive: z.boolean().default(false).meta({
			title: 'Archived',
			description: 'Whether notes of archived notebooks are listed instead',
			advanced: true,
		}),
	}),
	request: ({ notebook_id: parent_id, archive, since: from, sort_by, sort_direction }) => ({
		...live({ archive, parent_id }),
		...(from === undefined && { sort_by, sort_direction }),
	}),
	newer: { than: (given) => given.since, at: (note) => timeOf(note.mtime), ends: () => true },
	keep: (note, { notebook_id: notebook, tag }, known) =>
		isLive(note, notebook) &&
		(tag === undefined || known.some(({ title: name, items }) => name === tag && items?.includes(note.object_id))),
});

export const get = operation({
	title: 'Get a note',
	summary: 'Gives one note with its text.',
	call: getNote,
	params: z.object({ note_id, format }),
	request: (given) => ({ object_id: given.note_id }),
	response: (note, { params }) => shown(note, params.format),
	result: wholeNote,
});

const SHARING_LINK = /\/ns\/sharing\/(\w+)/;

export const find = operation({
	title: 'Find a note by its title or link',
	summary: 'Gives the note with a title, or the one that a sharing link of Note Station points to.',
	known: {
		call: listNotes,
		request: (given) => live({ archive: false, parent_id: given.notebook_id }),
	},
	call: getNote,
	params: z.object({
		title: z.string().min(1).meta({
			title: 'Title or Link',
			description: 'Exact title, or link to the note; of several, the one changed last',
			placeholder: 'e.g. Tea',
		}),
		notebook_id: inNotebook,
		format,
	}),
	request: (given, notes) => ({ object_id: found(given, notes).object_id }),
	response: (note, { params }) => shown(note, params.format),
	result: wholeNote,
});

function found(
	{ title: name, notebook_id: notebook }: { title: string; notebook_id?: string | undefined },
	notes: NoteRow[],
) {
	const link = SHARING_LINK.exec(name)?.[1];
	const isWanted = (note: NoteRow) => (link === undefined ? note.title === name : note.link_id === link);
	const note = notes.find((one) => isLive(one, notebook) && isWanted(one));
	if (note) return note;
	throw new DsmInputError(`There is no note "${name}".`, {
		path: ['title'],
		hint: 'Capitals count; a note in the recycle bin or in an archived notebook is not found.',
	});
}

export const create = procedure({
	title: 'Create a note',
	summary: 'Writes a new note.',
	uses: [listNotebooks, createNote, setNote, getNote],
	params: z.object({
		title,
		content,
		format,
		notebook_id: notebook_id.optional().meta({
			...notebook_id.meta(),
			description: 'Notebook for the note; none: the default one',
		}),
		tags: tags.optional().meta(tags.meta()!),
		source_url: z
			.string()
			.optional()
			.meta({ title: 'Source URL', description: 'Where the text comes from', advanced: true }),
	}),
	result: wholeNote,
	async run({ title: name, content: text, format: form, notebook_id: place, tags: names = [], source_url }, dsm) {
		const parent_id = place ?? (await presetNotebook(dsm));
		const html = await toHtml(text, form);
		const made = await dsm.call(createNote, {
			...{ title: name, parent_id, content: html, brief: briefOf(html), encrypt: false, commit_msg, source_url },
		});
		if (names.length > 0) await tagNew(made, names, dsm);
		return await shown(await readNote(made.object_id, dsm), form);
	},
});

async function tagNew({ object_id, ver }: Written, tag: string[], dsm: Dsm): Promise<void> {
	try {
		await dsm.call(setNote, { object_id, ver, tag, check_conflict: false, commit_msg });
	} catch (error) {
		if (!isDsmError(error)) throw error;
		throw withDetails(error, {}, `The note was made (${object_id}), but did not get its tags: ${error.message}`);
	}
}

async function presetNotebook(dsm: Dsm): Promise<string> {
	const notebooks = await dsm.list(listNotebooks);
	const place = notebooks.find(({ preset }) => preset) ?? notebooks[0];
	if (place) return place.object_id;
	throw new DsmInputError('The account has no notebook yet.', {
		path: ['notebook_id'],
		hint: 'Create a notebook first, or open Note Station once in the browser as this account.',
	});
}

/** What is replaced stays in the version history. */
export const update = operation({
	...onRevision,
	title: 'Update a note',
	summary: 'Changes title, text or tags of a note; what is left out stays.',
	params: z.object({
		note_id,
		title: title.optional(),
		content: z
			.string()
			.optional()
			.meta({ ...content.meta(), description: 'New text; it replaces the old one' }),
		format,
		tags: tags.optional().meta({ ...tags.meta(), description: 'New tags; they replace the old ones', advanced: true }),
		ver: z.string().optional().meta({
			title: 'Only on Revision',
			description: 'The "ver" on which the change is based: if the note has another one by now, nothing is written',
			placeholder: 'e.g. 00c994feced3af6ee4d6190d59fb316df83e8e31',
			advanced: true,
		}),
	}),
	async request({ title: name, content: text, format: form, tags: tag, ver }, note) {
		refuseNewer(note, ver);
		return edited(note, {
			...(name !== undefined && { title: name }),
			...(text !== undefined && body(await htmlFor(note, text, form))),
			...(tag !== undefined && { tag }),
		});
	},
});

function refuseNewer(note: WholeNote, ver: string | undefined): void {
	if (ver === undefined || ver === note.ver) return;
	throw new DsmApiError(`The note "${note.title}" was changed after revision ${ver}; nothing was written.`, {
		hint: 'Get the note again, apply the change to what it says now, and write with its new "ver".',
	});
}

const htmlFor = async (note: WholeNote, text: string, form: Format): Promise<string> =>
	await toHtml(text, form, picturesOf(note, pictureHtml));

const adding = z.object({
	note_id,
	content: z
		.string()
		.min(1)
		.meta({ ...content.meta(), description: 'Text to add' }),
	format,
});

export const append = operation({
	...onRevision,
	title: 'Append to a note',
	summary: 'Adds text at the end of a note; what others write at the same moment is kept.',
	params: adding,
	request: async (given, note) => edited(note, body(note.content + (await htmlFor(note, given.content, given.format)))),
});

export const prepend = operation({
	...onRevision,
	title: 'Prepend to a note',
	summary: 'Adds text at the beginning of a note; what others write at the same moment is kept.',
	params: adding,
	request: async (given, note) => edited(note, body((await htmlFor(note, given.content, given.format)) + note.content)),
});

export const setChecklistItem = operation({
	...onRevision,
	title: 'Set an item of a checklist',
	summary: 'Ticks a box in a note, or takes its tick away.',
	params: z.object({
		note_id,
		item: z.string().min(1).meta({
			title: 'Item',
			description: 'Text beside the box; of several equal ones, all',
			placeholder: 'e.g. Order screws',
		}),
		checked: z.boolean().default(true).meta({ title: 'Ticked', description: 'Whether the box is ticked afterwards' }),
	}),
	request: ({ item, checked }, note) => edited(note, body(ticked(note, item, checked))),
});

export const copy = operation({
	title: 'Copy a note',
	summary: 'Makes a copy of a note with its tags and files.',
	known: theNote,
	call: copyNote,
	params: z.object({
		note_id,
		notebook_id: notebook_id.optional().meta({
			...notebook_id.meta(),
			description: 'Notebook for the copy; none: that of the note',
		}),
		title: z.string().optional().meta({ title: 'Title', description: 'Title of the copy; none: that of the note' }),
	}),
	request({ notebook_id: parent_id = undefined, title: name }, note) {
		refuseEncrypted(note);
		return copied(note, { parent_id: parent_id ?? note.parent_id, title: name ?? note.title, encrypt: false });
	},
	response: ({ content: _text, ...note }) => note,
	result: noteRow,
	basis: 'clients',
});

/** Wire values of a copy with what is to be different. */
export const copied = (note: WholeNote, changes: Record<string, unknown>): Record<string, unknown> => ({
	...{ object_id: note.object_id, ver: note.ver, parent_id: note.parent_id, title: note.title },
	...{ content: note.content, brief: note.brief ?? '', tag: note.tags, recycle: false, commit_msg },
	...changes,
});

export const search = operation({
	title: 'Search notes',
	summary: 'Finds notes by words of their text; double quotes around the words find them as a phrase.',
	call: searchNotes,
	params: z.object({
		keyword: z.string().min(1).meta({
			title: 'Keyword',
			description: 'Words to look for; notes written just now may not be found yet',
			placeholder: 'e.g. rack',
		}),
	}),
});

export const notes = resource('Note', {
	...{ list, get, find, create, update, append, prepend, setChecklistItem, copy, search },
	...recycleBin,
});
