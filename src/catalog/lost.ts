import type { Call, ListCall } from '../core/call';
import type { Dsm } from '../core/dsm';
import { isDsmError, type DsmError } from '../core/errors';
import { timeOf } from './row';

/** Looks what became of a write whose answer was lost (core/operation.ts). */
export interface Looking<P, A, K = unknown> {
	uses: readonly Call[];
	look: (params: P, dsm: Dsm, since: number, known: K, lost: DsmError) => Promise<A | undefined>;
}

interface InList<R, P> {
	/** Wire parameters of the list. */
	request?: (params: P) => Record<string, unknown>;
	/** Whether a row is the thing: it bears the name or the id. */
	is: (row: R, params: P) => boolean;
}

/** A write that makes something which a list shows. */
export interface Made<G, R, P, A> extends InList<R, P> {
	/** The list. */
	made: G;
	/** What the row has besides, as it was sent; undefined where nothing was. One that differs is somebody else's. */
	has?: (params: P) => { [K in keyof R]?: R[K] | undefined };
	/** Its id, where names may be used twice and `known` is the same list, read before: what was there is another one. */
	id?: (row: R) => unknown;
	/** When the thing was made: where names may be used twice, what is older than the write is another one. */
	at?: (row: R) => string | null | undefined;
	/** Answer of the write, out of the row; absent: the row. */
	answer?: (row: R, params: P) => A;
}

/** A deletion: what is not in the list any more is gone. */
export interface Gone<G, R, P, A> extends InList<R, P> {
	/** The list. */
	gone: G;
	/** Answer of the write; absent: one that says nothing. */
	answer?: () => A;
}

/* eslint-disable @typescript-eslint/no-explicit-any -- typed where it is declared, by `operation()` */
type Declared = Looking<any, any, any> | Made<ListCall, any, any, any> | Gone<ListCall, any, any, any>;

/** The look that a declaration means. */
export const lookingOf = (declared: Declared): Looking<any, any, any> =>
	'look' in declared ? declared : 'made' in declared ? making(declared) : going(declared);
/* eslint-enable @typescript-eslint/no-explicit-any */

type Row = Record<string, unknown>;

/**
 * Finds what a write made. Throws the error of the write where that cannot be told: the name is taken by something that differs from
 * what was sent, or several things were made since.
 */
const making = <P>({
	made,
	request,
	is,
	has,
	id,
	at,
	answer,
}: Made<ListCall<Row>, Row, P, unknown>): Looking<P, unknown> => ({
	uses: [made],
	async look(params, dsm, since, known, lost) {
		const rows = await dsm.list(made, request?.(params) ?? {});
		const before = new Set(id && Array.isArray(known) ? (known as Row[]).map(id) : []);
		const isNew = (row: Row) => (id ? !before.has(id(row)) : !at || timeOf(at(row)) >= since);
		const named = rows.filter((row) => is(row, params) && isNew(row));
		const sent = Object.entries(has?.(params) ?? {});
		const [found, ...more] = named.filter((row) => sent.every(([key, value]) => isSame(row[key], value)));
		if (found && more.length === 0) return answer ? answer(found, params) : found;
		if (named.length > 0) throw lost;
		return undefined;
	},
});

/** Rows leave fields out, and spell colors in either case. */
const isSame = (found: unknown, sent: unknown): boolean =>
	found === undefined || sent === undefined || String(found).toLowerCase() === String(sent).toLowerCase();

const going = <P>({ gone, request, is, answer }: Gone<ListCall, unknown, P, unknown>): Looking<P, unknown> => ({
	uses: [gone],
	async look(params, dsm) {
		const rows: unknown[] = await dsm.list(gone, request?.(params) ?? {});
		return rows.some((row) => is(row, params)) ? undefined : (answer?.() ?? {});
	},
});

/** What a read of one thing gives; undefined where the NAS refuses it with one of these codes: there is no such thing. */
export async function unlessAbsent<T>(read: Promise<T>, codes: readonly number[]): Promise<T | undefined> {
	try {
		return await read;
	} catch (error) {
		if (isDsmError(error) && codes.includes(error.dsmCode ?? NaN)) return undefined;
		throw error;
	}
}
