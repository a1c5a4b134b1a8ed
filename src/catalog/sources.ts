import { createHash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { z } from '../vendor/zod';

/**
 * What is remembered of one thing between polls: short texts, one for each aspect that an event can be about (name, place, content).
 * Each service says which aspect stands where.
 */
export type Prints = readonly string[];

/** Cursor of triggers that compare what there is with what there was: `id -> prints`. `seq` counts the polls that found changes. */
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

export const packed = ({ seq, items }: Snapshot): PackedSnapshot => ({
	v: 1,
	seq,
	packed: deflateRawSync(JSON.stringify(items), { level: 6 }).toString('base64'),
});

export const unpacked = ({ seq, packed: text }: PackedSnapshot): Snapshot => ({
	v: 1,
	seq,
	items: JSON.parse(inflateRawSync(Buffer.from(text, 'base64')).toString('utf8')) as Snapshot['items'],
});

/** One thing as a poll saw it. */
export interface Sight<T> {
	id: string;
	prints: Prints;
	row: T;
}

/** What happened to one thing between two polls. */
export type Change<T> = { id: string; event_id: string } & (
	| { kind: 'created'; row: T; now: Prints }
	/** `parts`: positions of the prints that differ. */
	| { kind: 'changed'; row: T; now: Prints; was: Prints; parts: number[] }
	| { kind: 'deleted'; was: Prints }
);

/** The cursor that knows exactly these things. */
export const snapshotOf = (sights: Iterable<Sight<unknown>>, seq = 0): Snapshot => ({
	v: 1,
	seq,
	items: Object.fromEntries([...sights].map(({ id, prints }) => [id, [...prints]])),
});

/**
 * Compares two looks at the same things. Identity and prints decide, never a date, so that what was moved in, carries an old date or
 * changed while nobody looked is found. `event_id` holds the number of the poll: a thing that goes and comes back is told each time,
 * and a poll that is repeated after a crash gives the same ids again. Sights come in the order in which events shall be told.
 */
export function compare<T>(known: Snapshot, sights: readonly Sight<T>[]): { changes: Change<T>[]; cursor: Snapshot } {
	const found: Change<T>[] = [];
	const seen = new Set<string>();
	const eventId = (...facts: unknown[]) => `${known.seq + 1}-${digest(facts)}`;
	for (const { id, prints: now, row } of sights) {
		if (seen.has(id)) continue;
		seen.add(id);
		const was = Object.hasOwn(known.items, id) ? known.items[id] : undefined;
		if (!was) {
			found.push({ id, event_id: eventId('created', id, now), kind: 'created', row, now });
			continue;
		}
		const parts = now.flatMap((print, index) => (print === was[index] ? [] : [index]));
		if (parts.length > 0)
			found.push({ id, event_id: eventId('changed', id, now), kind: 'changed', row, now, was, parts });
	}
	for (const [id, was] of Object.entries(known.items))
		if (!seen.has(id)) found.push({ id, event_id: eventId('deleted', id, was), kind: 'deleted', was });
	if (found.length === 0) return { changes: [], cursor: known };
	return { changes: found, cursor: snapshotOf(sights, known.seq + 1) };
}

/**
 * Finds the things that went and came back under another id: one deleted and one created with equal prints. Where several have the same
 * prints, `nearness` tells which belong together (higher is nearer); what remains alike is not guessed: it stays deleted and created.
 */
export function moves<T>(
	changes: readonly Change<T>[],
	nearness: (from: string, to: string) => number,
): { moved: { from: string; to: Change<T> & { kind: 'created' } }[]; rest: Change<T>[] } {
	const gone = groups(
		changes.filter((change) => change.kind === 'deleted'),
		({ was }) => was,
	);
	const come = groups(
		changes.filter((change) => change.kind === 'created'),
		({ now }) => now,
	);
	const moved: { from: string; to: Change<T> & { kind: 'created' } }[] = [];
	for (const [key, to] of come)
		for (const [from, target] of paired(gone.get(key) ?? [], to, nearness)) moved.push({ from: from.id, to: target });
	const explained = new Set<string>(moved.flatMap(({ from, to }) => [from, to.id]));
	return { moved, rest: changes.filter((change) => change.kind === 'changed' || !explained.has(change.id)) };
}

/** Pairs without doubt: one with one, or the one nearest on both sides. */
function paired<A extends { id: string }, B extends { id: string }>(
	from: readonly A[],
	to: readonly B[],
	nearness: (from: string, to: string) => number,
): [A, B][] {
	if (from.length === 1 && to.length === 1) return [[from[0]!, to[0]!]];
	const best = (id: string, others: readonly { id: string }[], near: (other: string) => number) => {
		const top = Math.max(...others.map((other) => near(other.id)));
		const nearest = others.filter((other) => near(other.id) === top);
		return top > 0 && nearest.length === 1 ? nearest[0]!.id : undefined;
	};
	return from.flatMap((one) => {
		const other = to.find(({ id }) => id === best(one.id, to, (target) => nearness(one.id, target)));
		const isMutual = other && best(other.id, from, (source) => nearness(source, other.id)) === one.id;
		return isMutual ? [[one, other] as [A, B]] : [];
	});
}

function groups<C>(changes: readonly C[], printsOf: (change: C) => Prints): Map<string, C[]> {
	const found = new Map<string, C[]>();
	for (const change of changes) {
		const key = printsOf(change).join('\0');
		found.set(key, [...(found.get(key) ?? []), change]);
	}
	return found;
}

/** Short text that stands for a value: prints of long texts, event ids. */
export const digest = (value: unknown): string =>
	createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 16);

/** Cursor of triggers on moments that come (a reminder, the start of an event): how far time has been told, and what was told ahead. */
export const agenda = z.object({
	v: z.literal(1),
	/** Time of the NAS at the last poll, milliseconds. */
	at: z.number(),
	/** Key -> moment of what was told before its moment came. */
	told: z.record(z.string(), z.number()),
});
export type Agenda = z.output<typeof agenda>;

/** One moment that comes. The key holds the moment: a thing that is put off is told again. */
export interface Due<T> {
	key: string;
	/** Milliseconds. */
	moment: number;
	row: T;
}

/** Moments that count as told when a trigger starts: what is past, and what is within the lead time already. */
export function agendaOf(dues: Iterable<Due<unknown>>, now: number, lead: number): Agenda {
	const within = [...dues].filter(({ moment }) => moment > now && moment - lead <= now);
	return { v: 1, at: now, told: Object.fromEntries(within.map(({ key, moment }) => [key, moment])) };
}

/**
 * What has come due since the last poll, the earliest first: everything whose moment less the lead time is reached. What passed
 * meanwhile, as after a downtime, comes with `late`, unless it is not wanted. A clock that is set back tells nothing twice.
 */
export function due<T>(
	known: Agenda,
	dues: Iterable<Due<T>>,
	{ now, lead, skipLate = false }: { now: number; lead: number; skipLate?: boolean },
): { due: (Due<T> & { late: boolean })[]; cursor: Agenda } {
	const at = Math.max(known.at, now);
	const reached = [...dues]
		.filter(({ key, moment }) => moment - lead <= now && moment > known.at && !Object.hasOwn(known.told, key))
		.map((one) => ({ ...one, late: one.moment < now }))
		.sort((a, b) => a.moment - b.moment);
	const ahead = [...Object.entries(known.told), ...reached.map(({ key, moment }) => [key, moment] as const)];
	return {
		due: skipLate ? reached.filter(({ late }) => !late) : reached,
		cursor: { v: 1, at, told: Object.fromEntries(ahead.filter(([, moment]) => moment > at)) },
	};
}
