import type { Dsm } from '../../../core/dsm';
import { trigger } from '../../../catalog/operation';
import { field, row as rowOf } from '../../../catalog/row';
import { DateTime } from '../../../vendor/luxon';
import { z } from '../../../vendor/zod';
import { calendars, tz_id, whole } from '../fields';
import { event, eventOf, type EventRow } from '../lib/eventRow';
import { occurrencesOf } from '../lib/occurrences';
import { eventRows, nasNow, zoneOf } from '../lib/reads';
import { spanOfRow } from '../lib/series';
import { isoOf } from '../lib/time';
import { getSettings, listEvents, type WireEvent } from '../wire';

const params = z.object({
	calendars,
	time: z
		.string()
		.trim()
		.regex(/^([01]?\d|2[0-3]):[0-5]\d$/, 'is not a time of day, e.g. 07:30')
		.default('07:00')
		.meta({
			title: 'Time of Day',
			description: 'When the agenda is told, on the wall clock of the time zone',
			placeholder: 'e.g. 07:30',
		}),
	days_ahead: whole(0, 30)
		.default(0)
		.meta({ title: 'Days Ahead', description: 'Whose day: 0 is the same day, 1 the next one', advanced: true }),
	skip_empty: z
		.boolean()
		.default(false)
		.meta({ title: 'Skip Empty Days', description: 'Whether days without events are left out' }),
	tz_id,
});
type Params = z.output<typeof params>;

const agendaEvent = rowOf({
	/** The day, 2026-11-22. */
	date: field.text(),
	weekday: field.text(),
	tz_id: field.text(),
	count: field.number(),
	/** A line for each event, to be sent as it is. */
	text: field.text(),
	events: z.array(event),
});
type AgendaEvent = z.output<typeof agendaEvent>;

/** The last day whose agenda was told. */
const cursor = z.object({ v: z.literal(1), day: z.string() });

/** The latest day whose time of day has come. A time that the change of the clocks leaves out comes an hour later. */
function lastDay(now: number, time: string, zone: string): string {
	const local = DateTime.fromMillis(now, { zone });
	const [hour = 0, minute = 0] = time.split(':').map(Number);
	const today = local.set({ hour, minute, second: 0, millisecond: 0 });
	return (local >= today ? local : local.minus({ days: 1 })).toISODate()!;
}

const timesOf = ({ start, end, is_all_day: isAllDay }: EventRow, zone: string): string => {
	if (isAllDay) return 'All day';
	const clock = (text: string) => DateTime.fromISO(text, { zone }).toFormat('HH:mm');
	return `${clock(start)}–${clock(end)}`;
};

async function agendaOf(dsm: Dsm, { calendars: ids }: Params, day: string, zone: string): Promise<AgendaEvent> {
	const date = DateTime.fromISO(day, { zone });
	const bounds = { start: date.toSeconds(), end: date.plus({ days: 1 }).toSeconds() };
	// A day more on both sides: an all-day event of the NAS is a day in UTC.
	const wide = { start: bounds.start - 86_400, end: bounds.end + 86_400 };
	const rows = await eventRows(dsm, { calendars: ids, ...wide });
	const isOn = (row: WireEvent) => {
		const span = spanOfRow(row);
		if (!span.isAllDay) return span.start < bounds.end && (span.end > bounds.start || span.start >= bounds.start);
		return isoOf(span.start, 'UTC').slice(0, 10) <= day && day < isoOf(span.end, 'UTC').slice(0, 10);
	};
	const events = occurrencesOf(rows, wide.start, wide.end, zone)
		.filter((row) => isOn(row) && row.invite_status !== 'declined')
		.sort((a, b) => Number(b.is_all_day === true) - Number(a.is_all_day === true) || a.dtstart - b.dtstart)
		.map(eventOf);
	const line = (one: EventRow) => `${timesOf(one, zone)} ${one.summary}${one.location ? ` (${one.location})` : ''}`;
	const text = events.length === 0 ? 'Nothing on this day.' : events.map(line).join('\n');
	return { date: day, weekday: date.setLocale('en').toFormat('cccc'), tz_id: zone, count: events.length, text, events };
}

const shownDay = (day: string, { days_ahead }: Params): string =>
	DateTime.fromISO(day, { zone: 'UTC' }).plus({ days: days_ahead }).toISODate()!;

/** One event for each day; after a downtime only that of the latest day, since the others are over. */
export const dailyAgenda = trigger({
	title: 'Daily agenda',
	summary: 'Starts when the given time of a day has come, with the list of the events of the day.',
	params,
	filters: ['skip_empty', 'calendars'],
	cursor,
	event: agendaEvent,
	key: ({ date, tz_id: zone }) => `${date} ${zone}`,
	uses: [getSettings, listEvents],
	async start(given: Params, handle) {
		const dsm = handle.with({ share: true });
		const zone = await zoneOf(dsm, given.tz_id);
		return { v: 1 as const, day: lastDay(await nasNow(dsm), given.time, zone) };
	},
	async poll(given: Params, known, handle) {
		const dsm = handle.with({ share: true });
		const zone = await zoneOf(dsm, given.tz_id);
		const day = lastDay(await nasNow(dsm), given.time, zone);
		if (day <= known.day) return { events: [], cursor: known };
		const told = await agendaOf(dsm, given, shownDay(day, given), zone);
		return { events: told.count === 0 && given.skip_empty ? [] : [told], cursor: { v: 1 as const, day } };
	},
	async sample(given: Params, dsm) {
		const zone = await zoneOf(dsm, given.tz_id);
		return [await agendaOf(dsm, given, DateTime.fromMillis(await nasNow(dsm), { zone }).toISODate()!, zone)];
	},
});
