import { operation, procedure, resource } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { notebook_id } from '../fields';
import {
	archiveNotebook,
	createNotebook,
	deleteNotebook,
	getNotebook,
	listNotebooks,
	setNotebook,
	setPreset,
} from '../wire/notebooks';

const name = z
	.string()
	.min(1)
	.meta({ title: 'Title', description: 'Title of the notebook', placeholder: 'e.g. Ideas' });
const shelf = z
	.string()
	.default('')
	.meta({ title: 'Shelf', description: 'Name of the shelf; empty: none', placeholder: 'e.g. Office' });

export const list = operation({
	title: 'List notebooks',
	summary: 'Lists the notebooks that the account can see.',
	call: listNotebooks,
	params: z.object({}),
});

const one = z.object({ notebook_id });
const object_id = (given: { notebook_id: string }) => ({ object_id: given.notebook_id });

export const get = operation({
	title: 'Get a notebook',
	summary: 'Gives one notebook with the IDs of its notes.',
	call: getNotebook,
	params: one,
	request: object_id,
});

export const create = operation({
	title: 'Create a notebook',
	summary: 'Makes a notebook; several may have the same title.',
	call: createNotebook,
	params: z.object({ title: name }),
	lost: { made: listNotebooks, is: (row, params) => row.title === params.title, at: (row) => row.ctime },
});

export const rename = operation({
	title: 'Rename a notebook',
	summary: 'Gives a notebook another title.',
	call: setNotebook,
	params: z.object({ notebook_id, title: name }),
	request: ({ title, ...given }) => ({ ...object_id(given), title }),
});

export const remove = operation({
	title: 'Delete a notebook',
	summary: 'Deletes a notebook; its notes may go to the recycle bin, or are destroyed with it if so wished.',
	call: deleteNotebook,
	params: z.object({
		notebook_id,
		recursive: z
			.boolean()
			.default(false)
			.meta({ title: 'With Its Notes', description: 'Whether the notes in it are destroyed, too' }),
	}),
	request: ({ recursive, ...given }) => ({ ...object_id(given), recursive }),
	lost: { gone: listNotebooks, is: (row, params) => row.object_id === params.notebook_id },
	destructive: true,
	deletes: true,
});

/** A shelf is an attribute of its notebooks: `Stack.list` does not exist. */
export const listShelves = procedure({
	title: 'List shelves',
	summary: 'Lists the shelves with the notebooks that stand on them.',
	uses: [listNotebooks],
	params: z.object({}),
	result: z.array(z.object({ stack: z.string(), notebooks: z.array(z.string()) })),
	readOnly: true,
	async run(_, dsm) {
		const found = new Map<string, string[]>();
		for (const { stack, title = '' } of await dsm.list(listNotebooks))
			if (stack) found.set(stack, [...(found.get(stack) ?? []), title]);
		return [...found].map(([stack, notebooks]) => ({ stack, notebooks }));
	},
});

export const setShelf = operation({
	title: 'Set the shelf of a notebook',
	summary: 'Puts a notebook on a shelf, which is made if there is none, or takes it off.',
	call: setNotebook,
	params: z.object({ notebook_id, stack: shelf }),
	request: ({ stack, ...given }) => ({ ...object_id(given), stack }),
	basis: 'inferred',
});

export const setDefault = operation({
	title: 'Set the default notebook',
	summary: 'Makes a notebook the one for notes without a chosen notebook.',
	call: setPreset,
	params: one,
	request: object_id,
});

export const archive = operation({
	title: 'Archive a notebook',
	summary: 'Archives a notebook with its notes; the NAS does it in the background.',
	call: archiveNotebook,
	params: one,
	request: (given) => ({ ...object_id(given), archive: true }),
});

export const unarchive = operation({
	title: 'Unarchive a notebook',
	summary: 'Takes a notebook with its notes out of the archive; the NAS does it in the background.',
	call: archiveNotebook,
	params: one,
	request: (given) => ({ ...object_id(given), archive: false }),
});

export const notebooks = resource('Notebook', {
	...{ list, get, create, rename, delete: remove, listShelves, setShelf, setDefault, archive, unarchive },
});
