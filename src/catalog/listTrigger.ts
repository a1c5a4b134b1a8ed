import type { Call, FileAnswer, ListCall } from '../core/call';
import type { Dsm } from '../core/dsm';
import type { Right } from '../core/right';
import { z } from '../vendor/zod';
import { trigger, type Basis, type Trigger } from './operation';
import { absence, absent, refuseTwins } from './absence';
import { compare, digest, snapshot, snapshotOf, type Change, type Fingerprints, type Observed } from './sources';

/** What was there, and what the last look did not find. */
const cursor = snapshot.extend({
	...absence,
	/** Rows that had lost something at the last look, by `loses`. */
	fading: z.array(z.string()).default([]),
	/** What could not be read since the trigger started, by `Part.unread`: the first look at it tells nothing. */
	unread: z.array(z.string()).default([]),
});
type Cursor = z.output<typeof cursor>;

/** One event in the making: the row (absent for one that is gone), and what the event says beside it. */
export interface Found<R> {
	id: string;
	row: R | undefined;
	more: { event_id: string } & Record<string, unknown>;
}

/** A look at several things of which some could not be read: what belongs to those stays as it was. */
export interface Part<R> {
	rows: readonly R[];
	/** Those that could not: ids of rows, or what stands before a blank in the ids of rows. */
	unread: readonly string[];
	/** Which they are and why, for the user; none where all was read. */
	why?: string | undefined;
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
	look?: (params: z.output<P>, dsm: Dsm) => Promise<readonly R[] | Part<R>>;
	/** Calls of `look`, `dress` and `file` beside `call`. */
	uses?: readonly Call[];
	/** What tells one row from another, whatever else changes. */
	id: (row: R) => string;
	/** Rows have no ids of their own, so that two different ones may have the same: the first counts. */
	idsRepeat?: true;
	/**
	 * Texts that change when the row does; none: only coming and going count. Undefined: not to be read now, so it stays as it was.
	 * `was`: those of the last look, where it was there.
	 */
	fingerprints?: (row: R, params: z.output<P>, was?: Fingerprints) => Fingerprints | undefined;
	/** Asked by its id about a row that two looks did not find: proves that it is gone from the list, however many are missing. */
	isGone?: (id: string, was: Fingerprints, dsm: Dsm) => Promise<boolean>;
	/** A change that only takes away what another list told: believed at the second look, as that list may have come short (core.md 20). */
	loses?: (was: Fingerprints, now: Fingerprints) => boolean;
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
 * A trigger that compares what a list holds with what it held. Identity and fingerprints decide, never dates. What a look does not find
 * counts as there until that is proved (catalog/absence.ts): a list that comes short neither loses rows nor brings them back as new.
 */
export function listTrigger<P extends z.ZodObject, R, E extends z.ZodType>(
	kind: ListTrigger<P, R, E>,
): Trigger<P, typeof cursor, E> {
	const { title, summary, params, event, call, uses = [], filters, file, wake, basis, right } = kind;
	const kinds: readonly string[] = typeof kind.on === 'string' ? [kind.on] : kind.on;

	const wasOf = ({ items }: Cursor, id: string) => (Object.hasOwn(items, id) ? items[id] : undefined);

	async function look(given: z.output<P>, handle: Dsm, known?: Cursor): Promise<Seen<R>> {
		const dsm = handle.with({ share: true });
		const listed = async () => (call ? await dsm.list(call, kind.request ? kind.request(given) : {}) : []);
		const answer = kind.look ? await kind.look(given, dsm) : await listed();
		const { rows, unread, why } = 'rows' in answer ? answer : { rows: answer, unread: [], why: undefined };
		if (!kind.idsRepeat) refuseTwins(rows, kind.id);
		const observed = rows.flatMap((row) => {
			const id = kind.id(row);
			const was = known && wasOf(known, id);
			const fingerprints = kind.fingerprints ? (kind.fingerprints(row, given, was) ?? was) : [];
			return fingerprints ? [{ id, fingerprints, row }] : [];
		});
		return { observed, unread, why };
	}

	/** What is too fresh, or fades for the first time, stays as it was, or unknown. */
	function settledOf(
		one: Observed<R>,
		known: Cursor,
		fading: Set<string>,
		given: z.output<P>,
		now: number,
	): Observed<R>[] {
		const was = wasOf(known, one.id);
		const isFirst = fading.has(one.id) && !known.fading.includes(one.id);
		if (!isFirst && !kind.isTooFresh?.(one.row, given, now)) return [one];
		return was ? [{ ...one, fingerprints: was }] : [];
	}

	const fadingIn = (observed: readonly Observed<R>[], known: Cursor): string[] =>
		observed.flatMap(({ id, fingerprints }) => {
			const was = wasOf(known, id);
			return was && kind.loses?.(was, fingerprints) ? [id] : [];
		});

	function found(change: Change<R>, given: z.output<P>): Found<R>[] {
		const row = change.kind === 'deleted' ? undefined : change.row;
		if (!kinds.includes(change.kind) || (row !== undefined && kind.keep?.(row, given) === false)) return [];
		return (kind.tell ? kind.tell(change, given) : [{}]).map((more, index) => ({
			id: change.id,
			row,
			more: { event_id: index === 0 ? change.event_id : `${change.event_id}-${index}`, ...more },
		}));
	}

	/** Rows that were asked about, and are gone. */
	async function provedGone(known: Cursor, observed: readonly Observed<R>[], dsm: Dsm): Promise<{ id: string }[]> {
		const { isGone } = kind;
		if (!isGone) return [];
		const seen = new Set(observed.map(({ id }) => id));
		const asked = known.missing.filter((id) => !seen.has(id) && wasOf(known, id));
		const answers = await Promise.all(asked.map(async (id) => await isGone(id, known.items[id]!, dsm)));
		return asked.filter((_, index) => answers[index]).map((id) => ({ id }));
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
		async start(given, dsm) {
			const { observed, unread } = await look(given, dsm);
			return { ...snapshotOf(observed), missing: [], fading: [], unread: [...unread] };
		},
		async poll(given, known, dsm) {
			const { observed, unread, why } = await look(given, dsm, known);
			const now = dsm.now();
			const untouched = asTheyWere<R>(known, unread);
			const proved = await provedGone(known, [...observed, ...untouched], dsm.with({ share: true }));
			const { kept, absence: missed, doubt } = absent<R>(known, [...observed, ...untouched, ...proved], now);
			const fading = new Set(fadingIn(observed, known));
			const settled = observed.flatMap((one) => settledOf(one, known, fading, given, now));
			// Rows of what is kept are unknown, and never told: nothing of it changes.
			const { changes, cursor: next } = compare(known, [...settled, ...untouched, ...(kept as Observed<R>[])]);
			const isFirst = ({ id }: Change<R>) =>
				isOf(
					known.unread.filter((part) => !unread.includes(part)),
					id,
				);
			const all = changes.filter((change) => !isFirst(change)).flatMap((change) => found(change, given));
			const { v, seq, items } = next;
			const cursor = {
				...{ v, seq, items, ...missed },
				fading: [...fading].filter((id) => !known.fading.includes(id)),
				unread: known.unread.filter((part) => unread.includes(part)),
			};
			return { events: await dressed(all, dsm, given), cursor, doubt: doubt ?? why };
		},
		async sample(given, dsm) {
			const fitting = (await look(given, dsm)).observed.filter(
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

/** What one look gave. */
interface Seen<R> {
	observed: Observed<R>[];
	unread: readonly string[];
	why: string | undefined;
}

const isOf = (unread: readonly string[], id: string): boolean =>
	unread.some((part) => id === part || id.startsWith(`${part} `));

/** What belongs to what could not be read. Its rows are unknown and never told. */
const asTheyWere = <R>({ items }: Cursor, unread: readonly string[]): Observed<R>[] =>
	Object.entries(items)
		.filter(([id]) => isOf(unread, id))
		.map(([id, fingerprints]) => ({ id, fingerprints, row: undefined as R }));
