import type { ICAL } from '../../vendor/ical';
import { DAY, wallOf, wallText } from './days';
import type { Component } from './text';
import { basic, definedZones, momentOf, UTC, wallAt, zoneNamed, type Zone } from './zones';

type Property = InstanceType<typeof ICAL.Property>;

/** A point of the iCalendar text: wall clock, zone and moment in seconds. The zone of a day is UTC. */
export interface Point {
	wall: number;
	seconds: number;
	isDate: boolean;
	zone: Zone;
}

const defined = new WeakMap<Component, Map<string, Zone>>();

function rootOf(component: Component): Component {
	let root = component;
	while (root.parent) root = root.parent as Component;
	return root;
}

/** What a name means within a calendar: its definition there, else what programs mean by it. Throws an Error where nobody knows. */
function zoneFor(component: Component, name: string): Zone {
	const root = rootOf(component);
	const zones = defined.get(root) ?? definedZones(root);
	defined.set(root, zones);
	const zone = zones.get(name) ?? zoneNamed(name);
	if (!zone) throw new Error(`The time zone "${name}" is neither known nor defined in the calendar.`);
	return zone;
}

/** The zone of times without one: that of the file (X-WR-TIMEZONE), else what is given. */
function floatingZone(component: Component, fallback: string): Zone {
	const named = rootOf(component).getFirstPropertyValue('x-wr-timezone');
	return (typeof named === 'string' ? zoneNamed(named) : undefined) ?? zoneNamed(fallback) ?? UTC;
}

export function pointAt(wall: number, isDate: boolean, zone: Zone): Point {
	return { wall, isDate, zone: isDate ? UTC : zone, seconds: isDate ? wall : momentOf(wall, zone) };
}

/** Value and length of a property that may hold periods. */
export interface Period {
	start: Point;
	/** End or duration, as it stands in the text. */
	rest?: string;
}

/** Values of a date property. Throws an Error for one that is no date and time, or of a zone that nobody knows. */
export function periodsOf(property: Property, fallback = 'UTC'): Period[] {
	const { parent: component } = property;
	const named = property.getParameter('tzid');
	return (property.toJSON() as unknown[]).slice(3).map((value) => {
		const [text = '', rest] = (Array.isArray(value) ? value.map(String) : String(value).split('/')).map(basic);
		const read = wallOf(text);
		if (!read) throw new Error(`${property.name.toUpperCase()} is no date and time.`);
		const zone = read.isUtc
			? UTC
			: typeof named === 'string'
				? zoneFor(component, named)
				: floatingZone(component, fallback);
		return { start: pointAt(read.wall, read.isDate, zone), ...(rest !== undefined && { rest }) };
	});
}

export const pointsOf = (property: Property, fallback?: string): Point[] =>
	periodsOf(property, fallback).map(({ start }) => start);

/** The point of a property, DTSTART for example; undefined: it is not there. */
export const pointOf = (component: Component, name: string, fallback?: string): Point | undefined => {
	const property = component.getFirstProperty(name);
	return property ? pointsOf(property, fallback)[0] : undefined;
};

/** The wall clock of a point in another zone; a day is a day everywhere. */
export const wallIn = ({ wall, seconds, isDate }: Point, zone: Zone): number => (isDate ? wall : wallAt(seconds, zone));

/** `20260704T100000`, or `20260704` for a day. */
export const textOfPoint = ({ wall, isDate }: Pick<Point, 'wall' | 'isDate'>): string => wallText(wall, isDate);

/** ISO 8601: a date, or a time with the offset of its zone. */
export function isoOfPoint({ wall, seconds, isDate, zone }: Point): string {
	const [, year, month, date, hour, minute, second] = /^(.{4})(..)(..)T(..)(..)(..)$/.exec(wallText(wall))!;
	if (isDate) return `${year}-${month}-${date}`;
	const offset = zone.offsetAt(seconds);
	const [size, sign] = [Math.abs(offset), offset < 0 ? '-' : '+'];
	const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
	// A time that the change of the clocks leaves out is shown as the clocks show it.
	if (seconds + offset !== wall) return isoOfPoint({ wall: seconds + offset, seconds, isDate, zone });
	return `${year}-${month}-${date}T${hour}:${minute}:${second}${zone.name === 'UTC' ? 'Z' : `${sign}${two(size / 3600)}:${two((size / 60) % 60)}`}`;
}

/** End of a component: DTEND, DURATION, a day, or nothing (RFC 5545, 3.6.1). */
export const endOf = (component: Component, start: Point): Point =>
	pointOf(component, 'dtend', start.zone.name) ??
	after(start, String(component.getFirstPropertyValue('duration') ?? (start.isDate ? 'P1D' : '')));

/** Days of a duration follow the calendar, hours are exact also when the clocks change meanwhile (RFC 5545, 3.3.6). */
export function after(start: Point, duration: string): Point {
	const [, sign, weeks, days, hours, minutes, seconds] =
		/^([+-]?)P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(duration) ?? [];
	const of = (text: string | undefined) => (sign === '-' ? -1 : 1) * Number(text ?? 0);
	const onDay = pointAt(start.wall + (of(weeks) * 7 + of(days)) * DAY, start.isDate, start.zone);
	const length = of(hours) * 3600 + of(minutes) * 60 + of(seconds);
	if (start.isDate || length === 0) return onDay;
	const moment = onDay.seconds + length;
	return { ...onDay, seconds: moment, wall: wallAt(moment, start.zone) };
}
