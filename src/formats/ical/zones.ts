import { IANAZone } from '../../vendor/luxon';
import { civilOf, DAY, dayNumber, wallOf } from './days';
import { startsOf } from './recurrence';
import { ruleFrom, type Rule } from './rule';
import type { Component } from './text';
import { WINDOWS_ZONES } from './windowsZones';

/** A zone: what is to be added to UTC, in seconds. */
export interface Zone {
	/** IANA name, or the name of a definition that says otherwise than any. */
	name: string;
	offsetAt: (seconds: number) => number;
}

export const UTC: Zone = { name: 'UTC', offsetAt: () => 0 };

/**
 * The moment of a wall clock. One that comes twice is the first, and one that the change of the clocks leaves out is counted from the
 * offset before it (RFC 5545, 3.3.5).
 */
export function momentOf(wall: number, { offsetAt }: Zone): number {
	const [before, after] = [wall - offsetAt(wall - DAY), wall - offsetAt(wall + DAY)];
	const fits = [before, after].filter((one) => one + offsetAt(one) === wall);
	return fits.length > 0 ? Math.min(...fits) : before;
}

export const wallAt = (seconds: number, { offsetAt }: Zone): number => seconds + offsetAt(seconds);

/** No clock is changed there and back within so many seconds. */
const BLOCK = 14 * DAY;

/** Asks once for a block of days in which the clocks do not change: the tables of zones are slow. */
function inBlocks(offsetAt: (seconds: number) => number): (seconds: number) => number {
	const edges = new Map<number, number>();
	const edge = (block: number) => {
		const known = edges.get(block) ?? offsetAt(block * BLOCK);
		edges.set(block, known);
		return known;
	};
	return (seconds) => {
		const block = Math.floor(seconds / BLOCK);
		const offset = edge(block);
		return offset === edge(block + 1) ? offset : offsetAt(seconds);
	};
}

/** Zones that were asked for; there are some hundreds. */
const known = new Map<string, Zone>([['UTC', UTC]]);

/** A zone by its IANA name; undefined: there is none. */
function ianaZone(name: string): Zone | undefined {
	const found = known.get(name);
	if (found || !IANAZone.isValidZone(name)) return found;
	const zone = IANAZone.create(name);
	const offsetAt = (seconds: number) => Math.round(zone.offset(seconds * 1000) * 60);
	const made = { name, offsetAt: inBlocks(offsetAt) };
	known.set(name, made);
	return made;
}

/** A zone by any name that programs write: IANA, with a path before it, or that of Windows; undefined: nobody knows it. */
export function zoneNamed(text: string): Zone | undefined {
	const name = text.trim().replace(/^"|"$|:$/g, '');
	const ends = name.split('/');
	const paths = name.startsWith('/') ? [ends.slice(-2).join('/'), ends.slice(-3).join('/')] : [name];
	for (const path of paths) {
		const found = ianaZone(path);
		if (found) return found;
	}
	const windows = WINDOWS_ZONES.get(name.toLowerCase()) ?? WINDOWS_ZONES.get(name.toLowerCase().replace(/ \d+$/, ''));
	return windows === undefined ? undefined : ianaZone(windows);
}

interface Change {
	at: number;
	before: number;
	after: number;
}

/** How the clocks change: at moments that are known, and by rules without an end. */
interface Definition {
	fixed: Change[];
	endless: { rule: Rule; first: number; before: number; after: number }[];
}

/** The zones that a calendar defines, by name. Those whose definition cannot be read are left out. */
export function definedZones(calendar: Component): Map<string, Zone> {
	const zones = new Map<string, Zone>();
	for (const part of calendar.getAllSubcomponents('vtimezone')) {
		const name = String(part.getFirstPropertyValue('tzid') ?? '');
		const definition = definitionOf(part);
		if (name !== '' && definition.fixed.length > 0) zones.set(name, definedZone(name, definition));
	}
	return zones;
}

/** Where its name means a zone of IANA, that is shown. */
function definedZone(name: string, definition: Definition): Zone {
	const years = new Map<number, Change[]>();
	const offsetAt = (seconds: number) => {
		const { year } = civilOf(Math.floor(seconds / DAY));
		const changes = years.get(year) ?? changesAround(definition, year);
		years.set(year, changes);
		return changes.findLast(({ at }) => at <= seconds)?.after ?? changes[0]!.before;
	};
	return { name: zoneNamed(name)?.name ?? name, offsetAt };
}

/** Changes that are known, and those of a year, the one before and the one after it. */
function changesAround({ fixed, endless }: Definition, year: number): Change[] {
	const [from, to] = [dayNumber(year - 1, 1, 1) * DAY, dayNumber(year + 2, 1, 1) * DAY];
	const ruled = endless.flatMap(({ rule, first, before, after }) =>
		[...startsOf(rule, first, from, to)].map(({ wall }) => ({ at: wall - before, before, after })),
	);
	return [...fixed, ...ruled].sort((a, b) => a.at - b.at);
}

function definitionOf(zone: Component): Definition {
	const definition: Definition = { fixed: [], endless: [] };
	for (const part of [...zone.getAllSubcomponents('standard'), ...zone.getAllSubcomponents('daylight')]) {
		const [before, after] = [offsetOf(part, 'tzoffsetfrom'), offsetOf(part, 'tzoffsetto')];
		const [first] = textsOf(part, 'dtstart').map((one) => wallOf(one)?.wall);
		if (before === undefined || after === undefined || first === undefined) continue;
		const walls = new Set([first, ...textsOf(part, 'rdate').flatMap((one) => wallOf(one)?.wall ?? [])]);
		for (const property of part.getAllProperties('rrule')) {
			const rule = ruleFrom(String(property.getFirstValue()));
			const until = rule.until === undefined ? undefined : wallOf(rule.until)!;
			const last = until && (until.isUtc ? until.wall + before : until.wall);
			if (last === undefined && rule.count === undefined) definition.endless.push({ rule, first, before, after });
			else for (const { wall } of startsOf(rule, first, first, Infinity, last)) walls.add(wall);
		}
		for (const wall of walls) definition.fixed.push({ at: wall - before, before, after });
	}
	return definition;
}

/** Values of a property in the basic form of iCalendar. */
export const textsOf = (component: Component, name: string): string[] =>
	component.getAllProperties(name).flatMap((one) => (one.toJSON() as unknown[]).slice(3).map(basic));

/** `2026-07-04T10:00:00` of jCal as `20260704T100000`. */
export const basic = (value: unknown): string => String(value).replace(/[-:](?=\d)/g, '');

function offsetOf(part: Component, name: string): number | undefined {
	const [, sign, hours, minutes, seconds = '0'] =
		/^([+-]?)(\d\d):?(\d\d):?(\d\d)?$/.exec(String(part.getFirstPropertyValue(name) ?? '')) ?? [];
	if (hours === undefined) return undefined;
	return (sign === '-' ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds));
}
