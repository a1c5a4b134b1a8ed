import type { Dsm } from '../../../core/dsm';
import { looksWrong } from '../../../catalog/absence';
import { listTrigger } from '../../../catalog/listTrigger';
import { trigger } from '../../../catalog/operation';
import { digest } from '../../../catalog/sources';
import { z } from '../../../vendor/zod';
import { keyword } from '../fields';
import { told, withText } from '../lib/bell';
import { isIn, kind, levels } from '../lib/logFilter';
import { logRows } from '../lib/logPages';
import {
	BELL_REQUEST,
	getStrings,
	listLog,
	listNotifications,
	logRow,
	type LogRow,
	type Notification,
} from '../wire/logs';

type Strings = Parameters<typeof withText>[1];

/** Texts are many and stay the same while this runs. */
async function strings(dsm: Dsm): Promise<Strings> {
	const kept = dsm.memory.get('system.strings') as Strings | undefined;
	if (kept) return kept;
	const asked = await dsm.call(getStrings, { pkgName: '', lang: 'enu' });
	// Kept for long: an empty table is none.
	if (Object.keys(asked).length === 0) throw looksWrong('it has no texts');
	dsm.memory.set('system.strings', asked);
	return asked;
}

/** Before DSM 7.3 they have no id: time and text tell them apart. */
export const notificationReceived = listTrigger({
	title: 'Notification received',
	summary: 'Starts when the bell of the desktop has something new for the account. Every account may watch its own.',
	params: z.object({}),
	call: listNotifications,
	uses: [getStrings],
	// The newest come first.
	look: async (_, dsm) => (await dsm.list(listNotifications, BELL_REQUEST)).reverse(),
	id: (row: Notification) => row.notify_id ?? digest([row.time, row.title, row.msg]),
	on: 'created',
	event: told.with({ event_id: z.string() }),
	async dress(found, dsm) {
		const texts = await strings(dsm);
		return found.map(({ row, more }) => ({ ...withText(row!, texts), ...more }));
	},
});

/** Rows of the top that are kept, by which the next look finds where it was. */
const KEPT = 50;
/** As far as is read back where that is not found. */
const MOST = 2000;

const cursor = z.object({
	v: z.literal(1),
	/** Time of the newest row, of the NAS, and the fingerprints of the newest rows, the newest first. */
	time: z.string(),
	top: z.array(z.string()),
});
type Cursor = z.output<typeof cursor>;

const params = z.object({ kind, levels, keyword });
const event = logRow.with({ event_id: z.string() });

const fingerprintOf = ({ time, level, original_logtype, who, descr }: LogRow): string =>
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
async function newRows(dsm: Dsm, logtype: string, known: Cursor): Promise<{ rows: LogRow[]; cursor: Cursor }> {
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
function identified(rows: readonly LogRow[], known: Cursor) {
	const counts = new Map<string, number>();
	for (const fingerprint of known.top) counts.set(fingerprint, (counts.get(fingerprint) ?? 0) + 1);
	return [...rows].reverse().map((row) => {
		const fingerprint = fingerprintOf(row);
		const count = (counts.get(fingerprint) ?? 0) + 1;
		counts.set(fingerprint, count);
		return { ...row, event_id: `${fingerprint}-${count}` };
	});
}

export const logEntryAdded = trigger({
	title: 'Log entry added',
	summary: 'Starts when the system or connection log has a new entry that fits. Needs an administrator.',
	params,
	filters: ['levels', 'keyword'],
	cursor,
	event,
	key: ({ event_id }) => event_id,
	uses: [listLog],
	start: async (given, dsm) =>
		(await newRows(dsm.with({ share: true }), given.kind, { v: 1, time: '', top: [] })).cursor,
	async poll(given, known, dsm) {
		const { rows, cursor: next } = await newRows(dsm.with({ share: true }), given.kind, known);
		return { events: identified(rows, known).filter((row) => isIn(row, given)), cursor: next };
	},
	async sample(given, dsm) {
		const found: LogRow[] = [];
		for await (const row of logRows(dsm, listLog, { logtype: given.kind })) {
			if (isIn(row, given)) found.push(row);
			if (found.length === 10) break;
		}
		return found.map((row) => ({ ...row, event_id: `sample-${fingerprintOf(row)}` }));
	},
});
