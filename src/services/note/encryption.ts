import type { Dsm } from '../../core/dsm';
import { DsmInputError } from '../../core/errors';
import { procedure, resource } from '../../catalog/operation';
import { z } from '../../vendor/zod';
import { noteCopy, noteDelete, noteGet } from './calls';
import { format, note_id, password } from './fields';
import { fullNote, isEncrypted, noteRow, readNote, shown, type WireNote } from './note-object';
import { copied } from './note';
import { briefOf } from './text';
import { decrypt, encrypt } from './unlock';

const original = z
	.enum(['trash', 'keep'])
	.default('trash')
	.meta({
		title: 'Original',
		description: 'What becomes of the note as it was, since Note Station makes a new one',
		labels: { trash: 'Move to the Recycle Bin', keep: 'Keep' },
	});

export const read = procedure({
	title: 'Read an encrypted note',
	summary: 'Gives the text of an encrypted note; it stays encrypted on the NAS.',
	uses: [noteGet],
	params: z.object({ note_id, password, format }),
	result: fullNote,
	readOnly: true,
	basis: 'capture',
	async run(given, dsm) {
		const note = await readNote(given.note_id, dsm);
		return { ...shown(opened(note, given.password), given.format), encrypt: isEncrypted(note) };
	},
});

/** The note with its text in plain; one that is not encrypted as it is. */
function opened(note: WireNote, secret: string): WireNote {
	if (!isEncrypted(note)) return note;
	return { ...note, encrypt: false, content: decrypt(note.content ?? '', secret) };
}

export const set = procedure({
	title: 'Encrypt a note',
	summary: 'Makes an encrypted note of a plain one, as the web client does: the encrypted note is a new one.',
	uses: [noteGet, noteCopy, noteDelete],
	params: z.object({ note_id, password, original }),
	result: noteRow,
	basis: 'capture',
	async run(given, dsm) {
		const note = await readNote(given.note_id, dsm);
		if (isEncrypted(note))
			throw new DsmInputError(`The note "${note.title}" is encrypted already.`, {
				path: ['note_id'],
				hint: 'Use "Change the Password of a Note".',
			});
		const content = encrypt(note.content ?? '', given.password, dsm.now());
		return await replaced(note, dsm, given.original, {
			...{ content, brief: '', encrypt: true, new_password: given.password },
		});
	},
});

export const change = procedure({
	title: 'Change the password of a note',
	summary: 'Encrypts an encrypted note with another password; the result is a new note.',
	uses: [noteGet, noteCopy, noteDelete],
	params: z.object({
		note_id,
		password,
		new_password: password.meta({ ...password.meta(), title: 'New Password', description: 'Password from now on' }),
		original,
	}),
	result: noteRow,
	basis: 'inferred',
	async run({ note_id: id, password: old_password, new_password, original: wish }, dsm) {
		const note = await readNote(id, dsm);
		const content = encrypt(plainOf(note, old_password), new_password, dsm.now());
		return await replaced(note, dsm, wish, { content, encrypt: true, old_password, new_password });
	},
});

export const remove = procedure({
	title: 'Remove the password of a note',
	summary: 'Makes a plain note of an encrypted one; the plain note is a new one.',
	uses: [noteGet, noteCopy, noteDelete],
	params: z.object({ note_id, password, original }),
	result: noteRow,
	basis: 'inferred',
	async run({ note_id: id, password: old_password, original: wish }, dsm) {
		const note = await readNote(id, dsm);
		const content = plainOf(note, old_password);
		return await replaced(note, dsm, wish, { content, brief: briefOf(content), encrypt: false, old_password });
	},
});

function plainOf(note: WireNote, secret: string): string {
	if (isEncrypted(note)) return decrypt(note.content ?? '', secret);
	throw new DsmInputError(`The note "${note.title}" is not encrypted.`, {
		path: ['note_id'],
		hint: 'Use "Encrypt a Note" to give it a password.',
	});
}

/** The new note; the old one goes only after the new one is there. */
async function replaced(note: WireNote, dsm: Dsm, wish: z.output<typeof original>, fields: Record<string, unknown>) {
	const made = await copied(note, dsm, fields);
	if (wish === 'trash') await dsm.call(noteDelete, { object_id: [note.object_id], recycle: true });
	return made;
}

export const encryption = resource('Encryption', { read, set, change, remove });
