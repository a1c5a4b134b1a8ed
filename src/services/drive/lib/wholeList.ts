import type { ListCall } from '../../../core/call';
import type { Dsm } from '../../../core/dsm';

/** A list that changes between its pages is read again, so often. */
const TRIES = 3;

/**
 * All rows of a list as they were at one moment. When the total changes from one page to the next, rows have slipped from page to page:
 * all of it is read again, at last in one piece, which the NAS gives for the limit 0.
 */
export async function wholeList<R>(dsm: Dsm, call: ListCall<R>, params: Record<string, unknown> = {}): Promise<R[]> {
	for (let attempt = 0; attempt < TRIES; attempt++) {
		const rows = await pages(dsm, call, params);
		if (rows) return rows;
	}
	return (await dsm.call(call, { ...params, offset: 0, limit: 0 })).rows;
}

async function pages<R>(dsm: Dsm, call: ListCall<R>, params: Record<string, unknown>): Promise<R[] | undefined> {
	const found: R[] = [];
	let first: number | undefined;
	for (;;) {
		const { rows, total = rows.length } = await dsm.call(call, { ...params, offset: found.length, limit: call.page });
		if (first !== undefined && total !== first) return undefined;
		first = total;
		found.push(...rows);
		if (rows.length === 0 || found.length >= total) return found;
	}
}
