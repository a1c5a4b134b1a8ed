import { ICAL } from '../../core/ical';
import { secondsOf, stampAt, textOf, type Component, type Stamp } from './times';

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
const SHORT = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];
const TYPES: Record<string, string> = { DAILY: 'day', WEEKLY: 'week', MONTHLY: 'month', YEARLY: 'year' };
const FREQUENCIES: Record<string, string> = { day: 'DAILY', week: 'WEEKLY', month: 'MONTHLY', year: 'YEARLY' };

/** The form of version 5 for a rule; what it cannot say is left out. */
export function repeatSettingOf(component: Component, start: Stamp): RepeatSetting {
	const rule = component.getFirstPropertyValue('rrule') as InstanceType<typeof ICAL.Recur> | null;
	const none = { type: '', count: 0, date: 0 };
	if (!rule) return { type: '', interval: 1, weekday: [], week_start_day: '', month_option: '', end: { ...none } };
	const byDay = ((rule.parts as Record<string, unknown[]>).BYDAY ?? []).map(String);
	const type = TYPES[rule.freq] ?? '';
	const weekday = type === 'week' ? byDay.map((day) => DAYS[SHORT.indexOf(day.slice(-2))] ?? '') : [];
	const option = byDay.length > 0 ? 'day_of_week' : 'day_of_month';
	const end = rule.until
		? { ...none, type: 'date', date: untilSeconds(rule.until, start) }
		: rule.count
			? { ...none, type: 'count', count: rule.count }
			: { ...none, type: 'never' };
	return {
		type,
		interval: rule.interval,
		weekday: type === 'week' && weekday.length === 0 ? [DAYS[start.local.dayOfWeek() - 1]!] : weekday,
		week_start_day: type === 'week' ? DAYS[(rule.wkst || 2) - 1]! : '',
		month_option: type === 'month' ? option : '',
		end,
	};
}

function untilSeconds(until: InstanceType<typeof ICAL.Time>, start: Stamp): number {
	const zone = until.isDate ? '' : until.zone?.tzid === 'UTC' ? 'UTC' : start.zone;
	return secondsOf({ local: until, zone });
}

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
		parts.push(`BYDAY=${Math.ceil(local.day / 7)}${SHORT[local.dayOfWeek() - 1]}`);
	const week = String(setting.week_start_day ?? '').toLowerCase();
	if (frequency === 'WEEKLY' && week !== '') parts.push(`WKST=${SHORT[DAYS.indexOf(week)] ?? 'MO'}`);
	return parts.join(';');
}

/** The end as UNTIL: a date for all-day series, else UTC. */
const untilText = (seconds: number, { zone }: Stamp): string =>
	zone === '' ? textOf(stampAt(seconds, '').local) : `${textOf(stampAt(seconds, 'UTC').local)}Z`;

/** Writes the rule of a series, in place of what was there. */
export function writeRule(component: Component, text: string | undefined): void {
	component.removeAllProperties('rrule');
	if (text === undefined) return;
	const property = new ICAL.Property('rrule');
	property.setValue(ICAL.Recur.fromString(text));
	component.addProperty(property);
}
