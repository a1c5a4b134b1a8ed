import { Meter } from '../../core/budget';
import { DAY, wallOf } from './days';
import {
	after,
	endOf,
	periodsOf,
	pointAt,
	pointOf,
	pointsOf,
	textOfPoint,
	wallIn,
	type Period,
	type Point,
} from './points';
import { startsOf } from './recurrence';
import { ruleFrom, type Rule } from './rule';
import type { Component } from './text';
import { wallAt } from './zones';

export interface Instance {
	/** `20230704T100000` on the wall clock of the series; empty for an event that does not repeat. */
	recurrence_id: string;
	/** 1 is the first of the rule; undefined where the earlier ones were not counted, or the rule does not know it. */
	index: number | undefined;
	start: Point;
	end: Point;
	component: Component;
	/** Whether the component is for this occurrence alone, or for it and the later ones from here on. */
	isOwn: boolean;
}

/**
 * Occurrences of one event (master and overrides) that overlap `[from, to]`, in seconds, the earliest first. Rules run on the wall
 * clock of the start, so that a meeting at nine stays at nine when the clocks change. Times without a zone are taken in `fallback`.
 * Throws the error of the budget "recurrence" for a rule that takes too long, and an Error for a text that cannot be understood.
 */
export function instancesOf(calendar: Component, from: number, to: number, fallback = 'UTC'): Instance[] {
	const overlaps = ({ start, end }: Instance) => start.seconds <= to && (end.seconds > from || start.seconds >= from);
	return allOf(calendar, from, to, fallback)
		.filter(overlaps)
		.sort((a, b) => a.start.seconds - b.start.seconds);
}

/**
 * The occurrence that a recurrence id names, and the component that speaks for it: its own, an earlier one with RANGE=THISANDFUTURE, or
 * the master. Undefined: there is none, or it was cancelled.
 */
export const instanceAt = (calendar: Component, recurrence_id: string, fallback = 'UTC'): Instance | undefined => {
	const at = wallOf(recurrence_id)?.wall;
	if (at === undefined) return undefined;
	const wanted = recurrence_id.trim().replace(/Z$/i, '');
	return allOf(calendar, at, at, fallback).find((one) => one.recurrence_id === wanted);
};

function allOf(calendar: Component, from: number, to: number, fallback: string): Instance[] {
	const events = calendar.getAllSubcomponents('vevent');
	const master = events.find((one) => !one.hasProperty('recurrence-id'));
	const start = master && pointOf(master, 'dtstart', fallback);
	const overrides = events.filter((one) => one !== master).flatMap((one) => overrideOf(one, start, fallback));
	const shown = overrides.filter(({ isCancelled }) => !isCancelled);
	if (!master || !start) return shown.map((one) => instanceOf(one, textOfPoint(one.id), undefined));
	if (!['rrule', 'rdate'].some((name) => master.hasProperty(name)) && overrides.length === 0)
		return [{ recurrence_id: '', index: 1, start, end: endOf(master, start), component: master, isOwn: false }];
	return seriesOf({ master, start, overrides, fallback }, from, to);
}

interface Override {
	/** The occurrence that it stands for, on the wall clock of the series. */
	id: Point;
	start: Point;
	isCancelled: boolean;
	/** It stands for the later ones, too (RANGE=THISANDFUTURE). */
	isLasting: boolean;
	component: Component;
}

function overrideOf(component: Component, series: Point | undefined, fallback: string): Override[] {
	const property = component.getFirstProperty('recurrence-id');
	const id = property && pointsOf(property, fallback)[0];
	const start = pointOf(component, 'dtstart', fallback) ?? id;
	if (!property || !id || !start) return [];
	const zone = series?.zone ?? id.zone;
	return [
		{
			id: id.isDate ? id : { ...id, zone, wall: wallAt(id.seconds, zone) },
			start,
			isCancelled: String(component.getFirstPropertyValue('status')).toUpperCase() === 'CANCELLED',
			isLasting: String(property.getParameter('range')).toUpperCase() === 'THISANDFUTURE',
			component,
		},
	];
}

const instanceOf = ({ start, component }: Override, recurrence_id: string, index: number | undefined): Instance => ({
	recurrence_id,
	index,
	start,
	end: endOf(component, start),
	component,
	isOwn: true,
});

interface Series {
	master: Component;
	start: Point;
	overrides: readonly Override[];
	fallback: string;
}

/** A start of the series before overrides are looked at. */
interface Place extends Period {
	index: number | undefined;
}

