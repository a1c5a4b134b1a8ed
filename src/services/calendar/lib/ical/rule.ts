import { DAY, wallOf } from '../../../../formats/ical/days';
import { checkRule } from '../../../../formats/ical/expand';
import { ruleFrom, WEEKDAYS as SHORT, type Rule } from '../../../../formats/ical/rule';
import { momentOf, UTC, zoneNamed } from '../../../../formats/ical/zones';
import type { DateTime } from '../../../../vendor/luxon';
import type { WireRepetition } from '../../wire';
import { inZone, type When } from '../time';

/** `repeat_setting` of version 5, as it is sent (calendar.md 5.5). */
export interface RepeatSetting extends Record<string, unknown> {
	type: string;
	interval: number;
	weekday: string[];
	week_start_day: string;
	month_option: string;
	end: { type: string; count: number; date: number };
}

export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
const FREQUENCIES = { day: 'DAILY', week: 'WEEKLY', month: 'MONTHLY', year: 'YEARLY' } as const;
type Type = keyof typeof FREQUENCIES;
const TYPES = ['day', 'week', 'month', 'year'] as const satisfies readonly Type[];

/** A repetition in simple fields. */
export interface Repetition {
	type: Type;
	interval: number;
	weekdays: readonly string[];
	monthly: 'day_of_month' | 'day_of_week';
	count?: number | undefined;
	/** Last day or moment. */
	until?: When | undefined;
}

/** The start of a series. */
export interface Start {
	/** On its wall clock. */
	at: DateTime;
	zone: string;
	isAllDay: boolean;
}

/** RRULE of simple fields. */
export function ruleOf({ type, interval, weekdays, monthly, count, until }: Repetition, start: Start): string {
	const parts: string[] = [`FREQ=${FREQUENCIES[type]}`];
	if (interval > 1) parts.push(`INTERVAL=${interval}`);
	if (type === 'week' && weekdays.length > 0) {
		const days = WEEKDAYS.flatMap((day, index) => (weekdays.includes(day) ? [SHORT[index]!] : []));
		parts.push(`BYDAY=${days.join(',')}`);
	}
	if (type === 'month' && monthly === 'day_of_week') parts.push(`BYDAY=${nthWeekday(start.at)}`);
	if (count !== undefined) parts.push(`COUNT=${count}`);
	else if (until) parts.push(`UNTIL=${untilText(lastMoment(until, start), start)}`);
	return parts.join(';');
}

/** `3TU`: which of its weekdays in the month a day is. */
const nthWeekday = ({ day, weekday }: DateTime): string => `${Math.ceil(day / 7)}${SHORT[weekday - 1]}`;

/** A day as the end of a series counts to its last second. */
function lastMoment(until: When, { zone }: Start): DateTime {
	const at = inZone(until, zone);
	return 'date' in until ? at.endOf('day').startOf('second') : at;
}

/** UNTIL as RFC 5545 wants it: a date for days, else UTC. */
export const untilText = (at: DateTime, { isAllDay }: Pick<Start, 'isAllDay'>): string =>
	isAllDay ? at.toFormat('yyyyMMdd') : at.toUTC().toFormat("yyyyMMdd'T'HHmmss'Z'");

/** Reads an RRULE, with or without its name. Throws an Error that says what is wrong, also with one that is never met or takes too long. */
export function readRule(text: string): Rule {
	const rule = ruleFrom(text);
	checkRule(rule);
	return rule;
}

/**
 * The form of the web API for a rule; undefined where it has none, or where the dossier does not confirm one: only an end by date is
 * (calendar.md 5.5). Such a series goes through CalDAV.
 */
export function repeatSettingOf(text: string, start: Start): RepeatSetting | undefined {
	const rule = ruleFrom(text);
	const type = TYPES.find((one) => FREQUENCIES[one] === rule.freq);
	const { byDay, byMonthDay, byMonth, byWeekNo, byYearDay, byHour, byMinute, bySecond, bySetPos } = rule;
	const others = [byMonth, byWeekNo, byYearDay, byHour, byMinute, bySecond, bySetPos].flat();
	const days = byDay.map(({ nth, day }) => `${nth === 0 ? '' : nth}${SHORT[day]}`);
	const { at } = start;
	const isPlain =
		type === 'week'
			? byDay.every(({ nth }) => nth === 0) && byMonthDay.length === 0
			: type === 'month'
				? [...days, ...byMonthDay.map(String)].every((part) => part === nthWeekday(at) || part === String(at.day)) &&
					days.length + byMonthDay.length <= 1
				: days.length + byMonthDay.length === 0;
	if (!type || rule.until === undefined || !isPlain || others.length > 0) return undefined;
	return {
		type,
		interval: rule.interval,
		weekday:
			type === 'week'
				? (byDay.length > 0 ? byDay.map(({ day }) => day) : [at.weekday - 1]).map((day) => WEEKDAYS[day]!)
				: [],
		week_start_day: type === 'week' ? WEEKDAYS[rule.wkst]! : '',
		month_option: type === 'month' ? (days.length > 0 ? 'day_of_week' : 'day_of_month') : '',
		end: { type: 'date', count: 0, date: untilSeconds(rule.until, start) },
	};
}

function untilSeconds(until: string, { zone, isAllDay }: Start): number {
	const { wall, isDate, isUtc } = wallOf(until)!;
	if (isUtc || (isDate && isAllDay)) return wall;
	return momentOf(isDate ? wall + DAY - 1 : wall, zoneNamed(zone) ?? UTC);
}

/** RRULE of a `repeat_setting`, for rows without their iCalendar text. */
export function ruleOfSetting(
	{ type: named, interval = 1, weekday = [], month_option, end = {} }: WireRepetition,
	start: Start,
): string | undefined {
	const type = TYPES.find((one) => one === named);
	if (!type) return undefined;
	const { type: ending, count = 0, date = 0 } = end;
	const repetition: Repetition = {
		type,
		interval: interval || 1,
		weekdays: weekday.map((day) => day.toLowerCase()),
		monthly: month_option === 'day_of_week' ? 'day_of_week' : 'day_of_month',
		...(ending === 'count' && count > 0 && { count }),
		...(ending === 'date' && date > 0 && { until: { at: date * 1000 } }),
	};
	return ruleOf(repetition, start);
}

/** The same rule with another end: before a moment, or after so many occurrences. */
export function withEnd(text: string, end: { until: string } | { count: number }): string {
	const kept = text
		.replace(/^RRULE:/i, '')
		.split(';')
		.filter((part) => !/^(UNTIL|COUNT)=/i.test(part));
	return [...kept, 'until' in end ? `UNTIL=${end.until}` : `COUNT=${end.count}`].join(';');
}

/** COUNT of a rule. */
export const countOf = (text: string): number | undefined => {
	const match = /(?:^|;)COUNT=(\d+)/i.exec(text);
	return match ? Number(match[1]) : undefined;
};
