import { ICAL } from '../../core/ical';
import { inZone, secondsOf, stampOf, stampsOf, textOf, type Component, type Stamp, type Time } from './times';

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
		const calendar = new ICAL.Component(ICAL.parse(text) as never[]);
		if (calendar.name !== 'vcalendar') return undefined;
		const events = calendar.getAllSubcomponents('vevent');
		const todos = calendar.getAllSubcomponents('vtodo');
		const all = events.length > 0 ? events : todos;
		const kind = events.length > 0 ? 'event' : 'todo';
		const uids = new Set(all.map((one) => String(one.getFirstPropertyValue('uid') ?? '')));
		const master = all.find((one) => !one.hasProperty('recurrence-id')) ?? all[0];
		if (!master || uids.size !== 1 || uids.has('') || (events.length > 0 && todos.length > 0)) return undefined;
		if (kind === 'event' && !stampOf(master.getFirstProperty('dtstart'))) return undefined;
		const parsed: Parsed = { kind, uid: [...uids][0]!, calendar, master, overrides: new Map() };
		for (const one of all) {
			const id = one === master ? undefined : stampOf(one.getFirstProperty('recurrence-id'));
			if (id) parsed.overrides.set(textOf(inZone(id, zoneOf(master)).local), one);
		}
		return parsed;
	} catch {
		return undefined;
	}
}

export const startOf = (component: Component): Stamp => stampOf(component.getFirstProperty('dtstart'))!;
const zoneOf = (component: Component): string => stampOf(component.getFirstProperty('dtstart'))?.zone ?? '';

/** DTEND, else DTSTART with DURATION, else a day for a date and nothing for a time (RFC 5545, 3.6.1). */
export function endOf(component: Component): Stamp {
	const start = startOf(component);
	const end = stampOf(component.getFirstProperty('dtend'));
	if (end) return end;
	const local = start.local.clone();
	const duration = component.getFirstPropertyValue('duration') as InstanceType<typeof ICAL.Duration> | null;
	if (duration) local.addDuration(duration);
	else if (local.isDate) local.adjust(1, 0, 0, 0);
	return { local, zone: start.zone };
}

export const isRepeating = ({ master }: Parsed): boolean => master.hasProperty('rrule') || master.hasProperty('rdate');

/** More rounds than any calendar needs: a rule that never ends stops here. */
const MOST_ROUNDS = 50_000;

/** Occurrences that overlap `[from, to]` in seconds, in the order of their starts. */
export function occurrences(parsed: Parsed, from: number, to: number): Occurrence[] {
	const overlaps = ({ start, end }: Occurrence) =>
		secondsOf(start) <= to && (secondsOf(end) > from || secondsOf(start) >= from);
	if (!isRepeating(parsed)) return [occurrence(parsed, startOf(parsed.master), '', 1)].filter(overlaps);
	const found: Occurrence[] = [];
	let index = 0;
	for (const local of starts(parsed, to)) {
		index += 1;
		found.push(occurrence(parsed, { local, zone: startOf(parsed.master).zone }, textOf(local), index));
	}
	return found.filter(overlaps).sort((a, b) => secondsOf(a.start) - secondsOf(b.start));
}

/** One occurrence by its recurrence id. */
export const occurrenceAt = (parsed: Parsed, key: string): Occurrence | undefined =>
	occurrences(parsed, -Infinity, secondsOf(startOf(parsed.master)) + 40 * 366 * 86_400).find((one) => one.key === key);

function occurrence(parsed: Parsed, start: Stamp, key: string, index: number): Occurrence {
	const changed = parsed.overrides.get(key);
	if (changed) return { key, index, start: startOf(changed), end: endOf(changed), component: changed };
	const [first, last] = [startOf(parsed.master), endOf(parsed.master)];
	const end = start.local.clone();
	end.addDuration(inZone(last, first.zone).local.subtractDate(first.local));
	return { key, index, start, end: inZone({ local: end, zone: start.zone }, last.zone), component: parsed.master };
}

/** Starts on the wall clock of the master: rule and extra dates without the exceptions; overrides far outside count, too. */
function* starts({ master, overrides }: Parsed, to: number): Generator<Time> {
	const first = startOf(master);
	const latest = Math.max(to, ...[...overrides.values()].map((one) => secondsOf(startOf(one))));
	const without = new Set(texts(master, 'exdate', first.zone).map(textOf));
	const extra = texts(master, 'rdate', first.zone);
	const limit = (local: Time) => secondsOf({ local, zone: first.zone }) <= latest;
	const seen = new Set<string>();
	for (const local of [...ruled(master, first, limit), ...extra].sort((a, b) => a.compare(b))) {
		const text = textOf(local);
		if (seen.has(text) || without.has(text) || !limit(local)) continue;
		seen.add(text);
		yield local;
	}
}

function ruled(master: Component, first: Stamp, limit: (local: Time) => boolean): Time[] {
	const rule = master.getFirstPropertyValue('rrule') as InstanceType<typeof ICAL.Recur> | null;
	if (!rule) return [first.local];
	const own = ICAL.Recur.fromData(rule.toJSON() as never);
	if (rule.until) own.until = untilOf(rule.until, first);
	const { month, day } = first.local;
	// Years without a 29th of February are left out, which the library does only for a rule that names the day.
	if (rule.freq === 'YEARLY' && Object.keys(rule.parts).length === 0 && month === 2 && day === 29)
		own.parts = { BYMONTH: [2], BYMONTHDAY: [29] };
	const iterator = own.iterator(first.local);
	const found: Time[] = [];
	for (let round = 0; round < MOST_ROUNDS; round += 1) {
		const next = iterator.next() as Time | null;
		if (!next || !limit(next)) break;
		found.push(next.clone());
	}
	return found;
}

/** UNTIL on the wall clock of the start; a date counts to its end. */
function untilOf(until: Time, first: Stamp): Time {
	if (until.isDate || first.local.isDate) {
		const { year, month, day } = until;
		return ICAL.Time.fromData(
			first.local.isDate
				? { year, month, day, isDate: true }
				: { year, month, day, hour: 23, minute: 59, second: 59, isDate: false },
		);
	}
	const isUtc = until.zone?.tzid === 'UTC';
	const { year, month, day, hour, minute, second } = until;
	const local = ICAL.Time.fromData({ year, month, day, hour, minute, second, isDate: false });
	return isUtc ? inZone({ local, zone: 'UTC' }, first.zone).local : local;
}

const texts = (master: Component, name: string, zone: string): Time[] =>
	master
		.getAllProperties(name)
		.flatMap(stampsOf)
		.map((one) => inZone(one, zone).local);
