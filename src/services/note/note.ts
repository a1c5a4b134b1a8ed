import type { Dsm } from '../../core/dsm';
import { DsmInputError, isDsmError, withDetails } from '../../core/errors';
import { moment } from '../../catalog/fields';
import { operation, procedure, resource } from '../../catalog/operation';
import { z } from '../../vendor/zod';
import { commit_msg, noteCopy, noteCreate, noteGet, noteList, noteSet, notebookList, tagList } from './calls';
import { content, format, note_id, notebook_id, tags, title } from './fields';
import { toHtml } from './markdown';
import type { WireNote } from './note-object';
import { fullNote, liveNotes, noteRow, picturesOf, readNote, revision, shown, tagsOf } from './note-object';
import { pictureHtml } from './render';
import { bin } from './bin';
import { check } from './check';
import { briefOf } from './text';
import { change, changeAt, changeCalls, refuseEncrypted } from './writing';

const inNotebook = notebook_id.optional().meta({
	...notebook_id.meta(),
	description: 'Notebook that the notes are in; none: all',
	advanced: true,
});

export const list = procedure({
	title: 'List notes',
	summary: 'Lists notes, the latest change first, without their text.',
	uses: [noteList, tagList],
	params: z.object({
		notebook_id: inNotebook,
		tag: z.string().optional().meta({ title: 'Tag', description: 'Name of a tag that the notes bear', advanced: true }),
		since: moment()
			.optional()
			.meta({ title: 'Changed Since', description: 'Only notes changed since', advanced: true }),
		archive: z.boolean().default(false).meta({
			title: 'Archived',
			description: 'Whether notes of archived notebooks are listed instead',
			advanced: true,
		}),
	}),
	result: z.array(noteRow),
	readOnly: true,
	basis: 'capture',
	async *each({ notebook_id: parent_id, tag, since, archive }, dsm) {
		const bearers = tag === undefined ? undefined : await bearersOf(tag, dsm);
		for await (const note of liveNotes(dsm, { parent_id, archive })) {
			const isWanted = (bearers?.has(note.object_id) ?? true) && note.mtime * 1000 >= (since ?? 0);
			if (isWanted) yield note;
		}
	},
});

async function bearersOf(tag: string, dsm: Dsm): Promise<Set<string>> {
	const { tags: rows = [] } = (await dsm.call(tagList, {}, { readOnly: true })) as {
		tags?: { title: string; items?: string[] }[];
	};
	return new Set(rows.find((row) => row.title === tag)?.items);
}

export const get = procedure({
	title: 'Get a note',
	summary: 'Gives one note with its text.',
	uses: [noteGet],
	params: z.object({ note_id, format }),
	result: fullNote,
	readOnly: true,
	basis: 'capture',
	run: async (given, dsm) => shown(await readNote(given.note_id, dsm), given.format),
});

const SHARING_LINK = /\/ns\/sharing\/(\w+)/;

export const find = procedure({
	title: 'Find a note by its title or link',
	summary: 'Gives the note with a title, or the one that a sharing link of Note Station points to.',
	uses: [noteList, noteGet],
	params: z.object({
		title: z.string().min(1).meta({
			title: 'Title or Link',
			description: 'Exact title, or link to the note; of several, the one changed last',
			placeholder: 'e.g. Tea',
		}),
		notebook_id: inNotebook,
		format,
	}),
	result: fullNote,
	readOnly: true,
	basis: 'capture',
	async run(given, dsm) {
		const link = SHARING_LINK.exec(given.title)?.[1];
		for await (const row of liveNotes(dsm, { parent_id: given.notebook_id })) {
			const isFound = link === undefined ? row.title === given.title : row.link_id === link;
			if (isFound) return shown(await readNote(row.object_id, dsm), given.format);
		}
		throw new DsmInputError(`There is no note "${given.title}".`, {
			path: ['title'],
			hint: 'Capitals count; a note in the recycle bin or in an archived notebook is not found.',
		});
	},
});

/** The answer shows an empty text although the text was saved (notestation.md 6.4): read again. */
export const create = procedure({
	title: 'Create a note',
	summary: 'Writes a new note.',
	uses: [notebookList, noteCreate, noteSet, noteGet],
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
	result: fullNote,
	basis: 'capture',
	async run({ title: name, content: text, format: form, notebook_id: place, tags: names = [], source_url }, dsm) {
		const parent_id = place ?? (await presetNotebook(dsm));
		const html = toHtml(text, form);
		const made = (await dsm.call(noteCreate, {
			...{ title: name, parent_id, content: html, brief: briefOf(html), encrypt: false, commit_msg, source_url },
		})) as WireNote;
		if (names.length > 0) await tagNew(made, names, dsm);
		return shown(await readNote(made.object_id, dsm), form);
	},
});

