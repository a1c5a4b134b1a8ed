import { Meter } from '../../core/budget';
import { civilOf, DAY, dayNumber, weekdayOf } from './days';
import type { Frequency, Rule } from './rule';

/** One start of a rule. */
export interface Start {
	/** Wall clock, in seconds as if it showed UTC. */
	wall: number;
	/** 1 is the first of the rule; undefined when the earlier ones were not counted. */
	index: number | undefined;
}

/** Rules end with the year 9999: dates have four digits. */
const END = dayNumber(10_000, 1, 1) * DAY;
/** So much before the window is gone through, to count it; what is longer is jumped over. */
const COUNTED = { days: 30_000, rounds: 2000 };

const UNITS: Partial<Record<Frequency, number>> = { HOURLY: 3600, MINUTELY: 60, SECONDLY: 1 };
const rising = (values: Iterable<number>): number[] => [...new Set(values)].sort((a, b) => a - b);

/** A rule with what the start fills in (RFC 5545, 3.3.10: what is not said comes from DTSTART). */
interface Filled extends Rule {
	first: number;
	times: readonly number[];
	isDayMeant: (day: number) => boolean;
	positions: ReadonlySet<number>;
	/** Days and times that were looked at. */
	meter: Meter;
}

function filled(rule: Rule, first: number, meter: Meter): Filled {
	const day = Math.floor(first / DAY);
	const { month, date } = civilOf(day);
	const { byWeekNo, byYearDay, byMonthDay, byDay } = rule;
	const isOpen = byWeekNo.length + byYearDay.length + byMonthDay.length + byDay.length === 0;
	const own: Rule = {
		...rule,
		...(isOpen && rule.freq === 'YEARLY' && rule.byMonth.length === 0 && { byMonth: [month] }),
		...(isOpen && (rule.freq === 'YEARLY' || rule.freq === 'MONTHLY') && { byMonthDay: [date] }),
		...(isOpen && rule.freq === 'WEEKLY' && { byDay: [{ nth: 0, day: weekdayOf(day) }] }),
	};
	return {
		...own,
		first,
		times: timesOf(own, first - day * DAY),
		isDayMeant: remembered(dayTest(own)),
		positions: new Set(own.bySetPos),
		meter,
	};
}

/** Times of a period, in seconds from its begin: of a day, an hour, a minute. */
function timesOf({ freq, byHour, byMinute, bySecond }: Rule, clock: number): number[] {
	const or = (given: readonly number[], own: number) => (given.length > 0 ? given : [own]);
	// A leap second is shown by no clock here.
	const seconds = freq === 'SECONDLY' ? [0] : or(bySecond, clock % 60).filter((one) => one < 60);
	const minutes = freq === 'SECONDLY' || freq === 'MINUTELY' ? [0] : or(byMinute, Math.floor(clock / 60) % 60);
	const hours = UNITS[freq] ? [0] : or(byHour, Math.floor(clock / 3600));
	return rising(
		hours.flatMap((hour) => minutes.flatMap((minute) => seconds.map((second) => hour * 3600 + minute * 60 + second))),
	);
}

/** Remembers the last answer: hours and minutes ask for the same day again and again. */
function remembered(test: (day: number) => boolean): (day: number) => boolean {
	let [last, answer] = [NaN, false];
	return (day) => {
		if (day !== last) [last, answer] = [day, test(day)];
		return answer;
	};
}

/** Whether a list names a place among so many; negative numbers count from the end. */
const names = (list: ReadonlySet<number>, place: number, many: number): boolean =>
	list.size === 0 || list.has(place) || list.has(place - many - 1);

