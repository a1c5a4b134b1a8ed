import { randomInt } from 'node:crypto';
import type { Dsm } from '../../core/dsm';
import { DsmApiError, DsmInputError, isDsmError } from '../../core/errors';
import { commit_msg, noteGet, noteSet } from './calls';
import type { WireNote } from './note-object';
import { isEncrypted, readNote } from './note-object';

/** Calls of `change`. */
export const changeCalls = [noteGet, noteSet] as const;

/** Each failure means that somebody else has written in between: with two busy writers many in a row are possible. */
const TRIES = 40;

/** Codes of the package itself; that of a conflict is unpublished (notestation.md 2.5). */
const isRefused = (error: unknown): boolean => isDsmError(error) && (error.dsmCode ?? 0) >= 1000;

/** What a write answers: a row in `data.data`, a row, or nothing (notestation.md 14-19). */
export function rowOf(data: unknown, object_id: string): { object_id: string; ver?: string } & Record<string, unknown> {
	const outer = (typeof data === 'object' && data !== null ? data : {}) as { data?: unknown };
	const row: unknown = Array.isArray(outer.data) ? outer.data[0] : (outer.data ?? outer);
	return { object_id, ...(typeof row === 'object' ? row : {}) };
}

/** The last change of each note that waits or runs in this process. */
const turns = new Map<string, Promise<unknown>>();

/** One after the other for the same note: flows of one host need not find out by conflicts. */
async function inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
	const turn = (turns.get(key) ?? Promise.resolve()).then(work, work);
	turns.set(key, turn);
	try {
		return await turn;
	} finally {
		if (turns.get(key) === turn) turns.delete(key);
	}
}

/**
 * Changes a note without losing what others write meanwhile: reads it, sends what `compute` makes of it with the revision it is based
 * on, and begins again when the NAS refuses because another revision came first.
 */
export async function change(
	object_id: string,
	dsm: Dsm,
	compute: (note: WireNote) => Record<string, unknown>,
): Promise<ReturnType<typeof rowOf>> {
	return await inTurn(`${dsm.url} ${object_id}`, async () => await changeNow(object_id, dsm, compute));
}

async function changeNow(object_id: string, dsm: Dsm, compute: Parameters<typeof change>[2]) {
	let refused: { ver: string; error: unknown } | undefined;
	for (let attempt = 1; ; attempt++) {
		const note = await readNote(object_id, dsm);
		if (refused && (refused.ver === note.ver || attempt > TRIES)) throw refused.error;
		refuseEncrypted(note);
		try {
			return await write(note, dsm, compute(note));
		} catch (error) {
			if (!isRefused(error)) throw error;
			refused = { ver: note.ver, error };
			await dsm.sleep(randomInt(10, 30 * attempt));
		}
	}
}

/** Writes on the given revision or not at all. Throws DsmApiError that says so when there is a newer one. */
export async function changeAt(note: WireNote, ver: string, dsm: Dsm, fields: Record<string, unknown>) {
	refuseEncrypted(note);
	try {
		return await write({ ...note, ver }, dsm, fields);
	} catch (error) {
		if (!isRefused(error) || (await readNote(note.object_id, dsm)).ver === ver) throw error;
		throw new DsmApiError(`The note "${note.title}" was changed after revision ${ver}; nothing was written.`, {
			cause: error,
			...(isDsmError(error) && error.dsmCode !== undefined && { dsmCode: error.dsmCode }),
			hint: 'Get the note again, apply the change to what it says now, and write with its new "ver".',
		});
	}
}

async function write({ object_id, ver }: WireNote, dsm: Dsm, fields: Record<string, unknown>) {
	const data: unknown = await dsm.call(noteSet, { object_id, ver, check_conflict: true, commit_msg, ...fields });
	return rowOf(data, object_id);
}

/** Text beside ciphertext would make the note unreadable. */
export function refuseEncrypted(note: WireNote): void {
	if (!isEncrypted(note)) return;
	throw new DsmInputError(`The note "${note.title}" is encrypted: it cannot be changed as it is.`, {
		path: ['note_id'],
		hint: 'Remove its password first; "Read an Encrypted Note" gives its text.',
	});
}
