import type { Component, Property } from '../../core/ical';

/** A wall-clock time, or a day. */
export interface Local {
	/** Seconds since 1970 on that clock, as if it were one of UTC: additions need no zone. */
	at: number;
	isDate: boolean;
}

/** A moment as a calendar object states it: wall clock and zone; the zone of a date is empty. */
export interface Stamp {
	local: Local;
	zone: string;
	/** Seconds since the epoch, where the wall clock alone does not say which of two moments is meant. */
	exact?: number;
}

export const DAY = 86_400;

/** Zone of times that state none, and of accounts that never chose one. */
export const HOME_ZONE = 'Europe/Rome';

const clocks = new Map<string, Intl.DateTimeFormat>();

/** The wall clock of a zone. Throws a RangeError for one that is unknown. */
function clockOf(zone: string): Intl.DateTimeFormat {
	const known = clocks.get(zone);
	if (known) return known;
	const two = '2-digit';
	const made = new Intl.DateTimeFormat('en-US', {
		timeZone: zone,
		era: 'short',
		...{ year: 'numeric', month: two, day: two, hour: two, minute: two, second: two, hourCycle: 'h23' },
	});
	clocks.set(zone, made);
	return made;
}

export function isZone(name: string): boolean {
	try {
		return name !== '' && clockOf(name) !== undefined;
	} catch {
		return false;
	}
}

/** Seconds on the wall clock of a zone at a moment. */
function wallAt(seconds: number, zone: string): number {
	if (zone === 'UTC') return seconds;
	const parts = clockOf(zone).formatToParts(seconds * 1000);
	const read = (type: string) => Number(parts.find((one) => one.type === type)?.value);
	return wall(read('year'), read('month'), read('day'), read('hour'), read('minute'), read('second'));
}

/** Seconds of a date and time of day; months and days that are too many go on in the next year or month. */
export const wall = (year: number, month: number, day: number, hour = 0, minute = 0, second = 0): number =>
	Date.UTC(year, month - 1, day, hour, minute, second) / 1000;

/**
 * Seconds since the epoch; a date is midnight in UTC (calendar.md 5.4). A time that comes twice is the first one, and one that the
 * change of the clocks leaves out is counted from the offset before it (RFC 5545, 3.3.5).
 */
export function secondsOf({ local: { at, isDate }, zone, exact }: Stamp): number {
	if (exact !== undefined) return exact;
	if (isDate || zone === '' || zone === 'UTC') return at;
	const offsetAt = (seconds: number) => wallAt(seconds, zone) - seconds;
	const [before, after] = [offsetAt(at - DAY), offsetAt(at + DAY)];
	const fitting = [at - before, at - after].filter((seconds) => wallAt(seconds, zone) === at);
	return fitting.length > 0 ? Math.min(...fitting) : at - before;
}

/** The moment on the wall clock of a zone; an empty one makes it a date. */
export function stampAt(seconds: number, zone: string): Stamp {
	if (zone === '') return { local: dayOf({ at: seconds, isDate: false }), zone };
	return { local: { at: wallAt(Math.floor(seconds), zone), isDate: false }, zone };
}

/** The day of a time. */
export const dayOf = ({ at }: Local): Local => ({ at: Math.floor(at / DAY) * DAY, isDate: true });

/** `20230704T100000`, or `20230704` for a date: how a recurrence id names an occurrence. */
export function textOf({ at, isDate }: Local): string {
	const text = new Date(at * 1000).toISOString().replace(/[-:]|\.\d+Z/g, '');
	return isDate ? text.slice(0, 8) : text;
}

/** The moment that `20230704T100000` names in a zone; undefined: no such text. */
export function stampFrom(text: string, zone: string): Stamp | undefined {
	const match = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z?))?$/.exec(text.trim());
	if (!match) return undefined;
	const [year, month, day, hour, minute, second] = match.slice(1, 7).map((one) => Number(one ?? 0)) as Six;
	const local: Local = { at: wall(year, month, day, hour, minute, second), isDate: match[4] === undefined };
	// A date that is none, such as 31 February, would be another one.
	if (second < 60 && textOf(local) !== match[0].replace('Z', '')) return undefined;
	return { local, zone: local.isDate ? '' : match[7] ? 'UTC' : zone };
}
type Six = [number, number, number, number, number, number];

/** A property's first moment; undefined: there is none. */
export const stampOf = (property: Property | undefined): Stamp | undefined => property && stampsOf(property)[0];

/** Moments of a property; a period counts by its start. Times without a zone are those of the home zone, unknown zones UTC. */
export function stampsOf(property: Property): Stamp[] {
	const named = property.param('tzid');
	const zone = named === undefined ? HOME_ZONE : isZone(named) ? named : 'UTC';
	return property.value.split(',').flatMap((value) => stampFrom(value.split('/')[0]!, zone) ?? []);
}

/** The same moment on the wall clock of another zone. */
export const inZone = (given: Stamp, zone: string): Stamp =>
	given.local.isDate || given.zone === zone || zone === '' ? given : stampAt(secondsOf(given), zone);

/** Adds a moment as a property of a component. */
export function addStamp(component: Component, name: string, { local, zone }: Stamp): void {
	if (local.isDate) component.add(name, textOf(local), { value: 'DATE' });
	else if (zone === 'UTC') component.add(name, `${textOf(local)}Z`);
	else component.add(name, textOf(local), zone === '' ? {} : { tzid: zone });
}

/** Writes a moment as a property of a component, in place of what was there. */
export function writeStamp(component: Component, name: string, stamp: Stamp): void {
	component.drop(name);
	addStamp(component, name, stamp);
}

/** A duration of iCalendar: days, which follow the calendar, and seconds, which are exact (RFC 5545, 3.3.6). */
export interface Duration {
	days: number;
	seconds: number;
}

export function durationFrom(text: string): Duration | undefined {
	const match = /^([+-])?P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(text.trim());
	if (!match) return undefined;
	const [weeks, days, hours, minutes, seconds] = match.slice(2).map((one) => Number(one ?? 0)) as Five;
	const sign = match[1] === '-' ? -1 : 1;
	return { days: sign * (weeks * 7 + days), seconds: sign * (hours * 3600 + minutes * 60 + seconds) };
}
type Five = [number, number, number, number, number];
