import { field, row } from '../../../catalog/row';
import { call, repeatable } from '../../../catalog/wire';
import type { z } from '../../../vendor/zod';
import { appLink, guide, listOf, objectOf, read, wireReminder } from './shapes';

/** A to-do as it is sent back (calendar.md 6). */
export const wireTodo = row({
	evt_id: field.id(),
	original_cal_id: field.id().optional(),
	ical_uid: field.text().optional(),
	dav_etag: field.text().optional(),
	create_time: field.seconds().optional(),
	modify_time: field.seconds().optional(),
	summary: field.text().optional(),
	description: field.text().optional(),
	is_all_day: field.flag().optional(),
	/** Devices name the zone in two ways (calendar.md 14). */
	tzid: field.text().optional(),
	tz_id: field.text().optional(),
	has_start_time: field.flag().optional(),
	dtstart: field.number().optional(),
	dtstart_string: field.text().optional(),
	has_end_time: field.flag().optional(),
	due: field.number().optional(),
	due_string: field.text().optional(),
	/** 0 or 100. */
	percent_complete: field.number().optional(),
	priority_order: field.number().optional(),
	notify_setting: listOf(wireReminder),
	from_syno_app_url: objectOf(appLink),
	owner_id: field.id().optional(),
	owner_name: field.text().optional(),
	last_modify_user: field.text().optional(),
	/** The whole to-do as iCalendar text. */
	evt_cal: field.text().optional(),
});
export type WireTodo = z.output<typeof wireTodo>;

export const listTodos = call('SYNO.Cal.Todo', 'list', 5, {
	...read,
	list: 'list',
	of: wireTodo,
	source: 'calendar.md 6',
});
export const getTodo = call('SYNO.Cal.Todo', 'get', 5, { ...read, answer: wireTodo, source: 'calendar.md 6' });
export const createTodo = call('SYNO.Cal.Todo', 'create', 5, { ...guide, answer: wireTodo, source: 'calendar.md 6' });
export const setTodo = call('SYNO.Cal.Todo', 'set', 5, { ...guide, answer: wireTodo, source: 'calendar.md 6' });
export const deleteTodo = repeatable(call('SYNO.Cal.Todo', 'delete', 5, { ...guide, source: 'calendar.md 6' }), {
	done: [],
});
export const clearTodos = repeatable(call('SYNO.Cal.Todo', 'clean_complete', 1, { ...guide, source: 'calendar.md 6' }));
