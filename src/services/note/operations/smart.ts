import { operation, resource } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { order, smart_id, tags } from '../fields';
import { commit_msg } from '../lib/note';
import { getInfo } from '../wire/accounts';
import { createSmart, deleteSmart, getSmart, listSmarts, smart } from '../wire/notebooks';
import { listNotes } from '../wire/notes';

export const list = operation({
	title: 'List smart notebooks',
	summary: 'Lists the smart notebooks of the account, without their criteria.',
	call: listSmarts,
	params: z.object({}),
});

const one = z.object({ smart_id });
const object_id = (given: z.output<typeof one>) => ({ object_id: given.smart_id });

export const get = operation({
	title: 'Get a smart notebook',
	summary: 'Gives one smart notebook.',
	call: getSmart,
	params: one,
	request: object_id,
});

/** Tags of the criteria are `name@uid` (notestation.md 10). */
export const create = operation({
	title: 'Create a smart notebook',
	summary: 'Saves a search as a smart notebook.',
	known: { call: getInfo },
	call: createSmart,
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
	request: ({ title, keyword, in_title, tags: names = [], tag_operator, notebook_ids }, { uid }) => ({
		title,
		query: {
			...(keyword !== '' && { keyword }),
			...(in_title !== '' && { title: in_title }),
			...(names.length > 0 && { tag: names.map((name) => `${name}@${uid}`), tag_operator }),
			...(notebook_ids.length > 0 && { parent_id: notebook_ids }),
		},
		commit_msg,
	}),
	lost: { made: listSmarts, is: (row, params) => row.title === params.title, at: (row) => row.ctime },
	response: (made, { params }) => ({ title: params.title, ...made }),
	result: smart,
});

export const listSmartNotes = operation({
	title: 'List notes of a smart notebook',
	summary: 'Lists the notes that meet the criteria of a smart notebook.',
	known: { call: getInfo },
	call: listNotes,
	params: one.extend(order),
	request: ({ smart_id: id, ...sort }, { uid }) => ({
		...sort,
		...{ perm_from: 'smart', smart_id: id, filter: { recycle: false, owner: Number(uid) }, field: {} },
	}),
});

export const remove = operation({
	title: 'Delete a smart notebook',
	summary: 'Deletes a smart notebook; the notes stay.',
	call: deleteSmart,
	params: one,
	lost: { gone: listSmarts, is: (row, params) => row.object_id === params.smart_id },
	request: object_id,
	destructive: true,
	deletes: true,
});

export const smarts = resource('Smart Notebook', { list, get, create, listNotes: listSmartNotes, delete: remove });