function seriesOf(series: Series, from: number, to: number): Instance[] {
	const { master, start, overrides } = series;
	const lasting = overrides
		.filter((one) => one.isLasting)
		.map((one) => ({ ...one, endFrom: endsLike(one) }))
		.sort((a, b) => a.id.wall - b.id.wall);
	const endFrom = endsLike({ component: master, start });
	const shiftOf = ({ start: moved, id }: Override) => wallIn(moved, start.zone) - id.wall;
	const lengths = [{ component: master, start }, ...lasting].map(
		(one) => endOf(one.component, one.start).seconds - one.start.seconds,
	);
	const reach = Math.max(0, ...lengths) + Math.max(0, ...lasting.map((one) => Math.abs(shiftOf(one)))) + 2 * DAY;
	const late = Math.max(0, ...lasting.map((one) => -shiftOf(one))) + 2 * DAY;
	const ids = overrides.map(({ id }) => id.wall);
	const places = placesOf(series, Math.min(from - reach, ...ids), Math.max(to + late, ...ids.map((one) => one + DAY)));
	const standsFor = ({ id }: Override, { start: at }: Place) =>
		id.isDate ? sameDay(id.wall, at.wall) : id.seconds === at.seconds;
	const left = new Set(overrides.filter((one) => !one.isCancelled));
	const found: Instance[] = [];
	for (const place of places) {
		const recurrence_id = textOfPoint(place.start);
		const own = overrides.find((one) => standsFor(one, place));
		if (own) {
			left.delete(own);
			if (!own.isCancelled) found.push(instanceOf(own, recurrence_id, place.index));
			continue;
		}
		const last = lasting.filter(({ id }) => id.wall <= place.start.wall).at(-1);
		if (last?.isCancelled) continue;
		const begin = last ? pointAt(place.start.wall + shiftOf(last), start.isDate, start.zone) : place.start;
		const end = place.rest !== undefined ? endOfPeriod(place) : (last?.endFrom ?? endFrom)(begin);
		const speaker = last?.component ?? master;
		found.push({ recurrence_id, index: place.index, start: begin, end, component: speaker, isOwn: false });
	}
	// What the rule does not know was invited by itself, or stayed behind when somebody moved the series.
	for (const one of left) found.push(instanceOf(one, textOfPoint(one.id), undefined));
	return found;
}

const sameDay = (one: number, other: number): boolean => Math.floor(one / DAY) === Math.floor(other / DAY);

const endOfPeriod = ({ start, rest = '' }: Place): Point => {
	const read = wallOf(rest);
	if (!read) return after(start, rest);
	return read.isUtc
		? { ...start, seconds: read.wall, wall: wallAt(read.wall, start.zone) }
		: pointAt(read.wall, read.isDate, start.zone);
};

/** Ends of occurrences that last as long as another: with DTEND on the wall clock, else by its duration. */
function endsLike({ component, start }: { component: Component; start: Point }): (begin: Point) => Point {
	const end = pointOf(component, 'dtend', start.zone.name);
	if (!end) return (begin) => endOf(component, begin);
	const length = wallIn(end, start.zone) - start.wall;
	return (begin) => pointAt(begin.wall + length, begin.isDate, begin.zone);
}

/** Starts of rules and extra dates without the excluded ones, in order. `index` counts the excluded ones, as COUNT does. */
function placesOf({ master, start, fallback }: Series, from: number, to: number): Place[] {
	const rules = (name: string) => master.getAllProperties(name).map((one) => ruleFrom(String(one.getFirstValue())));
	const meter = new Meter('recurrence');
	const [own, extra] = [rules('rrule'), master.getAllProperties('rdate').flatMap((one) => periodsOf(one, fallback))];
	// Where several sources count together, the way to the window cannot be jumped over.
	const isOne = own.length === 1 && extra.length === 0;
	const window = [isOne ? wallAt(from, start.zone) - DAY : -Infinity, wallAt(to, start.zone) + DAY] as const;
	const startsOfRule = (rule: Rule, least = window[0]) => [
		...startsOf(rule, start.wall, Math.max(least, start.wall - DAY), window[1], untilOf(rule, start), meter),
	];
	const places = own.flatMap((rule) =>
		startsOfRule(rule).map(({ wall, index }): Place => ({ start: pointAt(wall, start.isDate, start.zone), index })),
	);
	if (own.length === 0) places.push({ start, index: 1 });
	for (const one of extra)
		places.push({
			...one,
			index: undefined,
			start: { ...one.start, zone: start.zone, wall: wallIn(one.start, start.zone) },
		});
	if (!isOne) numbered(places);
	const excluded = master.getAllProperties('exdate').flatMap((one) => pointsOf(one, fallback));
	const days = new Set(
		excluded.flatMap(({ isDate, wall }) => (isDate || start.isDate ? [Math.floor(wall / DAY)] : [])),
	);
	const moments = new Set(excluded.flatMap(({ isDate, seconds }) => (isDate ? [] : [seconds])));
	const ruledOut = new Set(rules('exrule').flatMap((rule) => startsOfRule(rule).map(({ wall }) => wall)));
	return places.filter(
		({ start: at, index }) =>
			index !== AGAIN && !days.has(Math.floor(at.wall / DAY)) && !moments.has(at.seconds) && !ruledOut.has(at.wall),
	);
}

/** Marks a start that another source gave already. */
const AGAIN = 0;

/** Sorts and counts; a start that comes twice is one. */
function numbered(places: Place[]): void {
	places.sort((a, b) => a.start.seconds - b.start.seconds);
	let [count, last] = [0, NaN];
	for (const one of places) {
		one.index = one.start.seconds === last ? AGAIN : (count += 1);
		last = one.start.seconds;
	}
}

/** UNTIL on the wall clock of the start; a date counts to its end. */
function untilOf({ until }: Rule, start: Point): number | undefined {
	if (until === undefined) return undefined;
	const { wall, isDate, isUtc } = wallOf(until)!;
	if (start.isDate) return Math.floor(wall / DAY) * DAY;
	if (isDate) return wall + DAY - 1;
	return isUtc ? wallAt(wall, start.zone) : wall;
}

/** Dates fall on the same days of the week again after 400 years. */
const CYCLE = wallOf('24240101')!.wall;

/** Throws an Error for a rule that can never be met, the budget's error for one that takes too long to say. */
export function checkRule(rule: Rule): void {
	const first = wallOf('20240101T000000')!.wall;
	const [one] = startsOf({ ...rule, count: 1, until: undefined }, first, first, CYCLE * rule.interval);
	if (!one) throw new Error('can never be met');
}
