import { z } from '../../../vendor/zod';

/** Rows of the top that are kept, by which the next look finds where it was. */
const KEPT = 50;
/** So many are kept while lists come that are not whole. */
const MOST_KEPT = 500;
/** As far as is read back where that is not found. */
const MOST = 2000;
const SAMPLES = 10;

export const tailCursor = z.object({
	v: z.literal(1),
	/** Time of the newest row of the last whole look, of the NAS, and the fingerprints of the newest rows, the newest first. */
	time: z.string(),
	top: z.array(z.string()),
});
type Cursor = z.output<typeof tailCursor>;

/** A log whose rows have neither ids nor a zone: their place in it counts. */
export interface LogTail<R> {
	/** The newest first. */
	rows: () => AsyncIterable<R>;
	fingerprintOf: (row: R) => string;
}

interface Timed {
	time: string | null;
}

/** Where the rows that were at the top begin now; undefined: nowhere, as after the log was cleared. */
function placeOf(fingerprints: readonly string[], top: readonly string[], from = 0): number | undefined {
	const isAt = (at: number) => at >= 0 && top.every((fingerprint, index) => fingerprints[at + index] === fingerprint);
	// Where all of a short log was known, it stands at the end now, however many equal rows came before it.
	if (top.length < KEPT && isAt(fingerprints.length - top.length)) return fingerprints.length - top.length;
	for (let at = from; at + top.length <= fingerprints.length; at++) if (isAt(at)) return at;
	return undefined;
}

/** Where a log stands now: what is there counts as known. */
export async function atNow<R extends Timed>({ rows, fingerprintOf }: LogTail<R>): Promise<Cursor> {
	const top: R[] = [];
	for await (const row of rows()) if (top.push(row) === KEPT) break;
	return { v: 1, time: top[0]?.time ?? '', top: top.map(fingerprintOf) };
}

/** Rows since the last look, the oldest first, each with an `event_id`, and what the next look goes by. */
export async function newRows<R extends Timed>(
	{ rows: all, fingerprintOf }: LogTail<R>,
	known: Cursor,
): Promise<{ rows: (R & { event_id: string })[]; cursor: Cursor }> {
	const rows: R[] = [];
	const fingerprints: string[] = [];
	for await (const row of all()) {
		rows.push(row);
		fingerprints.push(fingerprintOf(row));
		const isFound =
			known.top.length === KEPT && placeOf(fingerprints, known.top, fingerprints.length - KEPT) !== undefined;
		if (isFound || fingerprints.length >= MOST) break;
	}
	const at = known.top.length > 0 ? placeOf(fingerprints, known.top) : undefined;
	const next = { v: 1 as const, time: rows[0]?.time ?? known.time, top: fingerprints.slice(0, KEPT) };
	if (at !== undefined) return { rows: identified(rows.slice(0, at), known, fingerprintOf), cursor: next };
	// Cleared, or a list that is not whole: what is not known, and not older than what was known.
	const { unknown, missing } = unlike(fingerprints, known.top);
	const fresh = rows.filter(({ time }, index) => unknown.has(index) && (time ?? '') >= known.time);
	const top = [...fresh.map(fingerprintOf), ...known.top];
	// Some are missing, not all: rows that were left out may follow, as old as what was known (core.md 20).
	const isShort = missing > 0 && (missing < known.top.length || rows.length === 0) && top.length <= MOST_KEPT;
	return { rows: identified(fresh, known, fingerprintOf), cursor: isShort ? { ...known, top } : next };
}

/** Which places hold what is not known, and how many that are known are nowhere; equal ones are counted, the oldest first. */
function unlike(fingerprints: readonly string[], top: readonly string[]): { unknown: Set<number>; missing: number } {
	const left = new Map<string, number>();
	for (const one of top) left.set(one, (left.get(one) ?? 0) + 1);
	const unknown = new Set<number>();
	for (let at = fingerprints.length - 1; at >= 0; at--) {
		const count = left.get(fingerprints[at]!) ?? 0;
		if (count === 0) unknown.add(at);
		else left.set(fingerprints[at]!, count - 1);
	}
	return { unknown, missing: [...left.values()].reduce((sum, count) => sum + count, 0) };
}

/** Equal rows of one second are told apart by how many there are. */
function identified<R>(rows: readonly R[], known: Cursor, fingerprintOf: (row: R) => string) {
	const counts = new Map<string, number>();
	for (const fingerprint of known.top) counts.set(fingerprint, (counts.get(fingerprint) ?? 0) + 1);
	return [...rows].reverse().map((row) => {
		const fingerprint = fingerprintOf(row);
		const count = (counts.get(fingerprint) ?? 0) + 1;
		counts.set(fingerprint, count);
		return { ...row, event_id: `${fingerprint}-${count}` };
	});
}

/** The newest rows that fit, as samples. */
export async function tailSample<R>({ rows, fingerprintOf }: LogTail<R>, fits: (row: R) => boolean) {
	const found: (R & { event_id: string })[] = [];
	for await (const row of rows()) {
		if (fits(row)) found.push({ ...row, event_id: `sample-${fingerprintOf(row)}` });
		if (found.length === SAMPLES) break;
	}
	return found;
}
