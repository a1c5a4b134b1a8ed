import { z } from '../../vendor/zod';
import { DateTime } from '../../vendor/luxon';
import { instancesOf, parseIcs, type Instance } from './expand';
import { ruleOfSetting, type RepeatSetting } from './rule';
import { dateOfText, dayAfter, isoOf, isZone } from './time';

/** A row of the web API, as it comes. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the wire edge
export type Wire = Record<string, any>;

export const event = z.looseObject({
	evt_id: z.string(),
	/** Empty for an event that does not repeat. */
	recurrence_id: z.string(),
	cal_id: z.string(),
	summary: z.string(),
	/** Name and start, for lists to choose from. */
	label: z.string(),
	description: z.string(),
	/** ISO 8601 with the offset of `tz_id`; a date for all-day events. */
	start: z.string(),
	/** Of all-day events the day after the last. */
	end: z.string(),
	is_all_day: z.boolean(),
	tz_id: z.string(),
	location: z.string(),
});
export type EventRow = z.output<typeof event>;

export const todo = z.looseObject({
	evt_id: z.string(),
	original_cal_id: z.string(),
	summary: z.string(),
	/** Name and due date, for lists to choose from. */
	label: z.string(),
	is_done: z.boolean(),
	/** ISO 8601 with the offset of the zone; a date for all-day to-dos; null when there is none. */
	start: z.string().nullable(),
	due: z.string().nullable(),
});
export type TodoRow = z.output<typeof todo>;

/** A moment of a row; for all-day ones the text of the NAS counts, not the epoch (calendar.md 5.4). */
const pointOf = (seconds: unknown, text: unknown, isAllDay: boolean, zone: string): string =>
	isAllDay
		? (dateOfText(String(text ?? '')) ?? isoOf(Number(seconds), 'UTC').slice(0, 10))
		: isoOf(Number(seconds), zone);

/** Dates as people read them: not with T and offset. */
const labelOf = (summary: string, point: string | null): string =>
	point === null ? summary : `${summary} (${point.slice(0, 16).replace('T', ' ')})`;

/** The event as users get it: moments in ISO 8601, the rule as RRULE, reminders in minutes. */
export function eventOf(wire: Wire): EventRow {
	const isAllDay = wire.is_all_day === true;
	const zone = String(wire.tz_id ?? '');
	const {
		dtstart: _s,
		dtend: _e,
		dtstart_string: _ss,
		dtend_string: _es,
		evt_ical: _i,
		repeat_setting: _r,
		extra_info: extra,
		notify_setting: _n,
		...rest
	} = wire;
	const start = pointOf(wire.dtstart, wire.dtstart_string, isAllDay, zone);
	const end = pointOf(wire.dtend, wire.dtend_string, isAllDay, zone);
	const summary = String(wire.summary ?? '');
	return {
		...rest,
		evt_id: String(wire.evt_id ?? ''),
		recurrence_id: String(wire.recurrence_id ?? ''),
		cal_id: String(wire.cal_id ?? wire.original_cal_id ?? ''),
		summary,
		label: labelOf(summary, start),
		description: String(wire.description ?? ''),
		start,
		// One day that comes with the same start and end ends the day after.
		end: isAllDay && end <= start ? dayAfter(start) : end,
		is_all_day: isAllDay,
		tz_id: zone,
		location: [wire.location_info?.name, wire.location_info?.address].filter(Boolean).join(', '),
		rrule: ruleOfWire(wire) ?? '',
		...(wire.is_repeat_evt === true && extra?.repeat_index !== undefined && { repeat_index: extra.repeat_index }),
		reminders: remindersOf(wire),
		...stampsOf(wire),
	};
}

const stampsOf = (wire: Wire): Wire =>
	Object.fromEntries(
		['create_time', 'modify_time']
			.filter((name) => typeof wire[name] === 'number')
			.map((name) => [name, isoOf(wire[name] as number, 'UTC')]),
	);

