import { DsmInputError } from '../../../../core/errors';
import { wallText } from '../../../../formats/ical/days';
import { linesOf } from '../../../../formats/ical/lines';
import { periodsOf, wallIn, type Point } from '../../../../formats/ical/points';
import type { Component } from '../../../../formats/ical/text';
import { ICAL } from '../../../../vendor/ical';

type Property = InstanceType<typeof ICAL.Property>;

const NAMES = ['exdate', 'rdate', 'recurrence-id'];

const hasLine = (ics: string, names: readonly string[]): boolean =>
	linesOf(ics).some(({ text }) => names.includes(/^[\w-]+(?=[;:])/.exec(text)?.[0].toLowerCase() ?? ''));

/** Whether occurrences of an iCalendar text are named by their start: deleted, added or changed ones. */
export const hasExceptions = (ics: string): boolean => hasLine(ics, NAMES);

/** Whether occurrences were added to those of the rule. */
export const hasAdded = (ics: string): boolean => hasLine(ics, ['rdate']);

/**
 * Takes along what refers to the start of a series that was moved: else deleted occurrences come back, and changed ones hang in the air
 * (calendar.md 7.3). Throws DsmInputError where that has no one meaning.
 */
export function moveExceptions(master: Component, before: Point, after: Point): void {
	const events = (master.parent as Component).getAllSubcomponents('vevent');
	const properties = events.flatMap((event) => NAMES.flatMap((name) => event.getAllProperties(name)));
	if (properties.length === 0 || (before.seconds === after.seconds && before.isDate === after.isDate)) return;
	if (before.isDate !== after.isDate) throw refused('a change between days and times');
	for (const one of properties) move(one, before, after);
}

function move(property: Property, before: Point, after: Point): void {
	const periods = periodsOf(property, before.zone.name);
	if (periods.some(({ rest }) => rest !== undefined) || property.getParameter('range'))
		throw refused('a period or a range');
	if (periods.some(({ start }) => start.isDate !== before.isDate)) throw refused('a day among times');
	const texts = periods.map(({ start }) =>
		wallText(wallIn(start, before.zone) + after.wall - before.wall, after.isDate),
	);
	const isUtc = after.zone.name === 'UTC' && !after.isDate;
	const zone = after.isDate || isUtc ? '' : `;TZID=${after.zone.name}`;
	const line = `${property.name.toUpperCase()}${after.isDate ? ';VALUE=DATE' : ''}${zone}:${texts.map((one) => (isUtc ? `${one}Z` : one)).join(',')}`;
	const { parent } = property;
	parent.removeProperty(property);
	parent.addProperty(ICAL.Property.fromString(line));
}

const refused = (what: string) =>
	new DsmInputError(`The start of this series cannot be moved: ${what} stands among its exceptions.`, {
		path: ['start'],
		hint: 'Change this and the following occurrences, or make a new series.',
	});
