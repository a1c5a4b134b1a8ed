import type { Dsm } from '../../../core/dsm';
import { DsmInputError } from '../../../core/errors';
import { getNote, type Attachment, type NoteRow, type WholeNote } from '../wire/notes';
import { fromHtml, type Format, type Picture } from './format';

/** How this client signs its revisions: they show in the version history, and triggers can leave them out. */
export const DEVICE = 'Synoflow';
export const commit_msg = { device: DEVICE, listable: true };

/** Encrypted, or looking so (notestation.md 8). */
export const isEncrypted = ({ encrypt, content = '' }: NoteRow & { content?: string }): boolean =>
	encrypt === true || content.startsWith('U2FsdGVkX1');

/** Text beside ciphertext would make the note unreadable. */
export function refuseEncrypted(note: WholeNote): void {
	if (!isEncrypted(note)) return;
	throw new DsmInputError(`The note "${note.title}" is encrypted: it cannot be changed as it is.`, {
		path: ['note_id'],
		hint: 'Remove its password first; "Get an Encrypted Note" gives its text.',
	});
}

export const readNote = async (object_id: string, dsm: Dsm, more: Record<string, unknown> = {}): Promise<WholeNote> =>
	await dsm.call(getNote, { object_id, ...more }, { readOnly: true });

/** A note with its text in the wanted form; of an encrypted one as the NAS keeps it. */
export const shown = async (note: WholeNote, format: Format): Promise<WholeNote> =>
	isEncrypted(note) ? note : { ...note, content: await fromHtml(note.content, format, fileNames(note)) };

const fileNames = ({ attachments }: WholeNote): Record<string, string> =>
	Object.fromEntries(attachments.flatMap(({ ref, name }) => (ref && name ? [[ref, name]] : [])));

/** Pictures of a note by file name, each with the markup that shows it now, so that its size is kept. */
export function picturesOf({ content, attachments }: WholeNote, draw: (ref: string) => string): Picture[] {
	const tags = [...content.matchAll(/<img\b[^>]*\bref="([^"]*)"[^>]*>/g)];
	return attachments.flatMap(({ ref, name }) => {
		if (!ref || !name) return [];
		return [{ name, html: tags.find(([, found]) => found === ref)?.[0] ?? draw(ref) }];
	});
}

/** The file of a note by id or name. Throws DsmInputError: the NAS would answer an empty picture (notestation.md 7.3). */
export function fileIn({ title, attachments }: WholeNote, wanted: string): Attachment {
	const found = attachments.find(({ file_id, name }) => file_id === wanted || name === wanted);
	if (found) return found;
	throw new DsmInputError(`The note "${title}" has no file "${wanted}".`, {
		path: ['file_id'],
		hint: 'List the files of the note to see their names and IDs.',
	});
}

/** Wire values of a download; the revision must be the current one. */
export const fileWire = ({ object_id, ver }: WholeNote, file_id: string) => ({
	...{ object_id, ver, file_id, format: 'raw', mode: 'download' },
});
