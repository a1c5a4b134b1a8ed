import type { Dsm } from '../../../core/dsm';
import { trigger, type Trigger } from '../../../catalog/operation';
import { digest } from '../../../catalog/sources';
import { z } from '../../../vendor/zod';
import { listLog, type LogRow } from '../wire/logs';
import { logRows } from './logPages';

/** Rows of the top that are kept, by which the next look finds where it was. */
const KEPT = 50;
/** As far as is read back where that is not found. */
const MOST = 2000;

export const logCursor = z.object({
	v: z.literal(1),
	/** Time of the newest row, of the NAS, and the fingerprints of the newest rows, the newest first. */
	time: z.string(),
	top: z.array(z.string()),
});
export type LogCursor = z.output<typeof logCursor>;

export const fingerprintOf = ({ time, level, original_logtype, who, descr }: LogRow): string =>
	digest([time, level, original_logtype, who, descr]);

/** Where the rows that were at the top begin now; undefined: nowhere, as after the log was cleared. */
function placeOf(fingerprints: readonly string[], top: readonly string[], from = 0): number | undefined {
	const isAt = (at: number) => at >= 0 && top.every((fingerprint, index) => fingerprints[at + index] === fingerprint);
	// Where all of a short log was known, it stands at the end now, however many equal rows came before it.
	if (top.length < KEPT && isAt(fingerprints.length - top.length)) return fingerprints.length - top.length;
	for (let at = from; at + top.length <= fingerprints.length; at++) if (isAt(at)) return at;
	return undefined;
}

/** Rows since the last look, the newest first, and what the next one goes by. Rows have neither ids nor a zone: their place counts. */
export async function newRows(
	dsm: Dsm,
	logtype: string,
	known: LogCursor,
): Promise<{ rows: LogRow[]; cursor: LogCursor }> {
	const rows: LogRow[] = [];
	const fingerprints: string[] = [];
	for await (const row of logRows(dsm, listLog, { logtype })) {
		rows.push(row);
		fingerprints.push(fingerprintOf(row));
		const isFound =
			known.top.length === KEPT && placeOf(fingerprints, known.top, fingerprints.length - KEPT) !== undefined;
		const isEnough = known.time === '' ? fingerprints.length === KEPT : isFound;
		if (isEnough || fingerprints.length >= MOST) break;
	}
	const at = known.top.length > 0 ? placeOf(fingerprints, known.top) : undefined;
	// Cleared, or nothing was there: what is later than all that was known.
	const fresh = at === undefined ? rows.filter(({ time }) => (time ?? '') > known.time) : rows.slice(0, at);
	const next = { v: 1 as const, time: rows[0]?.time ?? known.time, top: fingerprints.slice(0, KEPT) };
	return { rows: fresh, cursor: fingerprints.length === 0 ? { ...known, top: [] } : next };
}

/** Equal rows of one second are told apart by how many there are. */
export function identified(rows: readonly LogRow[], known: LogCursor) {
	const counts = new Map<string, number>();
	for (const fingerprint of known.top) counts.set(fingerprint, (counts.get(fingerprint) ?? 0) + 1);
	return [...rows].reverse().map((row) => {
		const fingerprint = fingerprintOf(row);
		const count = (counts.get(fingerprint) ?? 0) + 1;
		counts.set(fingerprint, count);
		return { ...row, event_id: `${fingerprint}-${count}` };
	});
}

/** The place before everything: asked with it, the log gives where it is now. */
export const LOG_START: LogCursor = { v: 1, time: '', top: [] };

export type Identified = LogRow & { event_id: string };

interface LogTrigger<P extends z.ZodObject, E extends z.ZodType> {
	title: string;
	summary: string;
	params: P;
	filters: readonly (keyof z.output<P> & string)[];
	/** Which log. */
	kind: (params: z.output<P>) => 'system' | 'connection';
	keep: (row: LogRow, params: z.output<P>, dsm: Dsm) => boolean;
	event: E;
	/** Makes events of rows, where they say more than the row. */
	dress?: (rows: Identified[], dsm: Dsm) => Promise<unknown[]>;
	uses?: Trigger['uses'];
}

/** A trigger on lines of a log of DSM. */
export const logTrigger = <P extends z.ZodObject, E extends z.ZodType>(declared: LogTrigger<P, E>) => {
	const { kind, keep, dress, uses = [], ...rest } = declared;
	const dressed = async (rows: Identified[], dsm: Dsm) =>
		(dress && rows.length > 0 ? await dress(rows, dsm) : rows) as z.input<E>[];
	return trigger({
		...rest,
		cursor: logCursor,
		key: (one) => (one as Identified).event_id,
		uses: [listLog, ...uses],
		start: async (given, dsm) => (await newRows(dsm.with({ share: true }), kind(given), LOG_START)).cursor,
		async poll(given, known, handle) {
			const dsm = handle.with({ share: true });
			const { rows, cursor } = await newRows(dsm, kind(given), known);
			const found = identified(rows, known).filter((row) => keep(row, given, dsm));
			return { events: await dressed(found, dsm), cursor };
		},
		async sample(given, dsm) {
			const found: LogRow[] = [];
			for await (const row of logRows(dsm, listLog, { logtype: kind(given) })) {
				if (keep(row, given, dsm)) found.push(row);
				if (found.length === 10) break;
			}
			return await dressed(
				found.map((row) => ({ ...row, event_id: `sample-${fingerprintOf(row)}` })),
				dsm,
			);
		},
	});
};
