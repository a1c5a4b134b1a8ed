import { DsmInputError } from '../../../../core/errors';
import { DAY, wallText } from '../../../../formats/ical/days';
import { pointOf, pointsOf, type Point } from '../../../../formats/ical/points';
import type { Component } from '../../../../formats/ical/text';
import { momentOf, UTC, zoneNamed } from '../../../../formats/ical/zones';
import { ICAL } from '../../../../vendor/ical';

type Property = InstanceType<typeof ICAL.Property>;
export type Side = 'before' | 'from';

/**
 * Side of a cut on which a point lies: `wall` is the cut on the clock of the series. Points may stand in other zones than the series, or
 * as days (calendar.md 7.3): moments are compared, not texts.
 */
const sideOf = (wall: number, zone: string, { isDate, wall: day, seconds }: Point): Side => {
	const isLater = isDate ? day + DAY > wall : seconds >= momentOf(wall, zoneNamed(zone) ?? UTC);
	return isLater ? 'from' : 'before';
};

/**
 * Keeps the deleted, added and changed occurrences of a series on one side of a cut. Throws DsmInputError where a change of earlier
 * occurrences goes on behind the cut.
 */
export function keepSide(master: Component, wall: number, zone: string, side: Side): void {
	const isKept = (point: Point) => sideOf(wall, zone, point) === side;
	for (const name of ['exdate', 'rdate'])
		for (const property of master.getAllProperties(name)) {
			const points = pointsOf(property, zone);
			const [head, values] = [property.toJSON().slice(0, 3), (property.toJSON() as unknown[]).slice(3)];
			const kept = values.filter((_, index) => isKept(points[index]!));
			if (kept.length === values.length) continue;
			master.removeProperty(property);
			if (kept.length > 0) master.addProperty(new ICAL.Property([...head, ...kept] as never));
		}
	const calendar = master.parent as Component;
	for (const one of calendar.getAllSubcomponents('vevent')) {
		const id = one.getFirstProperty('recurrence-id');
		if (!id || isKept(pointsOf(id, zone)[0]!)) continue;
		if (id.getParameter('range') && side === 'from') throw rangeBefore();
		calendar.removeSubcomponent(one);
	}
}

/** Takes all exceptions away: a new rule names other occurrences. */
export function dropExceptions(master: Component): void {
	for (const name of ['exdate', 'rdate']) master.removeAllProperties(name);
	const calendar = master.parent as Component;
	for (const one of calendar.getAllSubcomponents('vevent'))
		if (one.hasProperty('recurrence-id')) calendar.removeSubcomponent(one);
}

/** Puts the first occurrence of a series to a wall clock; zone, length and parameters stay. */
export function moveTo(master: Component, wall: number): void {
	const start = pointOf(master, 'dtstart');
	for (const name of ['dtstart', 'dtend']) {
		const point = pointOf(master, name);
		if (start && point) putAt(master, name, point.wall + wall - start.wall);
	}
}

/** Puts a time to another wall clock of its zone; parameters stay. */
export function putAt(component: Component, name: string, wall: number): void {
	const property = component.getFirstProperty(name);
	if (!property) return;
	component.removeProperty(property);
	component.addProperty(likeTime(property, name, wall, property.toJSON()[1]));
}

/** A time that is written like another: as a day, in UTC, in a zone, or without one. */
export function likeTime(
	property: Property,
	name: string,
	wall: number,
	parameters: unknown = { ...(property.getParameter('tzid') && { tzid: property.getParameter('tzid') }) },
): Property {
	const [, , type, value] = property.toJSON() as unknown[];
	const text = wallText(wall, type === 'date');
	const iso = text.replace(/^(....)(..)(..)/, '$1-$2-$3').replace(/T(..)(..)(..)$/, 'T$1:$2:$3');
	return new ICAL.Property([name, parameters, type, /Z$/i.test(String(value)) ? `${iso}Z` : iso] as never);
}

const rangeBefore = () =>
	new DsmInputError(
		'The series cannot be split here: an earlier change reaches into what follows (RANGE=THISANDFUTURE).',
		{
			path: ['recurrence_id'],
			hint: 'Change the whole series, or one occurrence.',
		},
	);
