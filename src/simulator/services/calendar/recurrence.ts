import { DAY, stampFrom, wall, type Local, type Stamp } from './times';

const FREQUENCIES = ['YEARLY', 'MONTHLY', 'WEEKLY', 'DAILY', 'HOURLY', 'MINUTELY', 'SECONDLY'] as const;
type Frequency = (typeof FREQUENCIES)[number];
export const SHORT_DAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];

/** A recurrence rule (RFC 5545, 3.3.10). */
export interface Rule {
	frequency: Frequency;
	interval: number;
	count: number | undefined;
	/** As it stands in the rule; a time with Z is one of UTC. */
	until: string | undefined;
	/** 0 is Sunday. */
	weekStart: number;
	months: number[];
	yearDays: number[];
	monthDays: number[];
	/** `nth` is 0 for every such day. */
	weekdays: { nth: number; day: number }[];
	hours: number[];
	minutes: number[];
	seconds: number[];
	positions: number[];
}

/** Bounds of the numbers of each part. */
const NUMBERS: Record<string, [least: number, most: number]> = {
	BYMONTH: [1, 12],
	BYYEARDAY: [-366, 366],
	BYMONTHDAY: [-31, 31],
	BYHOUR: [0, 23],
	BYMINUTE: [0, 59],
	BYSECOND: [0, 60],
	BYSETPOS: [-366, 366],
};
const OTHERS = ['FREQ', 'INTERVAL', 'COUNT', 'UNTIL', 'WKST', 'BYDAY'];

/** Reads a rule. Throws an Error for one that is none, or whose parts are not known here (BYWEEKNO). */
export function ruleFrom(text: string): Rule {
	const parts = new Map<string, string>();
	for (const part of text.trim().toUpperCase().split(';')) {
		const [name = '', value] = part.split('=');
		if (value === undefined || parts.has(name)) throw new Error(`"${part}" is no part of a rule`);
		if (!OTHERS.includes(name) && !NUMBERS[name]) throw new Error(`${name} is not known`);
		parts.set(name, value);
	}
	const numbers = (name: string) => {
		const [least, most] = NUMBERS[name]!;
		const values = (parts.get(name)?.split(',') ?? []).map(Number);
		const isGood = (value: number) => Number.isInteger(value) && value >= least && value <= most;
		if (!values.every((value) => isGood(value) && (value !== 0 || least === 0))) throw new Error(`${name} is wrong`);
		return values;
	};
	const natural = (name: string) => {
		const value = parts.get(name);
		if (value !== undefined && !/^0*[1-9]\d*$/.test(value)) throw new Error(`${name} is no number`);
		return value === undefined ? undefined : Number(value);
	};
	const frequency = FREQUENCIES.find((one) => one === parts.get('FREQ'));
	if (!frequency) throw new Error('FREQ is missing');
	const until = parts.get('UNTIL');
	if (until !== undefined && !stampFrom(until, 'UTC')) throw new Error('UNTIL is no date');
	const weekStart = SHORT_DAYS.indexOf(parts.get('WKST') ?? 'MO');
	const weekdays = (parts.get('BYDAY')?.split(',') ?? []).map((one) => {
		const [, nth = '0', day = ''] = /^([+-]?\d{1,2})?([A-Z]{2})$/.exec(one) ?? [];
		return { nth: Number(nth), day: SHORT_DAYS.indexOf(day) };
	});
	if (weekStart < 0 || weekdays.some(({ day }) => day < 0)) throw new Error('a day of the week is none');
	return {
		frequency,
		interval: natural('INTERVAL') ?? 1,
		count: natural('COUNT'),
		until,
		weekStart,
		weekdays,
		months: numbers('BYMONTH'),
		yearDays: numbers('BYYEARDAY'),
		monthDays: numbers('BYMONTHDAY'),
		hours: numbers('BYHOUR'),
		minutes: numbers('BYMINUTE'),
		seconds: numbers('BYSECOND'),
		positions: numbers('BYSETPOS'),
	};
}

/** What is to be known of a day to say whether a rule means it. */
interface Day {
	at: number;
	month: number;
	date: number;
	weekday: number;
	/** Days of its month and year, and its place among them, from 1. */
	monthDays: number;
	yearDay: number;
	yearDays: number;
}

function dayAt(at: number): Day {
	const date = new Date(at * 1000);
	const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + 1];
	return {
		at,
		month,
		date: date.getUTCDate(),
		weekday: date.getUTCDay(),
		monthDays: (wall(year, month + 1, 1) - wall(year, month, 1)) / DAY,
		yearDay: (at - wall(year, 1, 1)) / DAY + 1,
		yearDays: (wall(year + 1, 1, 1) - wall(year, 1, 1)) / DAY,
	};
}

/** Whether one of the numbers names a place among so many; negative ones count from the end. */
const names = (numbers: readonly number[], place: number, many: number): boolean =>
	numbers.length === 0 || numbers.includes(place) || numbers.includes(place - many - 1);

