import { field, row } from '../../../catalog/row';
import { call, repeatable } from '../../../catalog/wire';
import { z } from '../../../vendor/zod';
import { guide, read } from './shapes';

/** A calendar or to-do list (calendar.md 4.1). */
export const wireCalendar = row({
	cal_id: field.id(),
	original_cal_id: field.id().optional(),
	cal_displayname: field.text().optional(),
	cal_description: field.text().optional(),
	/** `#RRGGBB`; old calendars may have an alpha byte behind it. */
	cal_color: field.text().optional(),
	/** event or todo; not every device tells. */
	cal_type: field.text().optional(),
	/** RO or RW. */
	cal_privilege: field.text().optional(),
	default_calendar: field.flag().optional(),
	is_hidden_in_cal: field.flag().optional(),
	is_hidden_in_list: field.flag().optional(),
	notify_alarm_by_browser: field.flag().optional(),
	notify_alarm_by_mail: field.flag().optional(),
	notify_evt_by_browser: field.flag().optional(),
	notify_evt_by_mail: field.flag().optional(),
	notify_import_cal_by_browser: field.flag().optional(),
	notify_import_cal_by_mail: field.flag().optional(),
	original_ug_name: field.text().optional(),
	original_user_no: field.id().optional(),
	cal_public_sharing_id: field.text().optional(),
});
export type WireCalendar = z.output<typeof wireCalendar>;

/** A user or group with whom a calendar is shared. */
export const share = row({
	ug_name: field.text(),
	/** DSM_USER or DSM_GROUP. */
	type: field.text(),
	/** RO or RW. */
	cal_privilege: field.text().optional(),
});
export type Share = z.output<typeof share>;

const wireShare = row({ ug_name: field.text(), cal_privilege: field.text().optional() });

/** By the id of the calendar, which may be that of its owner; one calendar is asked for. */
const shares = z
	.record(
		z.string(),
		z.looseObject({ DSM_USER: z.array(wireShare).optional(), DSM_GROUP: z.array(wireShare).optional() }),
	)
	.transform((calendars): Share[] =>
		Object.values(calendars).flatMap(({ DSM_USER: users = [], DSM_GROUP: groups = [] }) => [
			...users.map((one) => ({ ...one, type: 'DSM_USER' })),
			...groups.map((one) => ({ ...one, type: 'DSM_GROUP' })),
		]),
	);

export const listCalendars = call('SYNO.Cal.Cal', 'list', 5, {
	...read,
	list: ['list', ''],
	of: wireCalendar,
	source: 'calendar.md 4.2',
});
export const getCalendar = call('SYNO.Cal.Cal', 'get', 5, { ...read, answer: wireCalendar, source: 'calendar.md 4.2' });
export const createCalendar = call('SYNO.Cal.Cal', 'create', 5, {
	...guide,
	answer: wireCalendar,
	source: 'calendar.md 4.2',
});
/** Takes all fields back: what is missing is refused. */
export const setCalendar = repeatable(
	call('SYNO.Cal.Cal', 'set', 5, {
		...guide,
		answer: row({ ...wireCalendar.fields, cal_id: field.id().optional() }),
		source: 'calendar.md 4.2',
	}),
);
export const deleteCalendar = repeatable(call('SYNO.Cal.Cal', 'delete', 5, { ...guide, source: 'calendar.md 4.2' }), {
	done: [],
});
/** An error comes as an envelope instead of the file. */
export const exportCalendar = call('SYNO.Cal.Cal', 'export', 1, { ...read, source: 'calendar.md 4.3' });
export const getShares = call('SYNO.Cal.Sharing', 'get', 1, { ...read, answer: shares, source: 'calendar.md 7' });
/** Replaces all shares by those that are sent. */
export const setShares = repeatable(call('SYNO.Cal.Sharing', 'set', 1, { ...guide, source: 'calendar.md 7' }));
export const listShareTargets = call('SYNO.Cal.Share.Priv', 'list', 1, {
	basis: 'capture',
	readOnly: true,
	list: 'list',
	of: row({ name: field.text(), type: field.text().optional(), uid: field.id().optional() }),
	source: 'calendar.md 7',
});
