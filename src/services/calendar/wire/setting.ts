import { field, row } from '../../../catalog/row';
import { call, repeatable } from '../../../catalog/wire';
import { z } from '../../../vendor/zod';
import { guide, read } from './shapes';

/** Settings of the account (calendar.md 7). */
export const settings = row(
	{
		time_zone: field.text().optional(),
		default_cal: field.id().optional(),
		date_format: field.text().optional(),
		/** 12 or 24. */
		time_format: z.preprocess((value) => (typeof value === 'number' ? String(value) : value), z.string()).optional(),
		/** 0 is Sunday. */
		week_start_day: field.number().optional(),
		default_view: field.text().optional(),
		default_plugin_mode: field.text().optional(),
		default_todo_view_type: field.text().optional(),
		/** Reminder of new events. */
		default_alarm_is_set: field.flag().optional(),
		default_alarm_minutes: field.number().optional(),
		/** Reminder of new all-day events. */
		default_alarm_ad_is_set: field.flag().optional(),
		default_alarm_ad_minutes: field.number().optional(),
		show_week_numbers: field.flag().optional(),
		enable_keyboard_shortcut: field.flag().optional(),
		last_used_map_type: field.text().optional(),
	},
	{
		prefix: ['default_alarm', 'default_alarm_ad', 'default_todo_view'],
		simple: [
			'time_zone',
			'default_cal',
			'date_format',
			'time_format',
			'week_start_day',
			'default_view',
			'default_alarm_is_set',
			'default_alarm_minutes',
		],
	},
);
export type Settings = z.output<typeof settings>;

export const getSettings = call('SYNO.Cal.Setting', 'get', 5, { ...read, answer: settings, source: 'calendar.md 7' });
/** Takes any subset. */
export const setSettings = repeatable(
	call('SYNO.Cal.Setting', 'set', 5, {
		...guide,
		answer: settings,
		source: 'calendar.md 7',
	}),
);
/** Answers even before the account has opened Calendar. */
export const listZones = call('SYNO.Cal.Timezone', 'list', 5, {
	...read,
	list: 'list',
	of: row({ tzid: field.text(), vtimezone: field.text().optional(), active: field.flag().optional() }),
	source: 'calendar.md 7',
});
/** Users and contacts who can be invited. */
export const invitee = row({
	user_name: field.text().optional(),
	display_name: field.text().optional(),
	email: field.text(),
	is_real_email: field.flag().optional(),
	type: field.text().optional(),
	has_set_email: field.flag().optional(),
});
export type Invitee = z.output<typeof invitee>;
export const listInvitees = call('SYNO.Cal.Contact', 'list', 1, {
	...read,
	list: 'list',
	of: invitee,
	source: 'calendar.md 5.7',
});
