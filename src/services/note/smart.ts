import { operation, procedure, resource } from '../../catalog/operation';
import { z } from '../../vendor/zod';
import { commit_msg, infoGet, noteList } from './calls';
import { nothing, smart_id, tags, toNothing } from './fields';
import type { WireNote } from './note-object';
import { eachRow, noteRow } from './note-object';

const smart = z.looseObject({ object_id: z.string(), title: z.string().optional(), link_id: z.string().optional() });
const smartCreate = { api: 'SYNO.NoteStation.Smart', method: 'create', version: 1 } as const;

export const list = operation({
	title: 'List smart notebooks',
	summary: 'Lists the smart notebooks of the account, without their criteria.',
	call: { api: 'SYNO.NoteStation.Smart', method: 'list', version: 1 },
	params: z.object({}),
	page: { items: 'smarts', max: 500 },
	result: z.array(smart),
	readOnly: true,
	basis: 'capture',
});

/** That the answer holds the criteria is likely, not certain (notestation.md 10). */
export const get = operation({
	title: 'Get a smart notebook',
	summary: 'Gives one smart notebook.',
	call: { api: 'SYNO.NoteStation.Smart', method: 'get', version: 1 },
	params: z.object({ smart_id }),
	request: (given) => ({ object_id: given.smart_id }),
	result: smart,
	readOnly: true,
	basis: 'inferred',
});

/** Tags of the criteria are `name@uid` (notestation.md 10). */
export const create = procedure({
	title: 'Create a smart notebook',
	summary: 'Saves a search as a smart notebook.',
	uses: [infoGet, smartCreate],
	params: z.object({
		title: z.string().min(1).meta({ title: 'Title', description: 'Title of the smart notebook' }),
		keyword: z.string().default('').meta({ title: 'Keyword', description: 'Words in the notes' }),
		in_title: z.string().default('').meta({ title: 'Words in Title', description: 'Words in the titles of the notes' }),
		tags: tags.optional().meta({ ...tags.meta(), description: 'Names of tags of the notes, several with commas' }),
		tag_operator: z
			.enum(['and', 'or'])
			.default('and')
			.meta({ title: 'Tags Needed', description: 'How many of the tags', labels: { and: 'All', or: 'Any' } }),
		notebook_ids: z
			.array(z.string().min(1))
			.default([])
			.meta({
				title: 'Notebooks',
				description: 'Notebooks of the notes; none: all',
				widget: 'picker',
				choices: { from: 'note.notebook.list', value: 'object_id', label: 'title' },
			}),
	}),
	result: smart,
	basis: 'capture',
	async run({ title, keyword, in_title, tags: names = [], tag_operator, notebook_ids }, dsm) {
		const { uid } = await dsm.call(infoGet, {}, { readOnly: true });
		const query = {
			...(keyword !== '' && { keyword }),
			...(in_title !== '' && { title: in_title }),
			...(names.length > 0 && { tag: names.map((name) => `${name}@${uid}`), tag_operator }),
			...(notebook_ids.length > 0 && { parent_id: notebook_ids }),
		};
		const made = await dsm.call(smartCreate, { title, query, commit_msg });
		return { title, ...made };
	},
});

export const notes = procedure({
	title: 'List notes of a smart notebook',
	summary: 'Lists the notes that meet the criteria of a smart notebook.',
	uses: [infoGet, noteList],
	params: z.object({ smart_id }),
	result: z.array(noteRow),
	readOnly: true,
	basis: 'capture',
	async *each(given, dsm) {
		const { uid } = await dsm.call(infoGet, {}, { readOnly: true });
		yield* eachRow<WireNote>(dsm, noteList, 'notes', {
			...{ perm_from: 'smart', smart_id: given.smart_id, filter: { recycle: false, owner: uid }, field: {} },
		});
	},
});

export const remove = operation({
	title: 'Delete a smart notebook',
	summary: 'Deletes a smart notebook; the notes stay.',
	call: { api: 'SYNO.NoteStation.Smart', method: 'delete', version: 1 },
	params: z.object({ smart_id }),
	request: (given) => ({ object_id: given.smart_id }),
	response: toNothing,
	result: nothing,
	destructive: true,
	basis: 'inferred',
});

export const smarts = resource('Smart Notebook', { list, get, create, notes, delete: remove });