/** Says of a day number whether the rule means that day. */
function dayTest({ freq, byMonth, byWeekNo, byYearDay, byMonthDay, byDay, wkst }: Rule): (day: number) => boolean {
	const [months, weeks, yearDays, monthDays] = [byMonth, byWeekNo, byYearDay, byMonthDay].map((one) => new Set(one));
	// Numbers before days of the week have a meaning in months and years alone.
	const isNumbered = freq === 'MONTHLY' || freq === 'YEARLY';
	const every = new Set(byDay.filter(({ nth }) => nth === 0 || !isNumbered).map((one) => one.day));
	const numbered = byDay.filter(({ nth }) => nth !== 0 && isNumbered);
	const inYear = freq === 'YEARLY' && byMonth.length === 0;
	return (day) => {
		const { year, month, date } = civilOf(day);
		if (months!.size > 0 && !months!.has(month)) return false;
		const monthLength = dayNumber(year, month + 1, 1) - day + date - 1;
		if (!names(monthDays!, date, monthLength)) return false;
		const [newYear, nextYear] = [dayNumber(year, 1, 1), dayNumber(year + 1, 1, 1)];
		if (!names(yearDays!, day - newYear + 1, nextYear - newYear)) return false;
		if (weeks!.size > 0 && !isInWeek(weeks!, day, year, wkst)) return false;
		if (byDay.length === 0) return true;
		const weekday = weekdayOf(day);
		if (every.has(weekday)) return true;
		const [place, many] = inYear ? [day - newYear + 1, nextYear - newYear] : [date, monthLength];
		return numbered.some(
			(one) =>
				one.day === weekday &&
				(one.nth > 0 ? Math.ceil(place / 7) === one.nth : Math.ceil((many - place + 1) / 7) === -one.nth),
		);
	};
}

/** First day of week 1 of a year: the first week with four days in it. */
function firstWeek(year: number, wkst: number): number {
	const newYear = dayNumber(year, 1, 1);
	const into = (weekdayOf(newYear) - wkst + 7) % 7;
	return into <= 3 ? newYear - into : newYear + 7 - into;
}

/** Weeks belong to the year that has most of their days. */
function isInWeek(weeks: ReadonlySet<number>, day: number, year: number, wkst: number): boolean {
	const own = day < firstWeek(year, wkst) ? year - 1 : day >= firstWeek(year + 1, wkst) ? year + 1 : year;
	const begin = firstWeek(own, wkst);
	return names(weeks, Math.floor((day - begin) / 7) + 1, (firstWeek(own + 1, wkst) - begin) / 7);
}

/** Months since the year 0. */
const monthsOf = ({ year, month }: { year: number; month: number }): number => year * 12 + month - 1;

/** First day of the round, and the first after it. Rounds are years, months, weeks or days, `interval` apart. */
function boundsOf({ freq, interval, wkst, first }: Filled, round: number): [begin: number, end: number] {
	const day = Math.floor(first / DAY);
	const civil = civilOf(day);
	const step = round * interval;
	if (freq === 'YEARLY') return [dayNumber(civil.year + step, 1, 1), dayNumber(civil.year + step + 1, 1, 1)];
	if (freq === 'MONTHLY')
		return [dayNumber(civil.year, civil.month + step, 1), dayNumber(civil.year, civil.month + step + 1, 1)];
	if (freq === 'DAILY') return [day + step, day + step + 1];
	const monday = day - ((weekdayOf(day) - wkst + 7) % 7);
	return [monday + step * 7, monday + step * 7 + 7];
}

/** The last round that begins no later than a day. */
function roundAt({ freq, interval, first, wkst }: Filled, at: number): number {
	const day = Math.floor(first / DAY);
	if (freq === 'YEARLY') return Math.floor((civilOf(at).year - civilOf(day).year) / interval);
	if (freq === 'MONTHLY') return Math.floor((monthsOf(civilOf(at)) - monthsOf(civilOf(day))) / interval);
	if (freq === 'DAILY') return Math.floor((at - day) / interval);
	return Math.floor((at - day + ((weekdayOf(day) - wkst + 7) % 7)) / (7 * interval));
}

/** Walls of one round, in order. */
function wallsIn(rule: Filled, round: number): number[] {
	const [begin, end] = boundsOf(rule, round);
	const found: number[] = [];
	for (let day = begin; day < end; day += 1) {
		if (rule.freq === 'YEARLY' && rule.byMonth.length > 0) {
			const { year, month, date } = civilOf(day);
			if (date === 1 && !rule.byMonth.includes(month)) {
				day = dayNumber(year, month + 1, 1) - 1;
				continue;
			}
		}
		rule.meter.spend();
		if (!rule.isDayMeant(day)) continue;
		rule.meter.spend(rule.times.length);
		for (const time of rule.times) found.push(day * DAY + time);
	}
	return picked(found, rule.positions);
}

