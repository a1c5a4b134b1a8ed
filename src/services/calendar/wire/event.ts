import { field, row } from '../../../catalog/row';
import { call, repeatable } from '../../../catalog/wire';
import { z } from '../../../vendor/zod';
import { appLink, guide, listOf, objectOf, read, wireReminder } from './shapes';

/** Somebody who organizes or is invited (calendar.md 5.7). */
export const participant = row({
	email: field.text().optional(),
	user_name: field.text().optional(),
	/** organizer or attendee. */
	role: field.text().optional(),
	/** needs_action, accepted, declined or tentative. */
	status: field.text().optional(),
	/** dsm or email. */
	type: field.text().optional(),
	is_real_email: field.flag().optional(),
});
export type Participant = z.output<typeof participant>;

/** A file or link of an event (calendar.md 5.8). */
export const attachment = row({
	/** The address of a link. */
	property_value: field.text().optional(),
	filename: field.text().optional(),
	file_size: field.bytes().optional(),
	fmttype: field.text().optional(),
	is_syno: field.flag().optional(),
});

const wireRepetition = row({
	type: field.text().optional(),
	interval: field.number().optional(),
	weekday: z.array(z.string()).optional(),
	week_start_day: field.text().optional(),
	month_option: field.text().optional(),
	end: row({
		type: field.text().optional(),
		count: field.number().optional(),
		date: field.number().optional(),
	}).optional(),
});
export type WireRepetition = z.output<typeof wireRepetition>;

/**
 * An event, or one occurrence of a series, as it is sent back (calendar.md 5.1): moments in seconds, of all-day events as text. What
 * users get is made of it, in `lib/eventRow.ts`. An event without times is none.
 */
export const wireEvent = row({
	evt_id: field.id(),
	dtstart: field.number(),
	dtend: field.number(),
	/** May be missing where the event was asked for by its UID. */
	cal_id: field.id().optional(),
	original_cal_id: field.id().optional(),
	ical_uid: field.text().optional(),
	dav_etag: field.text().optional(),
	create_time: field.seconds().optional(),
	modify_time: field.seconds().optional(),
	summary: field.text().optional(),
	description: field.text().optional(),
	color: field.text().optional(),
	is_all_day: field.flag().optional(),
	tz_id: field.text().optional(),
	dtstart_string: field.text().optional(),
	dtend_string: field.text().optional(),
	is_repeat_evt: field.flag().optional(),
	repeat_setting: objectOf(wireRepetition),
	recurrence_id: field.text().optional(),
	extra_info: objectOf(
		row({
			main_event_dtstart: field.number().optional(),
			main_event_dtstart_string: field.text().optional(),
			repeat_index: field.number().optional(),
		}),
	),
	notify_setting: listOf(wireReminder),
	participant: listOf(participant),
	need_invite_response: field.flag().optional(),
	invite_status: field.text().optional(),
	location_info: objectOf(
		row({
			name: field.text().optional(),
			address: field.text().optional(),
			gps: row({ lat: field.number().optional(), lng: field.number().optional() }).optional(),
		}),
	),
	attachments: listOf(attachment),
	personal_property: objectOf(row({ is_visible: field.flag().optional() })),
	from_syno_app_url: objectOf(appLink),
	owner_id: field.id().optional(),
	owner_name: field.text().optional(),
	last_modify_user: field.text().optional(),
	/** The whole event as iCalendar text. */
	evt_ical: field.text().optional(),
});
export type WireEvent = z.output<typeof wireEvent>;

/** Series come as their occurrences when both ends of the period are given. */
export const listEvents = call('SYNO.Cal.Event', 'list', 5, {
	...read,
	list: 'list',
	of: wireEvent,
	source: 'calendar.md 5.2',
});
export const getEvent = call('SYNO.Cal.Event', 'get', 5, { ...read, answer: wireEvent, source: 'calendar.md 5.3' });
const writeEvent = { ...guide, answer: wireEvent, source: 'calendar.md 5.3' };
export const createEvent = call('SYNO.Cal.Event', 'create', 5, writeEvent);
/** Replaces everything it takes: what is not sent back is lost. */
export const setEvent = call('SYNO.Cal.Event', 'set', 5, writeEvent);
export const setOccurrence = call('SYNO.Cal.Event', 'subevent_set', 5, writeEvent);
export const setInvitation = call('SYNO.Cal.Event', 'invite_event_set', 5, writeEvent);
export const deleteEvent = repeatable(call('SYNO.Cal.Event', 'delete', 5, { ...guide, source: 'calendar.md 5.3' }), {
	done: [],
});
export const excludeOccurrence = repeatable(
	call('SYNO.Cal.Event', 'set_exdate', 5, { ...guide, source: 'calendar.md 5.3' }),
);
export const setVisible = repeatable(
	call('SYNO.Cal.Event', 'set_personal_property', 5, { ...guide, source: 'calendar.md 5.3' }),
);
/** The names of the parameters are not published. */
export const replyToInvitation = call('SYNO.Cal.Event', 'reply', 1, { basis: 'inferred', source: 'calendar.md 7.2' });
