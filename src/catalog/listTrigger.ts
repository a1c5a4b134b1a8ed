import type { Call, FileAnswer, ListCall } from '../core/call';
import type { Dsm } from '../core/dsm';
import type { Right } from '../core/right';
import { z } from '../vendor/zod';
import { trigger, type Basis, type Trigger } from './operation';
import { compare, digest, snapshot, snapshotOf, type Change, type Fingerprints, type Observed } from './sources';

/** What was there, and what the last look did not find, for the first time. */
const cursor = snapshot.extend({ missing: z.array(z.string()).default([]) });
type Cursor = z.output<typeof cursor>;

/** One event in the making: the row (absent for one that is gone), and what the event says beside it. */
export interface Found<R> {
	id: string;
	row: R | undefined;
	more: { event_id: string } & Record<string, unknown>;
}

export interface ListTrigger<P extends z.ZodObject, R, E extends z.ZodType> {
	title: string;
	summary: string;
	params: P;
	/** Parameters that say which events are told, not what is watched. */
	filters?: readonly (keyof z.output<P> & string)[];
	/** The list, asked in one request that triggers share. Absent where `look` makes other calls. */
	call?: ListCall<R>;
	request?: (params: z.output<P>) => Record<string, unknown>;
	/** Instead of the call alone, where the rows come from several. The order is that in which events are told. */
	look?: (params: z.output<P>, dsm: Dsm) => Promise<readonly R[]>;
	/** Calls of `look`, `dress` and `file` beside `call`. */
	uses?: readonly Call[];
	/** What tells one row from another, whatever else changes. */
	id: (row: R) => string;
	/** Texts that change when the row does; none: only coming and going count. Undefined: not to be read now, so it stays as it was. */
	fingerprints?: (row: R, params: z.output<P>) => Fingerprints | undefined;
	/** What is not to be told yet: it is as if it had not happened so far. */
	isTooFresh?: (row: R, params: z.output<P>, now: number) => boolean;
	/** Kinds of change that are told. */
	on: Change<R>['kind'] | readonly Change<R>['kind'][];
	/** Filter, applied after the comparison, so that it may change without moving the place. Rows that are gone are not asked about. */
	keep?: (row: R, params: z.output<P>) => boolean;
	/** What an event says beside its row; several or none where one change is not one event. */
	tell?: (change: Change<R>, params: z.output<P>) => Record<string, unknown>[];
	event: E;
	/** Makes events of what was found, where more must be asked; absent: the row with what is told. */
	dress?: (found: Found<R>[], dsm: Dsm, params: z.output<P>) => Promise<unknown[]>;
	/** Where the newest rows are, for samples. */
	newest?: 'first' | 'last';
	isSample?: (row: R, params: z.output<P>) => boolean;
	file?: (event: z.output<E>, params: z.output<P>, dsm: Dsm) => Promise<FileAnswer | undefined>;
	wake?: string;
	basis?: Basis;
	right?: Right;
}

const SAMPLES = 10;

/**
 * A trigger that compares what a list holds with what it held. Identity and fingerprints decide, never dates. What a look does not find for
 * the first time counts as there still: a list that comes short once neither loses rows nor brings them back as new; the second look
 * without it tells that it is gone.
 */
export function listTrigger<P extends z.ZodObject, R, E extends z.ZodType>(
	kind: ListTrigger<P, R, E>,
): Trigger<P, typeof cursor, E> {
	const { title, summary, params, event, call, uses = [], filters, file, wake, basis, right } = kind;
	const kinds: readonly string[] = typeof kind.on === 'string' ? [kind.on] : kind.on;

	async function look(given: z.output<P>, handle: Dsm, known?: Cursor): Promise<Observed<R>[]> {
		const dsm = handle.with({ share: true });
		const listed = async () => (call ? await dsm.list(call, kind.request ? kind.request(given) : {}) : []);
		const rows = kind.look ? await kind.look(given, dsm) : await listed();
		return rows.flatMap((row) => {
			const id = kind.id(row);
			const fingerprints = kind.fingerprints ? (kind.fingerprints(row, given) ?? known?.items[id]) : [];
			return fingerprints ? [{ id, fingerprints, row }] : [];
		});
	}

	/** What is too fresh stays as it was, or unknown. */
	function settledOf(observed: Observed<R>, { items }: Cursor, given: z.output<P>, now: number): Observed<R>[] {
		if (!kind.isTooFresh?.(observed.row, given, now)) return [observed];
		const was = Object.hasOwn(items, observed.id) ? items[observed.id] : undefined;
		return was ? [{ ...observed, fingerprints: was }] : [];
	}

	function found(change: Change<R>, given: z.output<P>): Found<R>[] {
		const row = change.kind === 'deleted' ? undefined : change.row;
		if (!kinds.includes(change.kind) || (row !== undefined && kind.keep?.(row, given) === false)) return [];
		return (kind.tell ? kind.tell(change, given) : [{}]).map((more, index) => ({
			id: change.id,
			row,
			more: { event_id: index === 0 ? change.event_id : `${change.event_id}-${index}`, ...more },
		}));
	}

	const dressed = async (all: Found<R>[], dsm: Dsm, given: z.output<P>): Promise<z.input<E>[]> => {
		if (all.length === 0) return [];
		const events = kind.dress
			? await kind.dress(all, dsm.with({ share: true }), given)
			: all.map(({ row, more }) => ({ ...row, ...more }));
		return events as z.input<E>[];
	};

	return trigger({
		title,
		summary,
		params,
		event,
		cursor,
		uses: call ? [call, ...uses] : uses,
		...(basis && { basis }),
		...(right && { right }),
		...(filters && { filters }),
		...(file && { file }),
		...(wake !== undefined && { wake }),
		key: (one) => (one as { event_id: string }).event_id,
		start: async (given, dsm) => ({ ...snapshotOf(await look(given, dsm)), missing: [] }),
		async poll(given, known, dsm) {
			const observed = await look(given, dsm, known);
			const absent = missingFirst(known, observed);
			const settled = observed.flatMap((observed) => settledOf(observed, known, given, dsm.now()));
			const { changes, cursor: next } = compare(known, [...settled, ...absent]);
			const all = changes.flatMap((change) => found(change, given));
			return { events: await dressed(all, dsm, given), cursor: { ...next, missing: absent.map(({ id }) => id) } };
		},
		async sample(given, dsm) {
			const fitting = (await look(given, dsm)).filter(
				({ row }) => kind.keep?.(row, given) !== false && kind.isSample?.(row, given) !== false,
			);
			const newest = kind.newest === 'first' ? fitting.slice(0, SAMPLES) : fitting.slice(-SAMPLES);
			const all = newest.flatMap(({ id, row, fingerprints }) => {
				const event_id = `sample-${digest(id)}`;
				const change: Change<R> = { id, event_id, kind: 'created', row, now: fingerprints };
				const [more] = kind.tell ? kind.tell(change, given) : [{}];
				return [{ id, row, more: { ...more, event_id } }];
			});
			return await dressed(all, dsm, given);
		},
	});
}

/** What is absent for the first time, as it was. Its row is unknown and is never told. */
function missingFirst<R>(known: Cursor, observed: readonly Observed<R>[]): Observed<R>[] {
	const seen = new Set(observed.map(({ id }) => id));
	return Object.keys(known.items)
		.filter((id) => !seen.has(id) && !known.missing.includes(id))
		.map((id) => ({ id, fingerprints: known.items[id]!, row: undefined as R }));
}
