import type { Facts } from '../../../core/operation';
import type { Dsm } from '../../../core/dsm';
import { isDsmError, type DsmError } from '../../../core/errors';
import { field, row, timeOf } from '../../../catalog/row';
import { getNote, setNote, type WholeNote, type Written } from '../wire/notes';
import { commit_msg, DEVICE, refuseEncrypted } from './note';
import { briefOf } from './plainText';

/** What writes tell: the new revision. */
export const revision = row({
	object_id: field.id(),
	ver: field.text().optional(),
	mtime: field.seconds().optional(),
	link_id: field.text().optional(),
});

/** Without what the answer holds beside it. */
export const revisionOf = ({ object_id, ver, mtime, link_id }: Written) => ({
	object_id,
	...(ver !== undefined && { ver }),
	...(mtime !== undefined && { mtime }),
	...(link_id !== undefined && { link_id }),
});

interface Named {
	note_id: string;
}

/** The note before a change. */
export const theNote = { call: getNote, request: ({ note_id }: Named) => ({ object_id: note_id }) };

/** Codes of the package itself; that of a conflict is unpublished (notestation.md 2.5). */
const isConflict = (error: unknown): boolean => isDsmError(error) && (error.dsmCode ?? 0) >= 1000;

/** Changes a note on the revision that was read, so that nothing is lost that others write meanwhile. */
export const onRevision = {
	known: theNote,
	call: setNote,
	revises: { subject: ({ note_id }: Named) => note_id, revision: ({ ver }: WholeNote) => ver, isConflict },
	lost: {
		uses: [getNote],
		look: async (_: Named, dsm: Dsm, since: number, known: WholeNote, lost: DsmError) =>
			await rewritten(dsm, known, since, lost),
	},
	response: ([first]: Written[], { params }: Facts<Named>) =>
		first ? revisionOf(first) : { object_id: params.note_id },
	result: revision,
};

/** The revision that this client wrote since then; undefined: the note is as it was. Throws where another client wrote it. */
async function rewritten(dsm: Dsm, before: WholeNote, since: number, lost: DsmError): Promise<Written[] | undefined> {
	const now = await dsm.call(getNote, { object_id: before.object_id });
	if (now.ver === before.ver) return undefined;
	if (now.device !== DEVICE || !(timeOf(now.mtime) >= since)) throw lost;
	const old = new Set(before.attachments.map(({ file_id }) => file_id));
	return [{ ...now, attachments: now.attachments.filter(({ file_id }) => !old.has(file_id)) }];
}

/** Wire values of a change on the revision that was read. */
export function edited(note: WholeNote, fields: Record<string, unknown>): Record<string, unknown> {
	refuseEncrypted(note);
	return { object_id: note.object_id, ver: note.ver, check_conflict: true, commit_msg, ...fields };
}

/** A new text. */
export const body = (html: string) => ({ content: html, brief: briefOf(html) });
