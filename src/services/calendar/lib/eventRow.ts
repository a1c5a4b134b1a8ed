import { masterBlockOf, valueIn } from '../../../formats/ical/lines';
import { field, row } from '../../../catalog/row';
import { DateTime } from '../../../vendor/luxon';
import { z } from '../../../vendor/zod';
import { attachment, participant, type WireEvent, type WireReminder } from '../wire';
import { ruleOfSetting } from './ical/rule';
import { dateOfText, dayAfter, isoOf, isZone } from './time';

/** Minutes before the start (or the end), or a moment. */
export const reminder = row({
	minutes: field.number().optional(),
	/** start or end. */
	related: field.text().optional(),
	at: field.seconds().optional(),
});
export type Reminder = z.output<typeof reminder>;

/** An event, or one occurrence of a series, as users get it. */
export const event = row(
	{
		evt_id: field.id(),
		/** Empty for an event that does not repeat. */
		recurrence_id: field.text(),
		cal_id: field.text(),
		original_cal_id: field.text().optional(),
		ical_uid: field.text().optional(),
		summary: field.text(),
		/** Name and start, for lists to choose from. */
		label: field.text(),
		description: field.text(),
		/** ISO 8601 with the offset of `tz_id`; a date for all-day events. */
		start: field.text(),
		/** Of all-day events the day after the last. */
		end: field.text(),
		is_all_day: field.flag(),
		tz_id: field.text(),
		/** Name and address of the place. */
		location: field.text(),
		latitude: field.number().optional(),
		longitude: field.number().optional(),
		color: field.text().optional(),
		/** public, private or confidential. */
		visibility: field.text().optional(),
		/** busy or free. */
		show_as: field.text().optional(),
		/** Recurrence rule of iCalendar; empty for an event that does not repeat. */
		rrule: field.text(),
		/** 1 is the first occurrence. */
		repeat_index: field.number().optional(),
		reminders: z.array(reminder),
		participant: z.array(participant).optional(),
		attachments: z.array(attachment).optional(),
		need_invite_response: field.flag().optional(),
		/** needs_action, accepted, declined or tentative; empty when the account is not invited. */
		invite_status: field.text().optional(),
		is_visible: field.flag().optional(),
		dav_etag: field.text().optional(),
		create_time: field.seconds().optional(),
		modify_time: field.seconds().optional(),
		owner_id: field.id().optional(),
		owner_name: field.text().optional(),
		last_modify_user: field.text().optional(),
		/** The application that the event came from, and the message in it. */
		app: field.text().optional(),
		msg_id: field.id().optional(),
	},
	{
		simple: [
			'evt_id',
			'recurrence_id',
			'cal_id',
			'summary',
			'description',
			'start',
			'end',
			'is_all_day',
			'location',
			'rrule',
		],
	},
);
export type EventRow = z.output<typeof event>;

/** A moment of a row; for all-day ones the text of the NAS counts, not the epoch (calendar.md 5.4). */
export const pointOf = (seconds: number, text: string | undefined, isAllDay: boolean, zone: string): string =>
	isAllDay ? (dateOfText(text ?? '') ?? isoOf(seconds, 'UTC').slice(0, 10)) : isoOf(seconds, zone);

/** Dates as people read them: not with T and offset. */
export const labelOf = (summary: string, point: string | null): string =>
	point === null ? summary : `${summary} (${point.slice(0, 16).replace('T', ' ')})`;

/** The event as users get it: moments in ISO 8601, the rule as RRULE, reminders in minutes. */
export function eventOf(wire: WireEvent): EventRow {
	const {
		dtstart,
		dtend,
		dtstart_string: startText,
		dtend_string: endText,
		evt_ical: _text,
		repeat_setting: _rule,
		extra_info: extra,
		notify_setting: notifications = [],
		location_info: place,
		personal_property: personal,
		from_syno_app_url: link = {},
		...rest
	} = wire;
	const isAllDay = wire.is_all_day === true;
	const zone = wire.tz_id ?? '';
	const start = pointOf(dtstart, startText, isAllDay, zone);
	const end = pointOf(dtend, endText, isAllDay, zone);
	const summary = wire.summary ?? '';
	const index = extra?.repeat_index;
	return {
		...link,
		...rest,
		recurrence_id: wire.recurrence_id ?? '',
		cal_id: wire.cal_id ?? wire.original_cal_id ?? '',
		summary,
		label: labelOf(summary, start),
		description: wire.description ?? '',
		start,
		// One day that comes with the same start and end ends the day after.
		end: isAllDay && end <= start ? dayAfter(start) : end,
		is_all_day: isAllDay,
		tz_id: zone,
		location: [place?.name, place?.address].filter(Boolean).join(', '),
		...coordinatesOf(place?.gps),
		...marksOfText(wire.evt_ical ?? ''),
		rrule: ruleOfWire(wire) ?? '',
		...(wire.is_repeat_evt === true && index !== undefined && { repeat_index: index }),
		reminders: notifications.map(reminderOf),
		...(personal?.is_visible !== undefined && { is_visible: personal.is_visible }),
	};
}

/** What stands in the iCalendar text alone (calendar.md 5.8); what it does not say is public and busy. */
export function marksOfText(ics: string): { visibility?: string; show_as?: 'busy' | 'free' } {
	const master = masterBlockOf(ics);
	if (!master) return {};
	const isFree = valueIn(master, 'TRANSP')?.toUpperCase() === 'TRANSPARENT';
	return { visibility: (valueIn(master, 'CLASS') ?? 'public').toLowerCase(), show_as: isFree ? 'free' : 'busy' };
}

/** -1 and -1 stand for none (calendar.md 5.1). */
function coordinatesOf(gps: { lat?: number | undefined; lng?: number | undefined } | undefined) {
	const { lat, lng } = gps ?? {};
	return lat === undefined || lng === undefined || (lat === -1 && lng === -1) ? {} : { latitude: lat, longitude: lng };
}

/** The rule as the iCalendar text has it, which says more than the form of the web API. */
export function ruleOfWire(wire: WireEvent): string | undefined {
	const text = ruleOfText(wire.evt_ical ?? '');
	if (text !== undefined) return text;
	const { repeat_setting: setting } = wire;
	if (wire.is_repeat_evt !== true || !setting?.end) return undefined;
	const isAllDay = wire.is_all_day === true;
	const named = wire.tz_id ?? '';
	const zone = !isAllDay && isZone(named) ? named : 'UTC';
	const at = DateTime.fromSeconds(wire.extra_info?.main_event_dtstart ?? wire.dtstart, { zone });
	return ruleOfSetting(setting, { at, zone, isAllDay });
}

/** The rule of an event that stands in an iCalendar text; rules of zones and of exceptions are none of it. */
export function ruleOfText(ics: string): string | undefined {
	const master = masterBlockOf(ics);
	return master && valueIn(master, 'RRULE');
}

export const reminderOf = ({ type, datetime, duration }: WireReminder): Reminder =>
	type === 'datetime'
		? { at: isoOf(datetime?.utc_seconds ?? 0, 'UTC') }
		: { minutes: -(duration?.minutes ?? 0), related: duration?.related ?? 'start' };
