import type { Dsm } from '../../../core/dsm';
import { DsmInputError } from '../../../core/errors';
import { operation, procedure, resource } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { format, note_id, password } from '../fields';
import { decrypt, encrypt } from '../lib/cipher';
import { isEncrypted, readNote, shown } from '../lib/note';
import { body } from '../lib/revision';
import { copyNote, deleteNotes, getNote, noteRow, wholeNote, type WholeNote } from '../wire/notes';
import { copied } from './note';

const original = z
	.enum(['recycle', 'keep'])
	.default('recycle')
	.meta({
		title: 'Original',
		description: 'What becomes of the note as it was, since Note Station makes a new one',
		labels: { recycle: 'Move to the Recycle Bin', keep: 'Keep' },
	});

export const get = operation({
	title: 'Get an encrypted note',
	summary: 'Gives the text of an encrypted note; it stays encrypted on the NAS.',
	call: getNote,
	params: z.object({ note_id, password, format }),
	request: (given) => ({ object_id: given.note_id }),
	response: async (note, { params }) => ({
		...(await shown(opened(note, params.password), params.format)),
		encrypt: isEncrypted(note),
	}),
	result: wholeNote,
});

/** The note with its text in plain; one that is not encrypted as it is. */
const opened = (note: WholeNote, secret: string): WholeNote =>
	isEncrypted(note) ? { ...note, encrypt: false, content: decrypt(note.content, secret) } : note;

/** What all that encrypt and decrypt share: the text is out of reach without the right password, and the note is replaced. */
const replacing = {
	uses: [getNote, copyNote, deleteNotes],
	result: noteRow,
	destructive: true,
} as const;

export const add = procedure({
	...replacing,
	title: 'Encrypt a note',
	summary: 'Makes an encrypted note of a plain one, as the web client does: the encrypted note is a new one.',
	params: z.object({ note_id, password, original }),
	async run(given, dsm) {
		const note = await readNote(given.note_id, dsm);
		if (isEncrypted(note))
			throw new DsmInputError(`The note "${note.title}" is encrypted already.`, {
				path: ['note_id'],
				hint: 'Use "Update the Password of a Note".',
			});
		const content = encrypt(note.content, given.password, dsm.now());
		return await replaced(note, dsm, given.original, {
			...{ content, brief: '', encrypt: true, new_password: given.password },
		});
	},
});

export const update = procedure({
	...replacing,
	title: 'Update the password of a note',
	summary: 'Encrypts an encrypted note with another password; the result is a new note.',
	params: z.object({
		note_id,
		password,
		new_password: password.meta({ ...password.meta(), title: 'New Password', description: 'Password from now on' }),
		original,
	}),
	basis: 'inferred',
	async run({ note_id: id, password: old_password, new_password, original: wish }, dsm) {
		const note = await readNote(id, dsm);
		const content = encrypt(plainOf(note, old_password), new_password, dsm.now());
		return await replaced(note, dsm, wish, { content, encrypt: true, old_password, new_password });
	},
});

export const remove = procedure({
	...replacing,
	title: 'Remove the password of a note',
	summary: 'Makes a plain note of an encrypted one; the plain note is a new one.',
	params: z.object({ note_id, password, original }),
	basis: 'inferred',
	async run({ note_id: id, password: old_password, original: wish }, dsm) {
		const note = await readNote(id, dsm);
		return await replaced(note, dsm, wish, { ...body(plainOf(note, old_password)), encrypt: false, old_password });
	},
});

function plainOf(note: WholeNote, secret: string): string {
	if (isEncrypted(note)) return decrypt(note.content, secret);
	throw new DsmInputError(`The note "${note.title}" is not encrypted.`, {
		path: ['note_id'],
		hint: 'Use "Encrypt a Note" to give it a password.',
	});
}

/** The new note; the old one goes only after the new one is there. */
async function replaced(note: WholeNote, dsm: Dsm, wish: z.output<typeof original>, fields: Record<string, unknown>) {
	const { content: _text, ...made } = await dsm.call(copyNote, copied(note, fields));
	if (wish === 'recycle') await dsm.call(deleteNotes, { object_id: [note.object_id], recycle: true });
	return made;
}

export const encryption = resource('Encryption', { get, add, update, remove });
