import type { Basis, Call, ListCall, Repeatable } from '../core/call';
import { z } from '../vendor/zod';
import { CONFIRMED } from './confirmed';
import { hide } from './row';

interface Declared {
	basis: Basis;
	/** Dossier and section: `filestation.md 4.9`. */
	source: string;
	readOnly?: true;
	/** A write that may be made again when its answer was lost (core/call.ts). */
	repeatable?: Repeatable;
	/** The NAS may want the password of the account confirmed before it does this (core/confirm.ts). */
	confirmed?: true;
	/** Version for older releases (core/call.ts). */
	older?: NonNullable<Call['older']>;
	/** Name after the CGI in the address, where its extension says what the answer shall be (drive.md 8). */
	as?: string;
	/** Address of a page that is no Web API (core/call.ts). */
	site?: string;
}

interface DeclaredList<R, M extends z.ZodRawShape> extends Declared {
	/**
	 * Key of the list in `data`; several where devices differ; an empty one where `data` itself is the list; `*` where the key is not
	 * known: the one list that the answer holds.
	 */
	list: string | readonly string[];
	of: z.ZodType<R>;
	/** What else is read of the answer. */
	also?: M;
	/** Most rows one request may ask for, by `offset` and `limit`. Absent: one answer holds all. */
	page?: number;
	/** What holds the list, where that is not `data` itself. Throws a DsmError where the answer says that there is none. */
	within?: (data: unknown) => unknown;
	/** Asked about the values of one list parameter, so many at a time (core/call.ts). */
	about?: ListCall['about'];
	/**
	 * An empty list comes without its key (core.md 20); `total`: it does, but with a total that says that there is no more. Elsewhere an
	 * answer without its list is none.
	 */
	emptyIsAbsent?: true | 'total';
}

type Extra<M extends z.ZodRawShape> = string extends keyof M ? unknown : z.output<z.ZodObject<M>>;

/** Declares a call: what is asked, in which version, what it answers, and how well that is known. */
export function call<R, M extends z.ZodRawShape = Record<string, never>>(
	api: Call['api'],
	method: string,
	version: number,
	declared: DeclaredList<R, M>,
): ListCall<R, Extra<M>>;
export function call<A>(
	api: Call['api'],
	method: string,
	version: number,
	declared: Declared & { answer: z.ZodType<A> },
): Call<A>;
export function call(api: Call['api'], method: string, version: number, declared: Declared): Call<unknown>;
export function call(
	api: Call['api'],
	method: string,
	version: number,
	declared: Declared & Partial<DeclaredList<unknown, z.ZodRawShape>> & { answer?: z.ZodType },
): Call {
	const known = confirmed(api, method, version, declared);
	const { list, of, also = {}, page, about, within = (data: unknown) => data, emptyIsAbsent = false, ...rest } = known;
	if (list === undefined || of === undefined) return { api, method, version, ...rest };
	const keys = typeof list === 'string' ? [list] : list;
	const shape = z.object({ rows: z.array(of), total: totalOf, ...also });
	const answer = hide(
		z.preprocess((data, context) => rowsIn(within(data), keys, emptyIsAbsent, context), shape),
		keys,
	);
	const paging = { ...(page !== undefined && { page }), ...(about && { about }) };
	return { api, method, version, ...rest, answer, row: of, ...paging } as ListCall;
}

/** What was inferred only, until a check of a real NAS met it. */
function confirmed<D extends Declared>(api: string, method: string, version: number, declared: D): D {
	const where = CONFIRMED[`${api} ${method} ${version}`];
	if (where === undefined || declared.basis !== 'inferred') return declared;
	return { ...declared, basis: 'capture', source: `${declared.source}; ${where}` };
}

const totalOf = z.preprocess(
	(value) => (typeof value === 'string' && value !== '' ? Number(value) : value),
	z.number().optional().catch(undefined),
);

/** The answer with its list under `rows`. */
function rowsIn(
	data: unknown,
	keys: readonly string[],
	emptyIsAbsent: boolean | 'total',
	context: z.RefinementCtx,
): unknown {
	if (Array.isArray(data) && keys.includes('')) return { rows: data };
	const answer =
		typeof data === 'object' && data !== null && !Array.isArray(data) ? (data as Record<string, unknown>) : {};
	const named = keys.includes('*') ? Object.keys(answer) : keys;
	const key = named.find((one) => Array.isArray(answer[one]));
	if (key !== undefined) return { ...answer, rows: answer[key] };
	const isAbsent = keys.every((one) => answer[one] === undefined || answer[one] === null);
	if (isAbsent && (emptyIsAbsent === true || (emptyIsAbsent === 'total' && saysNoMore(answer))))
		return { ...answer, rows: [] };
	context.addIssue({
		code: 'custom',
		message: `has no list "${keys.filter((one) => one !== '').join('" or "') || 'of rows'}"`,
	});
	return z.NEVER;
}

/** An answer without a total may be anything; NaN is below no offset. */
const saysNoMore = ({ total, offset = 0 }: { total?: unknown; offset?: unknown }): boolean =>
	Number(total ?? NaN) <= Number(offset);

/**
 * A write that leaves the same however often it is made (core/call.ts). `done`: codes by which the NAS refuses a repeat, as of a deletion;
 * none where it does so by codes that say other things, too, or that no source tells.
 */
export const repeatable = <C extends Call>(call: C, { done }: { done?: readonly number[] } = {}): C => ({
	...call,
	repeatable: done ? { done } : true,
});