/** Those at the positions; negative ones count from the end. */
function picked(walls: number[], positions: ReadonlySet<number>): number[] {
	if (positions.size === 0) return walls;
	return walls.filter((_, index) => names(positions, index + 1, walls.length));
}

function* byRounds(rule: Filled, from: number): Generator<Start> {
	const near = Math.max(0, roundAt(rule, Math.floor(from / DAY)) - 1);
	const begin = rule.count === undefined && boundsOf(rule, near)[0] - boundsOf(rule, 0)[0] > COUNTED.days ? near : 0;
	let index: number | undefined = begin === 0 ? 0 : undefined;
	for (let round = begin; boundsOf(rule, round)[0] * DAY < END; round += 1) {
		for (const wall of wallsIn(rule, round)) {
			if (wall < rule.first) continue;
			if (index !== undefined) index += 1;
			yield { wall, index };
		}
		// Tells the reader how far it is, so that a rule that is never met ends with the window.
		yield { wall: boundsOf(rule, round)[1] * DAY - 1, index: NEVER };
	}
}

/** Stands for the place of no start. */
const NEVER = -1;

/** Rules of hours, minutes and seconds: what is not meant is skipped by days, hours and minutes. */
function* byUnits(rule: Filled, unit: number, from: number): Generator<Start> {
	const { first, byHour, byMinute, bySecond, positions } = rule;
	const step = unit * rule.interval;
	const origin = Math.floor(first / unit) * unit;
	const [hours, minutes, seconds] = [byHour, byMinute, bySecond].map((one) => new Set(one));
	const isPlain = Object.entries(rule).every(([name, value]) => !/^by/.test(name) || (value as unknown[]).length === 0);
	const near = Math.max(0, Math.floor((from - origin) / step) - 1);
	const begin = isPlain || (rule.count === undefined && near > COUNTED.rounds) ? near : 0;
	let index: number | undefined = isPlain ? begin : begin === 0 ? 0 : undefined;
	/** The first round at or after a wall. */
	const after = (wall: number) => Math.ceil((wall - origin) / step);
	for (let round = begin; origin + round * step < END;) {
		const at = origin + round * step;
		rule.meter.spend(1 + rule.times.length);
		const day = Math.floor(at / DAY);
		const clock = at - day * DAY;
		const skip = !rule.isDayMeant(day)
			? DAY
			: hours!.size > 0 && !hours!.has(Math.floor(clock / 3600))
				? 3600
				: unit < 3600 && minutes!.size > 0 && !minutes!.has(Math.floor(clock / 60) % 60)
					? 60
					: unit === 1 && seconds!.size > 0 && !seconds!.has(clock % 60)
						? 1
						: 0;
		if (skip > 0) {
			round = after((Math.floor(at / skip) + 1) * skip);
			yield { wall: origin + round * step - 1, index: NEVER };
			continue;
		}
		for (const time of picked(
			rule.times.map((one) => at + one),
			positions,
		)) {
			if (time < first) continue;
			if (index !== undefined) index += 1;
			yield { wall: time, index };
		}
		round += 1;
		yield { wall: origin + round * step - 1, index: NEVER };
	}
}

/**
 * Starts of a rule within `[from, to]` of the wall clock, in order. `first` is DTSTART, which is a start only where the rule means it.
 * `until` is the last wall clock. Without COUNT the way to the window is jumped over where it is long. Throws
 * the error of the budget "recurrence" where `meter` runs out.
 */
export function* startsOf(
	rule: Rule,
	first: number,
	from: number,
	to: number,
	until = Infinity,
	meter = new Meter('recurrence'),
): Generator<Start> {
	const own = filled(rule, first, meter);
	const unit = UNITS[rule.freq];
	const last = Math.min(to, until);
	for (const { wall, index } of unit === undefined ? byRounds(own, from) : byUnits(own, unit, from)) {
		if (wall > last) return;
		if (index === NEVER) continue;
		if (wall >= from) yield { wall, index };
		if (rule.count !== undefined && index !== undefined && index >= rule.count) return;
	}
}
