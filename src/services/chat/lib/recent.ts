import type { ListCall } from '../../../core/call';
import type { Dsm } from '../../../core/dsm';

/** Names and channels change seldom; what is older is read anew (chat.md 17.7). */
const FRESH = 5 * 60_000;

interface Kept<R> {
	at: number;
	rows: Promise<R[]>;
}

/** Rows that were given lately, else new ones; `isEnough` says of rows older than `patience` whether they still serve. */
export async function recent<R>(
	dsm: Dsm,
	call: ListCall<R>,
	isEnough: (rows: R[]) => boolean,
	patience: number,
): Promise<R[]> {
	const key = `${call.api} ${call.method}`;
	const kept = dsm.memory.get(key) as Kept<R> | undefined;
	const age = kept ? Math.abs(dsm.now() - kept.at) : Infinity;
	// When whoever asked was refused or cancelled, this one asks anew.
	const present = kept && age < FRESH ? await kept.rows.catch(() => undefined) : undefined;
	if (present !== undefined && (age < patience || isEnough(present))) return present;
	const rows = dsm.list(call, {}, { share: true });
	dsm.memory.set(key, { at: dsm.now(), rows } satisfies Kept<R>);
	try {
		return await rows;
	} catch (error) {
		dsm.memory.delete(key);
		throw error;
	}
}
