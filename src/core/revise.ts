import { randomInt } from 'node:crypto';
import type { Dsm } from './dsm';
import type { Revising } from './operation';

/** Each failure means that somebody else has written in between: with two busy writers many in a row are possible. */
const TRIES = 40;

/**
 * Writes without losing what others write meanwhile: reads, writes on the revision that was read, and begins again when the NAS refuses
 * because another one came first.
 */
export async function onRevision<K, T>(
	dsm: Dsm,
	{ subject, revision, isConflict }: Revising<Record<string, unknown>, K>,
	params: Record<string, unknown>,
	{ read, write }: { read: () => Promise<K>; write: (known: K) => Promise<T> },
): Promise<T> {
	return await inTurn(`${dsm.url} ${subject(params)}`, async () => {
		let refused: { revision: string; error: unknown } | undefined;
		for (let attempt = 1; ; attempt++) {
			const known = await read();
			const current = revision(known);
			if (refused && (refused.revision === current || attempt > TRIES)) throw refused.error;
			try {
				return await write(known);
			} catch (error) {
				if (!isConflict(error)) throw error;
				refused = { revision: current, error };
				await dsm.sleep(randomInt(10, 30 * attempt));
			}
		}
	});
}

/** The last write to each subject that waits or runs in this process. */
const turns = new Map<string, Promise<unknown>>();

/** One after the other for the same subject: flows of one host need not find out by conflicts. */
async function inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
	const turn = (turns.get(key) ?? Promise.resolve()).then(work, work);
	turns.set(key, turn);
	try {
		return await turn;
	} finally {
		if (turns.get(key) === turn) turns.delete(key);
	}
}