/** Whether a rule means a day of its period. */
function isMeant(rule: Rule, day: Day, first: Day): boolean {
	const { frequency, months, monthDays, yearDays, weekdays } = rule;
	if (!names(months, day.month, 12)) return false;
	if (!names(yearDays, day.yearDay, day.yearDays) || !names(monthDays, day.date, day.monthDays)) return false;
	if (weekdays.length > 0) return weekdays.some((one) => isNth(rule, one, day));
	if (frequency === 'WEEKLY') return day.weekday === first.weekday;
	const isOpen = monthDays.length + yearDays.length === 0;
	if (!isOpen || !['MONTHLY', 'YEARLY'].includes(frequency)) return true;
	// Nothing says which day: it is that of the start, and in a yearly rule without months its month, too.
	return day.date === first.date && (frequency === 'MONTHLY' || months.length > 0 || day.month === first.month);
}

/** `3TU` counts in the month, in a yearly rule without months in the year. */
function isNth({ frequency, months }: Rule, { nth, day: weekday }: Rule['weekdays'][number], day: Day): boolean {
	if (day.weekday !== weekday) return false;
	if (nth === 0 || !['MONTHLY', 'YEARLY'].includes(frequency)) return true;
	const inYear = frequency === 'YEARLY' && months.length === 0;
	const [place, many] = inYear ? [day.yearDay, day.yearDays] : [day.date, day.monthDays];
	return nth > 0 ? Math.ceil(place / 7) === nth : Math.ceil((many - place + 1) / 7) === -nth;
}

/** Start and end of the period so many periods after that of the first day. */
function periodOf({ frequency, interval, weekStart }: Rule, first: Day, round: number): [number, number] {
	const date = new Date(first.at * 1000);
	const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + 1];
	const step = round * interval;
	if (frequency === 'YEARLY') return [wall(year + step, 1, 1), wall(year + step + 1, 1, 1)];
	if (frequency === 'MONTHLY') return [wall(year, month + step, 1), wall(year, month + step + 1, 1)];
	const days = frequency === 'WEEKLY' ? 7 : 1;
	const begin = frequency === 'WEEKLY' ? first.at - ((first.weekday - weekStart + 7) % 7) * DAY : first.at;
	return [begin + step * days * DAY, begin + (step * days + days) * DAY];
}

const UNITS: Partial<Record<Frequency, number>> = { HOURLY: 3600, MINUTELY: 60, SECONDLY: 1 };

/** Times of a period, in order. */
function* timesIn(rule: Rule, start: Local, round: number): Generator<number> {
	const first = dayAt(Math.floor(start.at / DAY) * DAY);
	const unit = UNITS[rule.frequency];
	if (unit !== undefined) {
		const at = start.at + round * rule.interval * unit;
		const clock = new Date(at * 1000);
		const fits =
			isMeant(rule, dayAt(Math.floor(at / DAY) * DAY), first) &&
			(rule.hours.length === 0 || rule.hours.includes(clock.getUTCHours())) &&
			(rule.minutes.length === 0 || rule.minutes.includes(clock.getUTCMinutes()));
		if (fits) yield at;
		return;
	}
	const clock = new Date(start.at * 1000);
	const or = (given: number[], own: number) => (given.length > 0 ? [...given].sort((a, b) => a - b) : [own]);
	const hours = or(rule.hours, clock.getUTCHours());
	const minutes = or(rule.minutes, clock.getUTCMinutes());
	const seconds = or(rule.seconds, clock.getUTCSeconds());
	const [begin, end] = periodOf(rule, first, round);
	for (let at = begin; at < end; at += DAY) {
		if (!isMeant(rule, dayAt(at), first)) continue;
		for (const hour of hours)
			for (const minute of minutes) for (const second of seconds) yield at + hour * 3600 + minute * 60 + second;
	}
}

/** More rounds than any calendar needs: a rule that is never met stops here. */
const MOST_ROUNDS = 100_000;

/** Starts of a series by its rule up to a time of its wall clock, the excluded ones included. */
export function* startsBy(rule: Rule, first: Stamp, to: number): Generator<Local> {
	const { local } = first;
	const last = Math.min(to, wall(2500, 1, 1));
	let count = 0;
	for (let round = 0; round < MOST_ROUNDS; round += 1) {
		const all = [...timesIn(rule, local, round)];
		const picked =
			rule.positions.length === 0 ? all : all.filter((_, index) => names(rule.positions, index + 1, all.length));
		for (const at of picked.filter((one) => one >= local.at)) {
			if (at > last || (rule.count !== undefined && count >= rule.count)) return;
			count += 1;
			yield { at, isDate: local.isDate };
		}
		const step = UNITS[rule.frequency];
		const begin = step === undefined ? periodOf(rule, dayAt(Math.floor(local.at / DAY) * DAY), round)[0] : local.at;
		if (begin > last) return;
	}
}
