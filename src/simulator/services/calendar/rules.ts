import type { Component } from '../../core/ical';
import { ruleFrom, SHORT_DAYS as SHORT } from './recurrence';
import { secondsOf, stampAt, stampFrom, textOf, type Local, type Stamp } from './times';

/** `repeat_setting` of version 5 (calendar.md 5.5). */
export interface RepeatSetting {
	type: string;
	interval: number;
	weekday: string[];
	week_start_day: string;
	month_option: string;
	end: { type: string; count: number; date: number };
}

const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const TYPES: Record<string, string> = { DAILY: 'day', WEEKLY: 'week', MONTHLY: 'month', YEARLY: 'year' };
const FREQUENCIES: Record<string, string> = { day: 'DAILY', week: 'WEEKLY', month: 'MONTHLY', year: 'YEARLY' };

/** The form of version 5 for a rule; what it cannot say is left out. */
export function repeatSettingOf(component: Component, start: Stamp): RepeatSetting {
	const text = component.first('rrule')?.value;
	const none = { type: '', count: 0, date: 0 };
	if (text === undefined)
		return { type: '', interval: 1, weekday: [], week_start_day: '', month_option: '', end: { ...none } };
	const rule = ruleFrom(text);
	const type = TYPES[rule.frequency] ?? '';
	const days = rule.weekdays.length > 0 ? rule.weekdays.map(({ day }) => day) : [weekdayOf(start.local)];
	const end = rule.until
		? { ...none, type: 'date', date: secondsOf(stampFrom(rule.until, start.zone)!) }
		: rule.count
			? { ...none, type: 'count', count: rule.count }
			: { ...none, type: 'never' };
	return {
		type,
		interval: rule.interval,
		weekday: type === 'week' ? days.map((day) => DAYS[day]!) : [],
		week_start_day: type === 'week' ? DAYS[rule.weekStart]! : '',
		month_option: type !== 'month' ? '' : rule.weekdays.length > 0 ? 'day_of_week' : 'day_of_month',
		end,
	};
}

const weekdayOf = ({ at }: Local): number => new Date(at * 1000).getUTCDay();
const dateOf = ({ at }: Local): number => new Date(at * 1000).getUTCDate();

/** The rule that a `repeat_setting` stands for; undefined: it is none that can be read. */
export function ruleOf(given: unknown, start: Stamp): string | undefined {
	const setting = (Array.isArray(given) ? given[0] : given) as Partial<RepeatSetting> | undefined;
	const frequency = FREQUENCIES[setting?.type ?? ''];
	if (!setting || !frequency) return undefined;
	const parts = [`FREQ=${frequency}`];
	if (Number(setting.interval ?? 1) > 1) parts.push(`INTERVAL=${Number(setting.interval)}`);
	const { type, count, date } = setting.end ?? { type: '', count: 0, date: 0 };
	if (type === 'count' && Number(count) > 0) parts.push(`COUNT=${Number(count)}`);
	if (type === 'date' && Number(date) > 0) parts.push(`UNTIL=${untilText(Number(date), start)}`);
	const days = (setting.weekday ?? []).map((day) => SHORT[DAYS.indexOf(String(day).toLowerCase())]);
	if (days.includes(undefined)) return undefined;
	if (frequency === 'WEEKLY' && days.length > 0) parts.push(`BYDAY=${days.join(',')}`);
	const { local } = start;
	if (frequency === 'MONTHLY' && setting.month_option === 'day_of_week')
		parts.push(`BYDAY=${Math.ceil(dateOf(local) / 7)}${SHORT[weekdayOf(local)]}`);
	const week = String(setting.week_start_day ?? '').toLowerCase();
	if (frequency === 'WEEKLY' && week !== '') parts.push(`WKST=${SHORT[DAYS.indexOf(week)] ?? 'MO'}`);
	return parts.join(';');
}

/** The end as UNTIL: a date for all-day series, else UTC. */
const untilText = (seconds: number, { zone }: Stamp): string =>
	zone === '' ? textOf(stampAt(seconds, '').local) : `${textOf(stampAt(seconds, 'UTC').local)}Z`;

/** Writes the rule of a series, in place of what was there. */
export function writeRule(component: Component, text: string | undefined): void {
	component.drop('rrule');
	if (text !== undefined) component.add('rrule', text);
}
