import { ICAL } from '../../../../vendor/ical';
import { DateTime } from '../../../../vendor/luxon';
import { isZone } from '../time';
import { masterOf, type Component } from './text';

type Property = InstanceType<typeof ICAL.Property>;
type Time = InstanceType<typeof ICAL.Time>;

/** A point of the iCalendar text: wall clock and zone; for a day the zone is UTC. */
export interface Point {
	wall: Time;
	at: DateTime;
	isDate: boolean;
	zone: string;
}

export interface Instance {
	/** `20230704T100000` on the wall clock of the series; empty for an event that does not repeat. */
	recurrence_id: string;
	/** 1 is the first of the rule. */
	index: number;
	start: Point;
	end: Point;
	component: Component;
}

/** Value of a date property. Times without a zone are taken in `fallback`, unknown zones as UTC. */
export function pointsOf(property: Property, fallback = 'UTC'): Point[] {
	const named = property.getParameter('tzid');
	return (property.getValues() as Time[]).map((value) => {
		const zone = value.isDate
			? 'UTC'
			: typeof named === 'string'
				? isZone(named)
					? named
					: 'UTC'
				: value.zone?.tzid === 'UTC'
					? 'UTC'
					: fallback;
		return point(value, zone);
	});
}

function point({ year, month, day, hour, minute, second, isDate }: Time, zone: string): Point {
	const time = isDate ? { hour: 0, minute: 0, second: 0 } : { hour, minute, second };
	const wall = ICAL.Time.fromData({ year, month, day, ...time, isDate });
	const at = DateTime.fromObject({ year, month, day, ...time }, { zone });
	// The first of two equal wall-clock times (RFC 5545, 3.3.5).
	return { wall, at: at.getPossibleOffsets()[0] ?? at, isDate, zone };
}

export const pointOf = (component: Component, name: string, fallback?: string): Point | undefined => {
	const property = component.getFirstProperty(name);
	return property ? pointsOf(property, fallback)[0] : undefined;
};

/** The wall clock of a point in another zone. */
export function wallIn({ wall, at, isDate, zone }: Point, other: string): Time {
	if (isDate || zone === other) return wall;
	return wallAt(at.setZone(other));
}

const keyOf = ({ wall, isDate }: Pick<Point, 'wall' | 'isDate'>): string =>
	wall
		.toICALString()
		.replace(/Z$/, '')
		.slice(0, isDate ? 8 : 15);

/** End of a component: DTEND, DURATION, a day, or nothing (RFC 5545, 3.6.1). */
export const endOf = (component: Component, start: Point): Point =>
	pointOf(component, 'dtend', start.zone) ?? endFrom(component, start);

/** Days of a duration follow the calendar, hours are exact also when the clocks change meanwhile (RFC 5545, 3.3.6). */
function endFrom(component: Component, start: Point): Point {
	const duration = component.getFirstPropertyValue('duration') as InstanceType<typeof ICAL.Duration> | null;
	const { weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0, isNegative = false } = duration ?? {};
	const sign = isNegative ? -1 : 1;
	const wall = start.wall.clone();
	wall.adjust(sign * (weeks * 7 + days) + (start.isDate && !duration ? 1 : 0), 0, 0, 0);
	const onDay = point(wall, start.zone);
	const length = sign * (hours * 3600 + minutes * 60 + seconds);
	if (start.isDate || length === 0) return onDay;
	const at = onDay.at.plus({ seconds: length });
	return { ...onDay, at, wall: wallAt(at) };
}

const wallAt = ({ year, month, day, hour, minute, second }: DateTime): Time =>
	ICAL.Time.fromData({ year, month, day, hour, minute, second, isDate: false });

/** Rounds after which an endless rule is left. */
const MOST_ROUNDS = 50_000;

/**
 * Occurrences of one event (master and overrides) that overlap `[from, to]`, in seconds, the earliest first. Rules run on the wall
 * clock of the start, so that a meeting at nine stays at nine when the clocks change.
 */
