import { field, row } from '../../../catalog/row';
import { z } from '../../../vendor/zod';
import type { WireTodo } from '../wire';
import { labelOf, pointOf, reminder, reminderOf } from './eventRow';

/** A to-do as users get it. */
export const todo = row(
	{
		evt_id: field.id(),
		original_cal_id: field.text(),
		ical_uid: field.text().optional(),
		summary: field.text(),
		/** Name and due date, for lists to choose from. */
		label: field.text(),
		description: field.text(),
		is_done: field.flag(),
		/** ISO 8601 with the offset of the zone; a date for all-day to-dos; null when there is none. */
		start: field.text().nullable(),
		due: field.text().nullable(),
		is_all_day: field.flag(),
		tz_id: field.text(),
		/** 0 or 100. */
		percent_complete: field.number().optional(),
		priority_order: field.number().optional(),
		reminders: z.array(reminder),
		dav_etag: field.text().optional(),
		create_time: field.seconds().optional(),
		modify_time: field.seconds().optional(),
		owner_id: field.id().optional(),
		owner_name: field.text().optional(),
		last_modify_user: field.text().optional(),
		/** The application that the to-do came from, and the message in it. */
		app: field.text().optional(),
		msg_id: field.id().optional(),
	},
	{ simple: ['evt_id', 'original_cal_id', 'summary', 'description', 'is_done', 'start', 'due', 'modify_time'] },
);
export type TodoRow = z.output<typeof todo>;

/** The to-do as users get it. */
export function todoOf(wire: WireTodo): TodoRow {
	const {
		dtstart = 0,
		dtstart_string: startText,
		due: dueSeconds = 0,
		due_string: dueText,
		has_start_time: hasStart,
		has_end_time: hasDue,
		evt_cal: _text,
		notify_setting: notifications = [],
		from_syno_app_url: link = {},
		tzid,
		...rest
	} = wire;
	const isAllDay = wire.is_all_day === true;
	const zone = tzid ?? wire.tz_id ?? '';
	const due = hasDue === true ? pointOf(dueSeconds, dueText, isAllDay, zone) : null;
	const summary = wire.summary ?? '';
	return {
		...link,
		...rest,
		original_cal_id: wire.original_cal_id ?? '',
		summary,
		label: labelOf(summary, due),
		description: wire.description ?? '',
		is_done: (wire.percent_complete ?? 0) >= 100,
		start: hasStart === true ? pointOf(dtstart, startText, isAllDay, zone) : null,
		due,
		is_all_day: isAllDay,
		tz_id: zone,
		reminders: notifications.map(reminderOf),
	};
}
