import { parse, type Component } from '../../core/ical';
import { ruleFrom, startsBy } from './recurrence';
import {
	DAY,
	durationFrom,
	inZone,
	secondsOf,
	stampAt,
	stampFrom,
	stampOf,
	stampsOf,
	textOf,
	type Local,
	type Stamp,
} from './times';

/** One resource of a calendar: a master with its overrides, or a to-do. */
export interface Parsed {
	kind: 'event' | 'todo';
	uid: string;
	calendar: Component;
	master: Component;
	/** By the text of the recurrence id, on the wall clock of the master. */
	overrides: Map<string, Component>;
}

/** One occurrence of an event. */
export interface Occurrence {
	/** Recurrence id; empty for an event that does not repeat. */
	key: string;
	/** 1 is the first. */
	index: number;
	start: Stamp;
	end: Stamp;
	component: Component;
}

/** Reads one resource; undefined: it is none that a calendar can hold. */
export function parseObject(text: string): Parsed | undefined {
	try {
		return objectOf(parse(text));
	} catch {
		return undefined;
	}
}

function objectOf(calendar: Component): Parsed | undefined {
	if (calendar.name !== 'vcalendar') return undefined;
	const [events, todos] = [calendar.inner('vevent'), calendar.inner('vtodo')];
	const all = events.length > 0 ? events : todos;
	const kind = events.length > 0 ? 'event' : 'todo';
	const uids = new Set(all.map((one) => one.text('uid')));
	const master = all.find((one) => !one.has('recurrence-id')) ?? all[0];
	if (!master || uids.size !== 1 || uids.has('') || (events.length > 0 && todos.length > 0)) return undefined;
	if (kind === 'event' && !all.every((one) => stampOf(one.first('dtstart')))) return undefined;
	// A rule that cannot be read makes no series.
	for (const rule of master.all('rrule')) ruleFrom(rule.value);
	const parsed: Parsed = { kind, uid: [...uids][0]!, calendar, master, overrides: new Map() };
	for (const one of all) {
		const id = one === master ? undefined : stampOf(one.first('recurrence-id'));
		if (id) parsed.overrides.set(textOf(inZone(id, stampOf(master.first('dtstart'))?.zone ?? '').local), one);
	}
	return parsed;
}

export const startOf = (component: Component): Stamp => stampOf(component.first('dtstart'))!;

/** End of an event that begins at a time. A length in days goes by the calendar, one in hours by the clock (RFC 5545, 3.3.6). */
function endFrom(component: Component, start: Stamp): Stamp {
	const { days, seconds } = durationFrom(component.first('duration')?.value ?? '') ?? {
		days: start.local.isDate ? 1 : 0,
		seconds: 0,
	};
	const onDay = { local: { ...start.local, at: start.local.at + days * DAY }, zone: start.zone };
	if (start.local.isDate || seconds === 0) return onDay;
	const exact = secondsOf(onDay) + seconds;
	return { ...stampAt(exact, start.zone), exact };
}

/** DTEND, else DTSTART with DURATION, else a day for a date and nothing for a time (RFC 5545, 3.6.1). */
export const endOf = (component: Component): Stamp =>
	stampOf(component.first('dtend')) ?? endFrom(component, startOf(component));

export const isRepeating = ({ master }: Parsed): boolean => master.has('rrule') || master.has('rdate');

/** Occurrences that overlap `[from, to]` in seconds, in the order of their starts. */
export function occurrences(parsed: Parsed, from: number, to: number): Occurrence[] {
	const overlaps = ({ start, end }: Occurrence) =>
		secondsOf(start) <= to && (secondsOf(end) > from || secondsOf(start) >= from);
	if (!isRepeating(parsed)) return [occurrence(parsed, startOf(parsed.master), '', 1)].filter(overlaps);
	// What is clearly before needs no look at zones: wall clocks are less than a day from UTC.
	const length = endOf(parsed.master).local.at - startOf(parsed.master).local.at;
	const isNear = ({ at }: Local, key: string) => at + length + 2 * DAY >= from || parsed.overrides.has(key);
	const found: Occurrence[] = [];
	for (const { local, key, index } of starts(parsed, to))
		if (isNear(local, key)) found.push(occurrence(parsed, { ...startOf(parsed.master), local }, key, index));
	return found.filter(overlaps).sort((a, b) => secondsOf(a.start) - secondsOf(b.start));
}

/** One occurrence by its recurrence id. */
export function occurrenceAt(parsed: Parsed, key: string): Occurrence | undefined {
	const { zone } = startOf(parsed.master);
	const wanted = isRepeating(parsed) ? stampFrom(key, zone) : undefined;
	if (!wanted) return undefined;
	const one = [...starts(parsed, secondsOf(wanted) + DAY)].find((start) => start.key === key);
	return one && occurrence(parsed, { local: one.local, zone }, key, one.index);
}

function occurrence(parsed: Parsed, start: Stamp, key: string, index: number): Occurrence {
	const changed = parsed.overrides.get(key);
	if (changed) return { key, index, start: startOf(changed), end: endOf(changed), component: changed };
	const { master } = parsed;
	const [first, last] = [startOf(master), stampOf(master.first('dtend'))];
	if (!last) return { key, index, start, end: endFrom(master, start), component: master };
	const length = inZone(last, first.zone).local.at - first.local.at;
	const end = { local: { ...start.local, at: start.local.at + length }, zone: start.zone };
	return { key, index, start, end: inZone(end, last.zone), component: master };
}

interface Start {
	local: Local;
	key: string;
	/** Its place in the series; the excepted ones have none. */
	index: number;
}

/** Starts on the wall clock of the master: rule and extra dates without the exceptions. One that is put off to an earlier day counts. */
function starts({ master, overrides }: Parsed, to: number): Start[] {
	const first = startOf(master);
	const put = [...overrides.keys()].map((key) => stampFrom(key, first.zone)?.local.at ?? 0);
	// Wall clocks are less than a day from UTC.
	const latest = Math.max(to + DAY, ...put);
	const without = new Set(localsOf(master, 'exdate', first).map(textOf));
	const extra = localsOf(master, 'rdate', first).filter(({ at }) => at <= latest);
	const ordered = [...ruled(master, first, latest), ...extra].sort((a, b) => a.at - b.at);
	const byKey = new Map(ordered.map((local) => [textOf(local), local]));
	return [...byKey]
		.filter(([key]) => !without.has(key))
		.map(([key, local], place) => ({ key, local, index: place + 1 }));
}

function ruled(master: Component, first: Stamp, latest: number): Local[] {
	const text = master.first('rrule')?.value;
	if (text === undefined) return [first.local];
	const rule = ruleFrom(text);
	return [...startsBy(rule, first, Math.min(latest, rule.until === undefined ? Infinity : untilOf(rule.until, first)))];
}

/** UNTIL on the wall clock of the start; a date counts to its end. */
function untilOf(text: string, first: Stamp): number {
	const until = stampFrom(text, first.zone)!;
	if (first.local.isDate) return Math.floor(until.local.at / DAY) * DAY;
	return until.local.isDate ? until.local.at + DAY - 1 : inZone(until, first.zone).local.at;
}

const localsOf = (master: Component, name: string, { zone }: Stamp): Local[] =>
	master
		.all(name)
		.flatMap(stampsOf)
		.map((one) => inZone(one, zone).local);