async function tagNew({ object_id, ver }: WireNote, tag: string[], dsm: Dsm): Promise<void> {
	try {
		await dsm.call(noteSet, { object_id, ver, tag, check_conflict: false, commit_msg });
	} catch (error) {
		if (!isDsmError(error)) throw error;
		throw withDetails(error, {}, `The note was made (${object_id}), but did not get its tags: ${error.message}`);
	}
}

async function presetNotebook(dsm: Dsm): Promise<string> {
	const { notebooks = [] } = (await dsm.call(notebookList, {}, { readOnly: true })) as {
		notebooks?: { object_id: string; preset?: boolean }[];
	};
	const found = notebooks.find(({ preset }) => preset) ?? notebooks[0];
	if (found) return found.object_id;
	throw new DsmInputError('The account has no notebook yet.', {
		path: ['notebook_id'],
		hint: 'Create a notebook first, or open Note Station once in the browser as this account.',
	});
}

export const update = procedure({
	title: 'Update a note',
	summary: 'Changes title, text or tags of a note; what is left out stays.',
	uses: changeCalls,
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
	result: revision,
	basis: 'capture',
	async run({ note_id: id, title: name, content: text, format: form, tags: tag, ver }, dsm) {
		const fields = (note: WireNote) => ({
			...(name !== undefined && { title: name }),
			...(text !== undefined && body(toHtml(text, form, picturesOf(note, pictureHtml)))),
			...(tag !== undefined && { tag }),
		});
		if (ver === undefined) return await change(id, dsm, fields);
		const note = await readNote(id, dsm);
		return await changeAt(note, ver, dsm, fields(note));
	},
});

const body = (html: string) => ({ content: html, brief: briefOf(html) });

const adding = {
	note_id,
	content: z
		.string()
		.min(1)
		.meta({ ...content.meta(), description: 'Text to add' }),
	format,
};

export const append = procedure({
	title: 'Append to a note',
	summary: 'Adds text at the end of a note; what others write at the same moment is kept.',
	uses: changeCalls,
	params: z.object(adding),
	result: revision,
	basis: 'capture',
	run: async ({ note_id: id, content: text, format: form }, dsm) =>
		await change(id, dsm, (note) => body(`${note.content ?? ''}${toHtml(text, form, picturesOf(note, pictureHtml))}`)),
});

export const prepend = procedure({
	title: 'Prepend to a note',
	summary: 'Adds text at the beginning of a note; what others write at the same moment is kept.',
	uses: changeCalls,
	params: z.object(adding),
	result: revision,
	basis: 'capture',
	run: async ({ note_id: id, content: text, format: form }, dsm) =>
		await change(id, dsm, (note) => body(`${toHtml(text, form, picturesOf(note, pictureHtml))}${note.content ?? ''}`)),
});

export const copy = procedure({
	title: 'Copy a note',
	summary: 'Makes a copy of a note with its tags and files.',
	uses: [noteGet, noteCopy],
	params: z.object({
		note_id,
		notebook_id: notebook_id.optional().meta({
			...notebook_id.meta(),
			description: 'Notebook for the copy; none: that of the note',
		}),
		title: z.string().optional().meta({ title: 'Title', description: 'Title of the copy; none: that of the note' }),
	}),
	result: noteRow,
	basis: 'clients',
	async run(given, dsm) {
		const note = await readNote(given.note_id, dsm);
		refuseEncrypted(note);
		return await copied(note, dsm, {
			parent_id: given.notebook_id ?? note.parent_id,
			title: given.title ?? note.title,
			encrypt: false,
		});
	},
});

/** A copy with what is to be different. */
export async function copied(note: WireNote, dsm: Dsm, changes: Record<string, unknown>) {
	const { object_id, ver, parent_id, title: name, content: text = '', brief = '' } = note;
	const own = { object_id, ver, parent_id, title: name, content: text, brief, tag: tagsOf(note), recycle: false };
	return (await dsm.call(noteCopy, { ...own, commit_msg, ...changes })) as z.input<typeof noteRow>;
}

export const search = operation({
	title: 'Search notes',
	summary: 'Finds notes by words of their text; double quotes around the words find them as a phrase.',
	call: { api: 'SYNO.NoteStation.FTS', method: 'search', version: 1 },
	params: z.object({
		keyword: z.string().min(1).meta({
			title: 'Keyword',
			description: 'Words to look for; notes written just now may not be found yet',
			placeholder: 'e.g. rack',
		}),
	}),
	page: { items: 'notes', max: 200 },
	result: z.array(noteRow),
	readOnly: true,
	basis: 'capture',
});

export const notes = resource('Note', {
	list,
	get,
	find,
	create,
	update,
	append,
	prepend,
	check,
	copy,
	search,
	...bin,
});
