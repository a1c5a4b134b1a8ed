import type { Call } from '../../core/call';
import { operation, resource } from '../../catalog/operation';
import { z } from '../../vendor/zod';
import { calls } from './calls';
import { calendarId, event_cal_id, nothing, raw } from './fields';
import { isZone } from './time';

export const listInvitees = operation({
	title: 'List invitees',
	summary: 'Lists users and contacts who can be invited.',
	call: calls.people,
	params: z.object({
		list_dsm_only: z
			.boolean()
			.default(false)
			.meta({ title: 'Only Users', description: 'Whether only users of the NAS are listed' }),
	}),
	page: { items: 'list' },
	result: z.array(z.looseObject({ user_name: z.string(), display_name: z.string(), email: z.string() })),
	readOnly: true,
	basis: 'guide',
});

/** Answers even before the account has opened Calendar (calendar.md 7). */
export const listZones = operation({
	title: 'List time zones',
	summary: 'Lists the time zones that Calendar knows.',
	call: calls.zones,
	params: z.object({}),
	page: { items: 'list' },
	result: z.array(z.looseObject({ tzid: z.string() })),
	readOnly: true,
	basis: 'guide',
});

const settings = z.looseObject({ time_zone: z.string().optional(), default_cal: z.string().optional() });

export const getSettings = operation({
	title: 'Get settings',
	summary: 'Gives the settings of Calendar of the account: time zone, default calendar, view.',
	call: calls.settings,
	params: z.object({}),
	result: settings,
	readOnly: true,
	basis: 'guide',
});

const choice = <const T extends readonly [string, ...string[]]>(
	values: T,
	title: string,
	description: string,
	labels: Record<string, string>,
) => z.enum(values).optional().meta({ title, description, labels, advanced: true });
const alarm = (title: string, description: string) =>
	z
		.object({ is_set: z.boolean(), minutes: z.number().int() })
		.optional()
		.meta({ title, description, placeholder: 'e.g. {"is_set": true, "minutes": 10}', widget: 'json', advanced: true });

/** Takes any subset (calendar.md 7). */
export const updateSettings = operation({
	title: 'Update settings',
	summary: 'Changes settings of Calendar of the account; what is not given stays.',
	call: calls.setSettings,
	params: z.object({
		time_zone: z
			.string()
			.refine(isZone, 'is not a time zone, e.g. Europe/Rome')
			.optional()
			.meta({ title: 'Time Zone', description: 'Zone in which Calendar shows times', placeholder: 'e.g. Europe/Rome' }),
		default_cal: calendarId()
			.optional()
			.meta({ ...event_cal_id.meta(), title: 'Default Calendar', description: 'Calendar of new events' }),
		date_format: choice(['Y-m-d', 'd/m/Y', 'm/d/Y', 'd.m.Y', 'd-m-Y'], 'Date Format', 'How dates are shown', {
			'Y-m-d': '2026-11-22',
			'd/m/Y': '22/11/2026',
			'm/d/Y': '11/22/2026',
			'd.m.Y': '22.11.2026',
			'd-m-Y': '22-11-2026',
		}),
		time_format: choice(['24', '12'], 'Time Format', 'How times are shown', { 24: '24 Hours', 12: '12 Hours' }),
		default_view: choice(['day', 'week', 'month', 'list'], 'View', 'View with which Calendar opens', {
			day: 'Day',
			week: 'Week',
			month: 'Month',
			list: 'List',
		}),
		week_start_day: choice(['0', '1', '6'], 'Week Begins', 'First day of the week', {
			0: 'Sunday',
			1: 'Monday',
			6: 'Saturday',
		}),
		show_week_numbers: z
			.boolean()
			.optional()
			.meta({ title: 'Week Numbers', description: 'Whether weeks are numbered', advanced: true }),
		enable_keyboard_shortcut: z
			.boolean()
			.optional()
			.meta({ title: 'Shortcuts', description: 'Whether shortcuts of the keyboard work', advanced: true }),
		default_alarm: alarm('Reminder', 'Reminder of new events'),
		default_alarm_ad: alarm('Reminder of Days', 'Reminder of new all-day events'),
	}),
	request: ({ week_start_day: day, ...given }) => ({
		...given,
		...(day !== undefined && { week_start_day: Number(day) }),
	}),
	response: (data) => data ?? {},
	result: settings,
	basis: 'guide',
});

/** Calls whose names are known but not their parameters (calendar.md 7.2): everything goes as it is given. */
const unpublished = (title: string, summary: string, call: Call, more: { destructive?: true } = {}) =>
	operation({
		title,
		summary: `${summary} The parameters of this call are not published.`,
		call,
		params: z.object({ params: raw }),
		request: ({ params }) => params,
		response: (data) => data ?? {},
		result: nothing,
		basis: 'inferred',
		...more,
	});

const foreign = (method: string) => ({ api: 'SYNO.Cal.AuthForeign', method, version: 1 }) as const;
const meeting = (method: string) => ({ api: 'SYNO.Cal.Proxy', method, version: 5 }) as const;

export const listForeign = operation({
	title: 'List foreign calendars',
	summary: 'Lists the accounts of foreign calendars, for example of Google, as Calendar gives them.',
	call: foreign('list'),
	params: z.object({ params: raw }),
	request: ({ params }) => params,
	response: (data) => data ?? {},
	result: nothing,
	readOnly: true,
	basis: 'inferred',
});

export const getForeign = operation({
	...listForeign,
	title: 'Get a foreign calendar',
	summary: 'Gives an account of a foreign calendar. The parameters of this call are not published.',
	call: foreign('get'),
});

export const foreignCalendars = resource('Foreign Calendar', {
	fetch: { ...listForeign },
	read: getForeign,
	create: unpublished('Add a foreign calendar', 'Adds an account of a foreign calendar.', foreign('create')),
	update: unpublished('Update a foreign calendar', 'Changes an account of a foreign calendar.', foreign('set')),
	delete: unpublished('Remove a foreign calendar', 'Removes an account of a foreign calendar.', foreign('delete'), {
		destructive: true,
	}),
});

const meetingConfig = operation({
	title: 'Get the meeting server',
	summary: 'Gives the settings of the Jitsi server of Calendar, as Calendar gives them.',
	call: meeting('get_config'),
	params: z.object({}),
	response: (data) => data ?? {},
	result: nothing,
	readOnly: true,
	basis: 'inferred',
});

export const meetings = resource('Meeting', {
	config: meetingConfig,
	rooms: operation({
		...meetingConfig,
		title: 'List meetings',
		summary: 'Gives the Jitsi meetings of the account, as Calendar gives them.',
		call: meeting('jitsi_list'),
	}),
	create: unpublished('Make a meeting', 'Makes a Jitsi meeting, or gives that of an event.', meeting('jitsi')),
});

export const invitees = resource('Invitee', { list: listInvitees });
export const zones = resource('Time Zone', { list: listZones });
export const settingsResource = resource('Setting', { get: getSettings, update: updateSettings });
