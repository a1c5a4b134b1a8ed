import type { Dsm } from '../../../core/dsm';
import { trigger } from '../../../catalog/operation';
import { timeOf } from '../../../catalog/row';
import { digest } from '../../../catalog/sources';
import { z } from '../../../vendor/zod';
import { logFilter, logRequest } from '../lib/log';
import { wholeList } from '../lib/wholeList';
import { listLog, logRow, type LogRow } from '../wire/administration';

/** Seconds back from the newest row that are read again: rows may come late. */
const OVERLAP = 300;

const params = z.object(logFilter);
const cursor = z.object({
	v: z.literal(1),
	/** Unix seconds of the newest row. */
	time: z.number(),
	/** What was told of the last five minutes before it: fingerprint of a row -> how often. */
	told: z.record(z.string(), z.number()),
	/** Their times: one that a look leaves out was told all the same. */
	times: z.record(z.string(), z.number()).default({}),
});
type Cursor = z.output<typeof cursor>;

/** Unix seconds, as the cursor has them. */
const secondsOf = ({ time }: LogRow): number => timeOf(time) / 1000;

const IDENTIFYING = ['username', 'type', 'client_type', 'ip_address', 's1', 's2', 'share_name', 'target', 'p1', 'p2'];

/** Rows have no id (drive.md 9.5). */
const fingerprintOf = (row: LogRow): string => digest([secondsOf(row), ...IDENTIFYING.map((name) => row[name])]);

/** Rows since a moment, the oldest first. The list is the newest first. */
async function rowsSince(dsm: Dsm, given: z.output<typeof params>, from: number): Promise<LogRow[]> {
	const wire = logRequest({ ...given, datefrom: Math.max(0, from) });
	return (await wholeList(dsm.with({ share: true }), listLog, wire)).reverse();
}

/** The cursor after these rows, and the rows that are not told yet. Equal rows of one second are counted. */
function told(known: Cursor, rows: LogRow[]): { events: z.input<typeof event>[]; cursor: Cursor } {
	const time = rows.reduce((newest, row) => Math.max(newest, secondsOf(row)), known.time);
	const counts: Record<string, number> = {};
	const events: z.input<typeof event>[] = [];
	for (const row of rows) {
		const fingerprint = fingerprintOf(row);
		const count = (counts[fingerprint] = (counts[fingerprint] ?? 0) + 1);
		if (count > (known.told[fingerprint] ?? 0)) events.push({ ...row, event_id: `${fingerprint}-${count}` });
	}
	const times: Record<string, number> = {};
	for (const one of Object.keys(known.told)) times[one] = known.times[one] ?? known.time;
	for (const row of rows) times[fingerprintOf(row)] = secondsOf(row);
	const kept = Object.entries(times).filter(([, at]) => at >= time - OVERLAP);
	const countOf = (one: string) => Math.max(counts[one] ?? 0, known.told[one] ?? 0);
	const numbers = Object.fromEntries(kept.map(([one]) => [one, countOf(one)]));
	return { events, cursor: { v: 1, time, told: numbers, times: Object.fromEntries(kept) } };
}

const event = logRow.with({ event_id: z.string() });

export const logEntryAdded = trigger({
	title: 'Log entry added',
	summary: 'Starts when somebody does something in Drive: opens, changes, deletes or shares (administrators).',
	right: 'administrator',
	params,
	cursor,
	event,
	key: ({ event_id }) => event_id,
	uses: [listLog],
	async start(given, dsm) {
		const now = Math.floor(dsm.now() / 1000);
		const rows = await rowsSince(dsm, given, now - OVERLAP);
		return told({ v: 1, time: now, told: {}, times: {} }, rows).cursor;
	},
	poll: async (given, known, dsm) => told(known, await rowsSince(dsm, given, known.time - OVERLAP)),
	async sample(given, dsm) {
		const { rows } = await dsm.call(listLog, { ...logRequest(given), offset: 0, limit: 10 });
		return rows.map((row) => ({ ...row, event_id: `sample-${fingerprintOf(row)}` }));
	},
});
