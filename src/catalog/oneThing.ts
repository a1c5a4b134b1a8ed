import type { Call, FileAnswer } from '../core/call';
import type { Dsm } from '../core/dsm';
import { z } from '../vendor/zod';
import { trigger, type Trigger } from './operation';
import { compare, type Change, type Fingerprints } from './sources';

/** What was known of the thing at the last look. */
const cursor = z.object({
	v: z.literal(1),
	seq: z.number().int(),
	/** Absent: it was not there. */
	was: z.array(z.string()).optional(),
	/** What is said of it when it is gone, and where it is looked for. */
	last: z.record(z.string(), z.string()),
	/** Its fingerprints, and when they were seen first, while it may still be written. */
	pending: z.tuple([z.string(), z.number()]).optional(),
});

export interface OneThing<P extends z.ZodObject, R, E extends z.ZodType> {
	title: string;
	summary: string;
	params: P;
	/** Parameters that say which changes are told, not what is watched. */
	filters: readonly (keyof z.output<P> & string)[];
	uses: readonly Call[];
	/** Asks for it by name; undefined: it is not there. Throws where the answer does not prove that (core.md 20). */
	look: (given: z.output<P>, last: Record<string, string>, dsm: Dsm) => Promise<R | undefined>;
	/** Refuses what cannot be watched, when the trigger begins. */
	check?: (given: z.output<P>, dsm: Dsm) => Promise<void>;
	fingerprints: (row: R) => Fingerprints;
	facts: (row: R) => Record<string, string>;
	/** Whether it is written to its end; `since`: when it was first seen as it is. */
	isStill?: (row: R, given: z.output<P>, since: number, now: number) => boolean;
	/** What happened to it, each with what an event says. */
	tell: (
		change: Change<R>,
		last: Record<string, string>,
		given: z.output<P>,
	) => ({ change: string } & Record<string, unknown>)[];
	/** An event of what is there now, for samples. */
	show: (row: R) => Record<string, unknown>;
	event: E;
	file: (event: z.output<E>, given: z.output<P>, dsm: Dsm) => Promise<FileAnswer | undefined>;
}

/** What is not there is asked for once more after so many milliseconds: programs that save a file may put another in its place. */
const PAUSE = 2000;

/** A trigger on one thing, which is asked for by its name: a small question, however large the folder is that it lies in. */
export function oneThing<P extends z.ZodObject, R, E extends z.ZodType>(
	kind: OneThing<P, R, E>,
): Trigger<P, typeof cursor, E> {
	const { title, summary, params, filters, uses, event, file, fingerprints } = kind;
	const wanted = (given: z.output<P>) => (given as { changes: readonly string[] }).changes;
	return trigger({
		title,
		summary,
		params,
		filters,
		uses,
		event,
		file,
		cursor,
		key: (one) => (one as { event_id: string }).event_id,
		async start(given, dsm) {
			await kind.check?.(given, dsm);
			const row = await kind.look(given, {}, dsm);
			return { v: 1, seq: 0, ...(row ? { was: [...fingerprints(row)], last: kind.facts(row) } : { last: {} }) };
		},
		async poll(given, known, dsm) {
			const seen = await kind.look(given, known.last, dsm);
			if (!seen && known.was) await dsm.sleep(PAUSE);
			const row = seen ?? (known.was && (await kind.look(given, known.last, dsm)));
			const items: Record<string, string[]> = known.was ? { it: known.was } : {};
			const observed = row ? [{ id: 'it', fingerprints: fingerprints(row), row }] : [];
			const { changes, cursor: next } = compare({ v: 1, seq: known.seq, items }, observed);
			const pending = row && changes.length > 0 ? waiting(row, given, known.pending, dsm.now()) : undefined;
			if (pending) return { events: [], cursor: { ...known, pending } };
			const events = changes.flatMap((change) =>
				kind
					.tell(change, known.last, given)
					.filter((one) => wanted(given).includes(one.change))
					.map((one) => ({ ...one, event_id: `${change.event_id}-${one.change}` })),
			);
			const last = row ? kind.facts(row) : known.last;
			const { it: was } = next.items as { it?: string[] };
			return { events: events as z.input<E>[], cursor: { v: 1 as const, seq: next.seq, ...(was && { was }), last } };
		},
		async sample(given, dsm) {
			const row = await kind.look(given, {}, dsm);
			if (!row) return [];
			return [{ ...kind.show(row), change: wanted(given)[0], event_id: 'sample' }] as z.input<E>[];
		},
	});

	/** What is still being written; undefined: it can be told. */
	function waiting(row: R, given: z.output<P>, known: [string, number] | undefined, now: number) {
		const seen = fingerprints(row).join(' ');
		const since = known?.[0] === seen ? known[1] : now;
		return (kind.isStill?.(row, given, since, now) ?? true) ? undefined : ([seen, since] as [string, number]);
	}
}

/** The parameter that says which changes start the flow. */
export const changesOf = <T extends string>(labels: Record<T, string>) => {
	const all = Object.keys(labels) as [T, ...T[]];
	return z
		.array(z.enum(all))
		.min(1)
		.default(all as never)
		.meta({ title: 'Start When', description: 'What has to happen', labels });
};
