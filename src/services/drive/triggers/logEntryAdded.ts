import type { Dsm } from '../../core/dsm';
import { trigger } from '../../catalog/operation';
import { digest } from '../../catalog/sources';
import { z } from '../../vendor/zod';
import { logFilter, logList, logParams, logRow } from './administration';
import { allRows } from './rows';

/** Seconds back from the newest row that are read again: rows may come late. */
const OVERLAP = 300;

type Row = z.output<typeof logRow>;

const params = z.object(logFilter);
const cursor = z.object({
	v: z.literal(1),
	/** Unix seconds of the newest row. */
	time: z.number(),
	/** What was told of the last five minutes before it: print of a row -> how often. */
	told: z.record(z.string(), z.number()),
});
type Cursor = z.output<typeof cursor>;

/** Rows have no id (drive.md 9.5). */
const printOf = (row: Row): string =>
	digest(
		['time', 'username', 'type', 'client_type', 'ip_address', 's1', 's2', 'share_name', 'target', 'p1', 'p2'].map(
			(key) => row[key],
		),
	);

/** Rows since a moment, the oldest first. The list is the newest first. */
async function rowsSince(dsm: Dsm, given: z.output<typeof params>, from: number): Promise<Row[]> {
	const wire = { ...logParams(given), datefrom: Math.max(0, from), dateto: 0 };
	return (await allRows<Row>(dsm.with({ share: true }), logList, wire)).reverse();
}

/** The cursor after these rows, and the rows that are not told yet. Equal rows of one second are counted. */
function told(known: Cursor, rows: Row[]): { events: z.input<typeof event>[]; cursor: Cursor } {
	const time = rows.reduce((newest, row) => Math.max(newest, Number(row.time)), known.time);
	const counts: Record<string, number> = {};
	const events: z.input<typeof event>[] = [];
	for (const row of rows) {
		const print = printOf(row);
		const count = (counts[print] = (counts[print] ?? 0) + 1);
		if (count > (known.told[print] ?? 0)) events.push({ ...row, event_id: `${print}-${count}` });
	}
	const kept = rows.filter((row) => Number(row.time) >= time - OVERLAP).map(printOf);
	return { events, cursor: { v: 1, time, told: Object.fromEntries(kept.map((print) => [print, counts[print]!])) } };
}

const event = logRow.extend({ event_id: z.string() });

export const newLogEntry = trigger({
	title: 'New log entry',
	summary: 'Starts when somebody does something in Drive: opens, changes, deletes or shares (administrators).',
	params,
	cursor,
	event,
	key: ({ event_id }) => event_id,
	uses: [logList],
	basis: 'capture',
	async start(given, dsm) {
		const now = Math.floor(dsm.now() / 1000);
		const rows = await rowsSince(dsm, given, now - OVERLAP);
		return told({ v: 1, time: now, told: {} }, rows).cursor;
	},
	poll: async (given, known, dsm) => told(known, await rowsSince(dsm, given, known.time - OVERLAP)),
	async sample(given, dsm) {
		const page = { ...logParams(given), datefrom: 0, dateto: 0, offset: 0, limit: 10 };
		const { items = [] } = (await dsm.call(logList, page, { readOnly: true })) as { items?: Row[] };
		return items.map((row) => ({ ...row, event_id: `sample-${printOf(row)}` }));
	},
});
