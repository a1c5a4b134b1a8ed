import { operation, resource } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { calendarId, event_cal_id, whole } from '../fields';
import { isZone } from '../lib/time';
import { getSettings, setSettings } from '../wire';

export const get = operation({
	title: 'Get settings',
	summary: 'Gives the settings of Calendar of the account: time zone, default calendar, view.',
	call: getSettings,
	params: z.object({}),
});

const choice = <const T extends readonly [string, ...string[]]>(
	values: T,
	title: string,
	description: string,
	labels: Record<string, string>,
) => z.enum(values).optional().meta({ title, description, labels, advanced: true });
const alarm = (title: string, description: string) =>
	whole(-1, 43_200)
		.optional()
		.meta({ title, description: `${description}: minutes before the start; -1: none`, advanced: true });
const alarmOf = (minutes: number) => ({ is_set: minutes >= 0, minutes: Math.max(0, minutes) });

export const update = operation({
	title: 'Update settings',
	summary: 'Changes settings of Calendar of the account; what is not given stays.',
	call: setSettings,
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
		default_alarm_minutes: alarm('Reminder', 'Reminder of new events'),
		default_alarm_ad_minutes: alarm('Reminder of Days', 'Reminder of new all-day events'),
	}),
	request: ({ week_start_day: day, default_alarm_minutes: timed, default_alarm_ad_minutes: days, ...given }) => ({
		...given,
		...(day !== undefined && { week_start_day: Number(day) }),
		...(timed !== undefined && { default_alarm: alarmOf(timed) }),
		...(days !== undefined && { default_alarm_ad: alarmOf(days) }),
	}),
});

export const settings = resource('Setting', { get, update });
