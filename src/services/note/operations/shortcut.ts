import { operation, resource } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { note_id } from '../fields';
import { deleteShortcut, listShortcuts, setShortcut } from '../wire/notebooks';

export const list = operation({
	title: 'List shortcuts',
	summary: 'Lists what the account has starred: notes, notebooks and smart notebooks.',
	call: listShortcuts,
	params: z.object({}),
});

const one = z.object({ note_id });
const request = (given: z.output<typeof one>) => ({ id: given.note_id, category: 'note' });

export const add = operation({
	title: 'Add a note to the shortcuts',
	summary: 'Stars a note: it stands among the shortcuts of the account.',
	call: setShortcut,
	params: one,
	request,
});

/** The note stays. */
export const remove = operation({
	title: 'Remove a note from the shortcuts',
	summary: 'Takes the star off a note; the note stays.',
	call: deleteShortcut,
	params: one,
	request,
});

export const shortcuts = resource('Shortcut', { list, add, remove });
