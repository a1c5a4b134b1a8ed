import type { Dsm } from '../../core/dsm';
import type { Call } from '../../core/call';
import type { Budget, PollAnswer } from '../../catalog/operation';
import { trigger, type Trigger } from '../../catalog/operation';
import type { Change, Prints, Sight } from '../../catalog/sources';
import { compare, digest, snapshot, snapshotOf } from '../../catalog/sources';
import { z } from '../../vendor/zod';

/** What was there, and `missing`: what the last poll did not find, for the first time. */
const cursor = snapshot.extend({
	/** Id of the account, which the recycle bin is asked for by. */
	uid: z.number(),
	missing: z.array(z.string()),
});
export type Cursor = z.output<typeof cursor>;

/** A trigger that compares what there is with what there was. */
export interface Watched<P extends z.ZodObject, R, E extends z.ZodType> {
	title: string;
	summary: string;
	params: P;
	uses: readonly Call[];
	event: E;
	/** Asked once at the start, and kept. */
	uid?: (dsm: Dsm) => Promise<number>;
	/** Everything there is, in the order in which events are told. */
	look: (params: z.output<P>, dsm: Dsm, uid: number) => Promise<R[]>;
	idOf: (row: R) => string;
	prints: (row: R, params: z.output<P>) => Prints;
	/** Not to be told yet; it is as if it had not happened so far. */
	isTooFresh?: (row: R, params: z.output<P>, now: number) => boolean;
	/** Events of a change, or none. */
	tell: (change: Change<R>, params: z.output<P>) => Partial<z.input<E>>[];
	/** Makes events of the told rows; asked only when there are some. */
	dress: (found: Found<R, E>[], dsm: Dsm, params: z.output<P>) => Promise<z.input<E>[]>;
	/** Latest first or last, the newest ten count. */
	isSample?: (row: R, params: z.output<P>) => boolean;
}

export interface Found<R, E extends z.ZodType> {
	row: R;
	more: Partial<z.input<E>> & { event_id: string };
}

/** Makes the trigger. `key` is the number of the poll and what happened: told once, also after a crash. */
export function watched<P extends z.ZodObject, R, E extends z.ZodType>(
	kind: Watched<P, R, E>,
): Trigger<P, typeof cursor, E> {
	const { title, summary, params, uses, event } = kind;
	const sightOf = (row: R, given: z.output<P>): Sight<R> => ({
		id: kind.idOf(row),
		prints: kind.prints(row, given),
		row,
	});
	const sights = async (given: z.output<P>, dsm: Dsm, uid: number) =>
		(await kind.look(given, dsm, uid)).map((row) => sightOf(row, given));

	async function poll(
		given: z.output<P>,
		known: Cursor,
		dsm: Dsm,
		_budget: Budget,
	): Promise<PollAnswer<Cursor, z.input<E>>> {
		const all = await sights(given, dsm, known.uid);
		const now = dsm.now();
		const settled = all.flatMap((sight) => {
			if (!kind.isTooFresh?.(sight.row, given, now)) return [sight];
			const was = known.items[sight.id];
			return was ? [{ ...sight, prints: was }] : [];
		});
		const kept = missingFirst(known, all);
		const { changes, cursor: next } = compare(known, [...settled, ...kept.sights]);
		const found = changes.flatMap((change) => foundIn(change, given));
		const events = found.length === 0 ? [] : await kind.dress(found, dsm, given);
		return { events, cursor: { ...next, uid: known.uid, missing: kept.ids } };
	}

	function foundIn(change: Change<R>, given: z.output<P>): Found<R, E>[] {
		if (change.kind === 'deleted') return [];
		return kind.tell(change, given).map((more, index) => ({
			row: change.row,
			more: { event_id: `${change.event_id}${index === 0 ? '' : `-${index}`}`, ...more } as Found<R, E>['more'],
		}));
	}

	return trigger({
		...{ title, summary, params, uses, event, cursor, poll },
		basis: 'capture',
		key: (one) => (one as { event_id: string }).event_id,
		async start(given, dsm) {
			const uid = (await kind.uid?.(dsm)) ?? 0;
			return { ...snapshotOf(await sights(given, dsm, uid)), uid, missing: [] };
		},
		async sample(given, dsm) {
			const uid = (await kind.uid?.(dsm)) ?? 0;
			const all = await sights(given, dsm, uid);
			const newest = all.filter(({ row }) => kind.isSample?.(row, given) ?? true).slice(-10);
			const found = newest.map(({ row, id }) => ({ row, more: { event_id: `sample-${digest(id)}` } }));
			return await kind.dress(found as unknown as Found<R, E>[], dsm, given);
		},
	});
}

/**
 * What is absent for the first time counts as there: a list that came short once must not make everything look new when it is whole
 * again (notestation.md 15.3). Their rows are unknown; they are never told.
 */
function missingFirst<R>(known: Cursor, all: readonly Sight<R>[]): { ids: string[]; sights: Sight<R>[] } {
	const seen = new Set(all.map(({ id }) => id));
	const ids = Object.keys(known.items).filter((id) => !seen.has(id) && !known.missing.includes(id));
	return { ids, sights: ids.map((id) => ({ id, prints: known.items[id]!, row: undefined as R })) };
}