export function instancesOf(calendar: Component, from: number, to: number, fallback = 'UTC'): Instance[] {
	const events = calendar.getAllSubcomponents('vevent');
	const master = masterOf(events);
	const start = master && pointOf(master, 'dtstart', fallback);
	if (!master || !start) return [];
	const overlaps = (one: Instance) => {
		const [first, last] = [one.start.at.toSeconds(), one.end.at.toSeconds()];
		return first <= to && (last > from || first >= from);
	};
	if (!master.hasProperty('rrule') && !master.hasProperty('rdate')) {
		const only = { recurrence_id: '', index: 1, start, end: endOf(master, start), component: master };
		return [only].filter(overlaps);
	}
	const others = new Map(
		events
			.filter((one) => one !== master)
			.flatMap((one) => {
				const id = pointOf(one, 'recurrence-id', fallback);
				return id ? [[keyOf({ wall: wallIn(id, start.zone), isDate: start.isDate }), one] as const] : [];
			}),
	);
	const isEnding = master.hasProperty('dtend');
	const length = wallIn(endOf(master, start), start.zone).subtractDate(start.wall);
	return walls(master, start, to)
		.map(({ wall, index }): Instance => {
			const recurrence_id = keyOf({ wall, isDate: start.isDate });
			const own = others.get(recurrence_id);
			const begin = (own && pointOf(own, 'dtstart', fallback)) ?? point(wall, start.zone);
			const last = wall.clone();
			last.addDuration(length);
			return {
				recurrence_id,
				index,
				start: begin,
				end: own || !isEnding ? endOf(own ?? master, begin) : point(last, start.zone),
				component: own ?? master,
			};
		})
		.filter(overlaps)
		.sort((a, b) => a.start.at.toSeconds() - b.start.at.toSeconds());
}

/** Starts of rule and extra dates without the excluded ones. `index` counts the excluded ones, as COUNT does. */
function walls(master: Component, start: Point, to: number): { wall: Time; index: number }[] {
	const wallsOf = (name: string) =>
		master.getAllProperties(name).flatMap((one) => pointsOf(one, start.zone).map((value) => wallIn(value, start.zone)));
	const excluded = new Set(wallsOf('exdate').map((wall) => keyOf({ wall, isDate: start.isDate })));
	const ruled = ruledWalls(master, start, to);
	const seen = new Set<string>();
	return [...ruled, ...wallsOf('rdate')]
		.sort((a, b) => a.compare(b))
		.filter((wall) => {
			const key = keyOf({ wall, isDate: start.isDate });
			return seen.size < seen.add(key).size;
		})
		.map((wall, index) => ({ wall, index: index + 1 }))
		.filter(({ wall }) => !excluded.has(keyOf({ wall, isDate: start.isDate })));
}

function ruledWalls(master: Component, start: Point, to: number): Time[] {
	const rule = master.getFirstPropertyValue('rrule') as InstanceType<typeof ICAL.Recur> | null;
	if (!rule) return [start.wall];
	const own = ICAL.Recur.fromData(rule.toJSON() as never);
	if (own.until) own.until = untilWall(own.until, start);
	// The library moves a yearly 29th of February to the 1st of March; there is none in other years (RFC 5545, 3.3.10).
	if (own.freq === 'YEARLY' && Object.keys(own.parts).length === 0 && start.wall.month === 2 && start.wall.day === 29)
		own.parts = { BYMONTH: [2], BYMONTHDAY: [29] };
	const iterator = own.iterator(start.wall.clone());
	const found: Time[] = [];
	for (let round = 0; round < MOST_ROUNDS; round += 1) {
		const next = iterator.next() as Time | null;
		// An occurrence that was put off to an earlier day may stand for a later one of the rule: a month more is looked at.
		if (!next || point(next, start.zone).at.toSeconds() > to + 31 * 86_400) break;
		found.push(next.clone());
	}
	return found;
}

/** UNTIL on the wall clock of the start. */
function untilWall(until: Time, start: Point): Time {
	const { year, month, day } = until;
	if (start.isDate) return ICAL.Time.fromData({ year, month, day, isDate: true });
	if (until.isDate) return ICAL.Time.fromData({ year, month, day, hour: 23, minute: 59, second: 59, isDate: false });
	return wallIn(point(until, until.zone?.tzid === 'UTC' ? 'UTC' : start.zone), start.zone);
}