/** The rule as the iCalendar text has it, which says more than the form of the web API. */
export function ruleOfWire(wire: Wire): string | undefined {
	const text = /^RRULE:(.+(?:\r?\n[ \t].+)*)/m.exec(masterText(String(wire.evt_ical ?? '')))?.[1];
	if (text !== undefined) return text.replace(/\r?\n[ \t]/g, '').trim();
	const setting = (Array.isArray(wire.repeat_setting) ? wire.repeat_setting[0] : wire.repeat_setting) as
		RepeatSetting | undefined;
	if (wire.is_repeat_evt !== true || !setting?.end) return undefined;
	const zone = wire.is_all_day === true ? 'UTC' : isZone(String(wire.tz_id)) ? String(wire.tz_id) : 'UTC';
	const at = DateTime.fromSeconds(Number(wire.extra_info?.main_event_dtstart ?? wire.dtstart), { zone });
	return ruleOfSetting(
		{ ...setting, weekday: setting.weekday ?? [] },
		{ at, zone, isAllDay: wire.is_all_day === true },
	);
}

/** The event that is not an exception. Rules of zones are no rules of events. */
const masterText = (ics: string): string =>
	(ics.match(/^BEGIN:VEVENT[\s\S]*?^END:VEVENT/gm) ?? []).find((one) => !/^RECURRENCE-ID/m.test(one)) ?? '';

/** Minutes before start (or end), or a moment. */
function remindersOf(wire: Wire): Wire[] {
	const rows = (Array.isArray(wire.notify_setting) ? wire.notify_setting : []) as Wire[];
	return rows.map((one) =>
		one.type === 'datetime'
			? { at: isoOf(Number(one.datetime?.utc_seconds ?? 0), 'UTC') }
			: { minutes: -Number(one.duration?.minutes ?? 0), related: String(one.duration?.related ?? 'start') },
	);
}

/** The to-do as users get it. */
export function todoOf(wire: Wire): TodoRow {
	const { dtstart: _s, dtstart_string: _ss, due_string: _ds, evt_cal: _i, notify_setting: _n, ...rest } = wire;
	const isAllDay = wire.is_all_day === true;
	const zone = String(wire.tzid ?? wire.tz_id ?? '');
	const pick = (flag: string, name: string, text: string) =>
		wire[flag] === true ? pointOf(wire[name], wire[text], isAllDay, zone) : null;
	const due = pick('has_end_time', 'due', 'due_string');
	const summary = String(wire.summary ?? '');
	return {
		...rest,
		evt_id: String(wire.evt_id ?? ''),
		original_cal_id: String(wire.original_cal_id ?? wire.cal_id ?? ''),
		summary,
		label: labelOf(summary, due),
		is_done: Number(wire.percent_complete) >= 100,
		start: pick('has_start_time', 'dtstart', 'dtstart_string'),
		due,
		reminders: remindersOf(wire),
		...stampsOf(wire),
	};
}

/**
 * Rows of a list as occurrences within a period. A Calendar that gives the masters of series instead of their occurrences is helped:
 * its rows are expanded from their iCalendar text.
 */
export function occurrencesOf(rows: Wire[], from: number, to: number, zone: string): Wire[] {
	return rows.flatMap((row) => {
		const isMaster = row.is_repeat_evt === true && !row.recurrence_id && row.evt_ical;
		return isMaster ? expanded(row, from, to, zone) : [row];
	});
}

function expanded(row: Wire, from: number, to: number, zone: string): Wire[] {
	try {
		return instancesOf(parseIcs(String(row.evt_ical)), from, to, zone).map((one) => occurrenceRow(row, one));
	} catch {
		return [row];
	}
}

function occurrenceRow(row: Wire, { recurrence_id, index, start, end, component }: Instance): Wire {
	const own = component.hasProperty('recurrence-id');
	const words = (name: string) => String(component.getFirstPropertyValue(name) ?? '');
	return {
		...row,
		...(own && { summary: words('summary'), description: words('description') }),
		recurrence_id,
		dtstart: start.at.toSeconds(),
		dtend: end.at.toSeconds(),
		dtstart_string: start.wall.toICALString().replace(/Z$/, ''),
		dtend_string: end.wall.toICALString().replace(/Z$/, ''),
		extra_info: { ...row.extra_info, repeat_index: index },
	};
}
