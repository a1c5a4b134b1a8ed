import { operation, resource } from '../../catalog/operation';
import { z } from '../../vendor/zod';
import { note_id, nothing, toNothing } from './fields';

export const list = operation({
	title: 'List shortcuts',
	summary: 'Lists what the account has starred: notes, notebooks and smart notebooks.',
	call: { api: 'SYNO.NoteStation.Shortcut', method: 'list', version: 1 },
	params: z.object({}),
	page: { items: 'shortcuts', max: 500 },
	result: z.array(z.looseObject({ id: z.string(), category: z.string().optional(), title: z.string().optional() })),
	readOnly: true,
	basis: 'capture',
});

export const add = operation({
	title: 'Star a note',
	summary: 'Puts a note among the shortcuts of the account.',
	call: { api: 'SYNO.NoteStation.Shortcut', method: 'set', version: 1 },
	params: z.object({ note_id }),
	request: (given) => ({ id: given.note_id, category: 'note' }),
	response: toNothing,
	result: nothing,
	basis: 'inferred',
});

export const remove = operation({
	title: 'Unstar a note',
	summary: 'Takes a note out of the shortcuts of the account; the note stays.',
	call: { api: 'SYNO.NoteStation.Shortcut', method: 'delete', version: 1 },
	params: z.object({ note_id }),
	request: (given) => ({ id: given.note_id, category: 'note' }),
	response: toNothing,
	result: nothing,
	basis: 'inferred',
});

export const shortcuts = resource('Shortcut', { list, add, remove });
