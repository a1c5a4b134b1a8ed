import { createHash } from 'node:crypto';
import { deflated, inflated } from '../platform';
import { z } from '../vendor/zod';

/**
 * What is remembered of one thing between polls: short texts, one for each aspect that an event can be about (name, place, content).
 * Each service says which aspect stands where.
 */
export type Fingerprints = readonly string[];

/** Cursor of triggers that compare what there is with what there was: `id -> fingerprints`. `seq` counts the polls that found changes. */
export const snapshot = z.object({
	v: z.literal(1),
	seq: z.number().int(),
	items: z.record(z.string(), z.array(z.string())),
});
export type Snapshot = z.output<typeof snapshot>;

/**
 * The same in a compact form, for thousands of things: what is remembered of each is compressed, about a third of its length. It is
 * unpacked only when something is to be compared.
 */
export const packedSnapshot = z.object({ v: z.literal(1), seq: z.number().int(), packed: z.string() });
export type PackedSnapshot = z.output<typeof packedSnapshot>;

export const packed = async ({ seq, items }: Snapshot): Promise<PackedSnapshot> => ({
	v: 1,
	seq,
	packed: Buffer.from(await deflated(JSON.stringify(items))).toString('base64'),
});

export const unpacked = async ({ seq, packed: text }: PackedSnapshot): Promise<Snapshot> => ({
	v: 1,
	seq,
	items: JSON.parse(await inflated(Buffer.from(text, 'base64'))) as Snapshot['items'],
});

/** One thing as a poll saw it. */
export interface Observed<T> {
	id: string;
	fingerprints: Fingerprints;
	row: T;
}

/** What happened to one thing between two polls. */
export type Change<T> = { id: string; event_id: string } & (
	| { kind: 'created'; row: T; now: Fingerprints }
	/** `parts`: positions of the fingerprints that differ. */
	| { kind: 'changed'; row: T; now: Fingerprints; was: Fingerprints; parts: number[] }
	| { kind: 'deleted'; was: Fingerprints }
);

/** The cursor that knows exactly these things. */
export const snapshotOf = (observed: Iterable<Observed<unknown>>, seq = 0): Snapshot => ({
	v: 1,
	seq,
	items: Object.fromEntries([...observed].map(({ id, fingerprints }) => [id, [...fingerprints]])),
});

/**
 * Compares two looks at the same things. Identity and fingerprints decide, never a date, so that what was moved in, carries an old date or
 * changed while nobody looked is found. `event_id` holds the number of the poll: a thing that goes and comes back is told each time,
 * and a poll that is repeated after a crash gives the same ids again. Sights come in the order in which events shall be told.
 */
export function compare<T>(
	known: Snapshot,
	observed: readonly Observed<T>[],
): { changes: Change<T>[]; cursor: Snapshot } {
	const found: Change<T>[] = [];
	const seen = new Set<string>();
	const eventId = (...facts: unknown[]) => `${known.seq + 1}-${digest(facts)}`;
	for (const { id, fingerprints: now, row } of observed) {
		if (seen.has(id)) continue;
		seen.add(id);
		const was = Object.hasOwn(known.items, id) ? known.items[id] : undefined;
		if (!was) {
			found.push({ id, event_id: eventId('created', id, now), kind: 'created', row, now });
			continue;
		}
		const longest = now.length < was.length ? was : now;
		const parts = longest.flatMap((_, index) => (now[index] === was[index] ? [] : [index]));
		if (parts.length > 0)
			found.push({ id, event_id: eventId('changed', id, now), kind: 'changed', row, now, was, parts });
	}
	for (const [id, was] of Object.entries(known.items))
		if (!seen.has(id)) found.push({ id, event_id: eventId('deleted', id, was), kind: 'deleted', was });
	if (found.length === 0) return { changes: [], cursor: known };
	return { changes: found, cursor: snapshotOf(observed, known.seq + 1) };
}

type Created<T> = Change<T> & { kind: 'created' };
type Deleted<T> = Change<T> & { kind: 'deleted' };

/**
 * Finds the things that went and came back under another id: one deleted and one created with equal fingerprints. Where several have the same
 * fingerprints, each of `kin` in turn names what may have stayed the same (the name of a file, its folder): one and one with the same belong
 * together. What remains alike is not guessed: it stays deleted and created.
 */
export function moves<T>(
	changes: readonly Change<T>[],
	kin: readonly ((id: string) => string)[],
): { moved: { from: string; to: Created<T> }[]; rest: Change<T>[] } {
	let gone = changes.filter((change): change is Deleted<T> => change.kind === 'deleted');
	let come = changes.filter((change): change is Created<T> => change.kind === 'created');
	const moved: { from: string; to: Created<T> }[] = [];
	for (const same of [() => '', ...kin, () => '']) {
		const from = alone(gone, ({ id, was }) => `${was.join('\0')}\0${same(id)}`);
		const to = alone(come, ({ id, now }) => `${now.join('\0')}\0${same(id)}`);
		const pairs = [...to].flatMap(([key, target]) => (from.has(key) ? [[from.get(key)!, target] as const] : []));
		moved.push(...pairs.map(([source, target]) => ({ from: source.id, to: target })));
		const explained = new Set<Change<T>>(pairs.flat());
		gone = gone.filter((change) => !explained.has(change));
		come = come.filter((change) => !explained.has(change));
	}
	const left = new Set<Change<T>>([...gone, ...come]);
	return { moved, rest: changes.filter((change) => change.kind === 'changed' || left.has(change)) };
}

/** By their keys, those that have it alone. */
function alone<C>(changes: readonly C[], keyOf: (change: C) => string): Map<string, C> {
	const count = new Map<string, number>();
	for (const change of changes) count.set(keyOf(change), (count.get(keyOf(change)) ?? 0) + 1);
	return new Map(changes.map((change) => [keyOf(change), change] as const).filter(([key]) => count.get(key) === 1));
}

/** Short text that stands for a value: fingerprints of long texts, event ids. */
export const digest = (value: unknown): string =>
	createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 16);
