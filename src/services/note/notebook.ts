import { operation, procedure, resource } from '../../catalog/operation';
import { z } from '../../vendor/zod';
import { notebookList } from './calls';
import { notebook_id, nothing, toNothing } from './fields';
import { eachRow } from './note-object';

/** A notebook as Note Station gives it (notestation.md 5.1); `items` are the ids of its notes, `stack` is its shelf. */
export const notebook = z.looseObject({
	object_id: z.string(),
	title: z.string(),
	stack: z.string().optional(),
	preset: z.boolean().optional(),
	archive: z.boolean().optional(),
	perm: z.string().optional(),
	items: z.array(z.string()).optional(),
	ctime: z.number().optional(),
	ver: z.string().optional(),
});

const name = z
	.string()
	.min(1)
	.meta({ title: 'Title', description: 'Title of the notebook', placeholder: 'e.g. Ideas' });
const shelf = z
	.string()
	.default('')
	.meta({ title: 'Shelf', description: 'Name of the shelf; empty: none', placeholder: 'e.g. Office' });
const notebookSet = { api: 'SYNO.NoteStation.Notebook', method: 'set', version: 2 } as const;

export const list = operation({
	title: 'List notebooks',
	summary: 'Lists the notebooks that the account can see.',
	call: notebookList,
	params: z.object({}),
	page: { items: 'notebooks', max: 500 },
	result: z.array(notebook),
	readOnly: true,
	basis: 'capture',
});

export const get = operation({
	title: 'Get a notebook',
	summary: 'Gives one notebook with the IDs of its notes.',
	call: { api: 'SYNO.NoteStation.Notebook', method: 'get', version: 2 },
	params: z.object({ notebook_id }),
	request: (given) => ({ object_id: given.notebook_id }),
	result: notebook,
	readOnly: true,
	basis: 'capture',
});

/** One source has the notebook in `data.notebook`. */
export const create = operation({
	title: 'Create a notebook',
	summary: 'Makes a notebook; several may have the same title.',
	call: { api: 'SYNO.NoteStation.Notebook', method: 'create', version: 2 },
	params: z.object({ title: name }),
	response: (data) => data.notebook ?? data,
	result: notebook,
	basis: 'capture',
});

export const rename = operation({
	title: 'Rename a notebook',
	summary: 'Gives a notebook another title.',
	call: notebookSet,
	params: z.object({ notebook_id, title: name }),
	request: (given) => ({ object_id: given.notebook_id, title: given.title }),
	response: toNothing,
	result: nothing,
	basis: 'capture',
});

export const remove = operation({
	title: 'Delete a notebook',
	summary: 'Deletes a notebook; its notes may go to the recycle bin, or are destroyed with it if so wished.',
	call: { api: 'SYNO.NoteStation.Notebook', method: 'delete', version: 2 },
	params: z.object({
		notebook_id,
		recursive: z
			.boolean()
			.default(false)
			.meta({ title: 'With Its Notes', description: 'Whether the notes in it are destroyed, too' }),
	}),
	request: (given) => ({ object_id: given.notebook_id, recursive: given.recursive }),
	response: toNothing,
	result: nothing,
	destructive: true,
	basis: 'capture',
});

/** A shelf is an attribute of its notebooks: `Stack.list` does not exist. */
export const shelves = procedure({
	title: 'List shelves',
	summary: 'Lists the shelves with the notebooks that stand on them.',
	uses: [notebookList],
	params: z.object({}),
	result: z.array(z.object({ stack: z.string(), notebooks: z.array(z.string()) })),
	readOnly: true,
	basis: 'capture',
	async run(_, dsm) {
		const found = new Map<string, string[]>();
		for await (const { stack, title } of eachRow<z.output<typeof notebook>>(dsm, notebookList, 'notebooks', {}))
			if (stack) found.set(stack, [...(found.get(stack) ?? []), title]);
		return [...found].map(([stack, notebooks]) => ({ stack, notebooks }));
	},
});

export const setShelf = operation({
	title: 'Put a notebook on a shelf',
	summary: 'Puts a notebook on a shelf, which is made if there is none, or takes it off.',
	call: notebookSet,
	params: z.object({ notebook_id, stack: shelf }),
	request: (given) => ({ object_id: given.notebook_id, stack: given.stack }),
	response: toNothing,
	result: nothing,
	basis: 'inferred',
});

export const setDefault = operation({
	title: 'Make a notebook the default',
	summary: 'Makes a notebook the one for notes without a chosen notebook.',
	call: { api: 'SYNO.NoteStation.Notebook.Preset', method: 'set', version: 1 },
	params: z.object({ notebook_id }),
	request: (given) => ({ object_id: given.notebook_id }),
	response: toNothing,
	result: nothing,
	basis: 'inferred',
});

export const archive = operation({
	title: 'Archive a notebook',
	summary: 'Archives a notebook with its notes, or takes it out of the archive; the NAS does it in the background.',
	call: { api: 'SYNO.NoteStation.Notebook.Polling', method: 'archive', version: 1 },
	params: z.object({
		notebook_id,
		archive: z.boolean().default(true).meta({ title: 'Archived', description: 'Whether it is archived afterwards' }),
	}),
	request: (given) => ({ object_id: given.notebook_id, archive: given.archive }),
	response: toNothing,
	result: nothing,
	basis: 'inferred',
});

export const notebooks = resource('Notebook', {
	list,
	get,
	create,
	rename,
	delete: remove,
	shelves,
	setShelf,
	setDefault,
	archive,
});
