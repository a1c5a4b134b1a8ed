import type { Dsm } from '../../../core/dsm';
import { trigger, type PollAnswer } from '../../../catalog/operation';
import { field } from '../../../catalog/row';
import { agenda, agendaOf, BACK, due, type Agenda, type Due } from '../../../catalog/agenda';
import { z } from '../../../vendor/zod';
import { calendars, title_keyword, whole } from '../fields';
import { event, eventOf } from '../lib/eventRow';
import { occurrencesOf } from '../lib/occurrences';
import { eventRows, nasNow, zoneIn } from '../lib/reads';
import { spanOfRow } from '../lib/series';
import { isoOf, secondsOf } from '../lib/time';
import { getSettings, listEvents, type WireEvent } from '../wire';

const params = z.object({
	calendars,
	keyword: title_keyword,
	include_all_day: z.boolean().default(true).meta({
		title: 'All-Day Events',
		description: 'Whether all-day events count; they begin at midnight of the time zone of Calendar',
	}),
	include_declined: z
		.boolean()
		.default(false)
		.meta({ title: 'Declined', description: 'Whether events that the account declined count', advanced: true }),
	skip_late: z.boolean().default(false).meta({
		title: 'Skip Late',
		description:
			'Whether what happened while nothing was polling, as during a downtime, is left out instead of told late',
		advanced: true,
	}),
});
const FILTERS = ['keyword', 'include_all_day', 'include_declined', 'skip_late'];
const startingParams = params.extend({
	minutes: whole(0, 43_200)
		.default(10)
		.meta({ title: 'Minutes Before', description: 'Minutes before the start; 0: when it starts' }),
});
type Params = z.output<typeof params>;

const momentEvent = event.with({
	event_id: field.text(),
	/** Whether its moment had passed when it was told. */
	late: field.flag(),
	minutes_left: field.number(),
});
type MomentEvent = z.output<typeof momentEvent>;

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** After a downtime so much is looked back at most: what is older is no news. */
const LONGEST = 31 * DAY;
/** Events are asked for from so long before: to see the end of a long one. */
const LONG_EVENT = 14 * DAY;

/**
 * Occurrences around the moments in question. The bounds are full hours, so that triggers of several lead times and calendars that
 * poll at the same time ask the same question.
 */
async function duesOf(
	dsm: Dsm,
	given: Params,
	point: 'start' | 'end',
	from: number,
	to: number,
): Promise<Due<WireEvent>[]> {
	const start = Math.floor((from - (point === 'end' ? LONG_EVENT : DAY)) / HOUR) * HOUR;
	const end = Math.ceil((to + DAY) / HOUR) * HOUR;
	const bounds = { start: start / 1000, end: end / 1000 };
	const [rows, settings] = await Promise.all([
		eventRows(dsm, { calendars: given.calendars, ...bounds }),
		dsm.call(getSettings),
	]);
	const zone = zoneIn(settings);
	return occurrencesOf(rows, bounds.start, bounds.end, zone).map((row) => {
		const span = spanOfRow(row);
		const seconds = span[point];
		const at = span.isAllDay ? secondsOf({ date: isoOf(seconds, 'UTC').slice(0, 10) }, zone) : seconds;
		// An occurrence that is put off is told again: its moment is a part of its key.
		return { key: `${row.evt_id} ${row.recurrence_id ?? ''} ${at}`, moment: at * 1000, row };
	});
}

/** Which events are told: asked after their moments are compared, so that a filter may change without moving the place. */
const isTold = ({ row }: Due<WireEvent>, given: Params): boolean =>
	(row.summary ?? '').toLowerCase().includes(given.keyword.toLowerCase()) &&
	(given.include_declined || row.invite_status !== 'declined') &&
	(given.include_all_day || row.is_all_day !== true);

const eventFor = (one: Due<WireEvent> & { late?: boolean }, now: number): MomentEvent => ({
	...eventOf(one.row),
	event_id: one.key,
	late: one.late ?? false,
	minutes_left: Math.round((one.moment - now) / 60_000),
});

async function startAt(dsm: Dsm, given: Params, point: 'start' | 'end', lead: number): Promise<Agenda> {
	const shared = dsm.with({ share: true });
	const now = await nasNow(shared);
	return agendaOf(await duesOf(shared, given, point, now - BACK, now + lead), now, lead);
}

async function pollAt(
	dsm: Dsm,
	given: Params,
	known: Agenda,
	point: 'start' | 'end',
	lead: number,
): Promise<PollAnswer<Agenda, MomentEvent>> {
	const shared = dsm.with({ share: true });
	// One time for the question and for what is concluded from its answer, by which the clock may be corrected.
	const now = await nasNow(shared);
	const from = Math.min(now, Math.max(known.at, now - LONGEST));
	const dues = await duesOf(shared, given, point, from, now + lead);
	const answer = due(known, dues, { now, lead, skipLate: given.skip_late });
	const told = answer.due.filter((one) => isTold(one, given));
	return { events: told.map((one) => eventFor(one, now)), cursor: answer.cursor, doubt: answer.doubt };
}

async function sampleAt(dsm: Dsm, given: Params, point: 'start' | 'end'): Promise<MomentEvent[]> {
	const now = await nasNow(dsm);
	const dues = await duesOf(dsm, given, point, now, now + 30 * DAY);
	const next = dues.filter((one) => one.moment > now && isTold(one, given)).sort((a, b) => a.moment - b.moment);
	return next.slice(0, 10).map((one) => eventFor(one, now));
}

const leadOf = ({ minutes }: z.output<typeof startingParams>): number => minutes * 60_000;

export const eventStarting = trigger({
	title: 'Event starting',
	summary: 'Starts when an event is about to begin or begins, each occurrence of a series by itself.',
	params: startingParams,
	filters: FILTERS,
	cursor: agenda,
	event: momentEvent,
	key: ({ event_id }) => event_id,
	uses: [listEvents, getSettings],
	start: async (given, dsm) => await startAt(dsm, given, 'start', leadOf(given)),
	poll: async (given, cursor, dsm) => await pollAt(dsm, given, cursor, 'start', leadOf(given)),
	sample: async (given, dsm) => await sampleAt(dsm, given, 'start'),
});

export const eventEnded = trigger({
	title: 'Event ended',
	summary: 'Starts when an event ends, each occurrence of a series by itself.',
	params,
	filters: FILTERS,
	cursor: agenda,
	event: momentEvent,
	key: ({ event_id }) => event_id,
	uses: [listEvents, getSettings],
	start: async (given, dsm) => await startAt(dsm, given, 'end', 0),
	poll: async (given, cursor, dsm) => await pollAt(dsm, given, cursor, 'end', 0),
	sample: async (given, dsm) => await sampleAt(dsm, given, 'end'),
});
