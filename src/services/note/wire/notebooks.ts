import { field, row } from '../../../catalog/row';
import { call, repeatable } from '../../../catalog/wire';
import { z } from '../../../vendor/zod';
import { emptyIsAbsent, owned, renamed } from './owned';

/** A notebook (notestation.md 5.1): `stack` is its shelf, `items` are the ids of its notes. `mtime` does not move with the notes. */
export const notebook = row(
	{
		...owned,
		stack: field.text().optional(),
		/** The default one. */
		preset: field.flag().optional(),
		archive: field.flag().optional(),
		items: z.array(field.id()).optional(),
	},
	{
		lift: ['owner'],
		rename: renamed,
		simple: ['object_id', 'title', 'stack', 'preset', 'archive', 'perm', 'owner_name', 'items', 'ctime', 'ver'],
	},
);
export type Notebook = z.output<typeof notebook>;

const of = 'SYNO.NoteStation.Notebook';
const known = { basis: 'capture', source: 'notestation.md 5.2' } as const;

export const listNotebooks = call(of, 'list', 2, {
	...{ list: 'notebooks', of: notebook, page: 500, emptyIsAbsent, readOnly: true, ...known },
});

export const getNotebook = call(of, 'get', 2, { answer: notebook, readOnly: true, ...known });

/** One source has the notebook in `data.notebook`. */
export const createNotebook = call(of, 'create', 2, {
	answer: notebook.as({ lift: ['notebook', 'owner'] }),
	...known,
});

export const setNotebook = repeatable(call(of, 'set', 2, known));

export const deleteNotebook = repeatable(call(of, 'delete', 2, known), { done: [] });

export const setPreset = repeatable(
	call('SYNO.NoteStation.Notebook.Preset', 'set', 1, {
		...{ basis: 'inferred', source: 'notestation.md 5.1' },
	}),
);

/** The NAS does it in the background. */
export const archiveNotebook = repeatable(
	call('SYNO.NoteStation.Notebook.Polling', 'archive', 1, {
		...{ basis: 'inferred', source: 'notestation.md 5.4' },
	}),
);

/** A saved search. Lists leave out its criteria. */
export const smart = row(owned, {
	lift: ['owner'],
	rename: renamed,
	simple: ['object_id', 'title', 'link_id', 'perm', 'owner_name', 'ctime', 'mtime', 'ver'],
});

const smartFacts = { basis: 'capture', source: 'notestation.md 10' } as const;

export const listSmarts = call('SYNO.NoteStation.Smart', 'list', 1, {
	...{ list: 'smarts', of: smart, page: 500, emptyIsAbsent, readOnly: true, ...smartFacts },
});

/** That the answer holds the criteria is likely, not certain. */
export const getSmart = call('SYNO.NoteStation.Smart', 'get', 1, {
	...{ answer: smart, readOnly: true, ...smartFacts, basis: 'inferred' },
});

export const createSmart = call('SYNO.NoteStation.Smart', 'create', 1, { answer: smart, ...smartFacts });

export const deleteSmart = repeatable(
	call('SYNO.NoteStation.Smart', 'delete', 1, { ...smartFacts, basis: 'inferred' }),
	{ done: [] },
);

export const listShortcuts = call('SYNO.NoteStation.Shortcut', 'list', 1, {
	list: 'shortcuts',
	of: row(
		{
			id: field.id(),
			category: field.text().optional(),
			title: field.text().optional(),
			items: z.array(field.id()).nullable().optional(),
			owner_id: owned.owner_id,
			owner_name: owned.owner_name,
			shares: owned.shares,
		},
		{ lift: ['owner'], rename: renamed },
	),
	...{ page: 500, emptyIsAbsent, readOnly: true, ...smartFacts },
});

export const setShortcut = repeatable(
	call('SYNO.NoteStation.Shortcut', 'set', 1, { ...smartFacts, basis: 'inferred' }),
);

export const deleteShortcut = repeatable(
	call('SYNO.NoteStation.Shortcut', 'delete', 1, { ...smartFacts, basis: 'inferred' }),
);
