import type { Call } from '../../core/call';
import type { Dsm } from '../../core/dsm';

const PAGE = 1000;
/** A list that changes between its pages is read again, so often. */
const TRIES = 3;

interface Answer<T> {
	items?: T[];
	total?: number;
}

/**
 * All rows of a list. When the total changes from one page to the next, rows have slipped from page to page: all of it is read again,
 * at last in one piece, which the NAS gives for the limit 0.
 */
export async function allRows<T>(dsm: Dsm, call: Call, params: Record<string, unknown>): Promise<T[]> {
	for (let attempt = 0; attempt < TRIES; attempt++) {
		const rows = await pages<T>(dsm, call, params);
		if (rows) return rows;
	}
	return ((await dsm.call(call, { ...params, offset: 0, limit: 0 })) as Answer<T> | undefined)?.items ?? [];
}

async function pages<T>(dsm: Dsm, call: Call, params: Record<string, unknown>): Promise<T[] | undefined> {
	const rows: T[] = [];
	let first: number | undefined;
	for (;;) {
		const page = { ...params, offset: rows.length, limit: PAGE };
		const { items = [], total = items.length } = ((await dsm.call(call, page)) as Answer<T> | undefined) ?? {};
		if (first !== undefined && total !== first) return undefined;
		first = total;
		rows.push(...items);
		if (items.length === 0 || rows.length >= total) return rows;
	}
}
