import { createHash, randomUUID } from 'node:crypto';
import type { Dsm } from '../../../../core/dsm';
import { ICAL } from '../../../../vendor/ical';
import { DateTime } from '../../../../vendor/luxon';
import { listZones } from '../../wire';
import { parseIcs, type Component } from '../../../../formats/ical/text';

/** What an event is about, in the terms of iCalendar. Absent: left as it is. */
export interface EventText {
	summary?: string | undefined;
	description?: string | undefined;
	location?: string | undefined;
	/** Seconds; for days midnight in UTC. */
	start?: number | undefined;
	end?: number | undefined;
	isAllDay: boolean;
	zone: string;
	/** Empty: no repetition. */
	rrule?: string | undefined;
	/** Minutes before the start. */
	reminders?: readonly number[] | undefined;
	/** Mail addresses; the first one invites. */
	people?: readonly string[] | undefined;
	attachments?: readonly string[] | undefined;
	visibility?: 'public' | 'private' | 'confidential' | undefined;
	show_as?: 'busy' | 'free' | undefined;
}

export const newUid = (): string => `${randomUUID()}@synoflow`;

/** Name of the member of a UID: `<uid>.ics`, without what has a meaning in a path. */
export const memberName = (uid: string): string =>
	/^[\w.@+-]{1,120}$/.test(uid) ? `${uid}.ics` : `${createHash('sha256').update(uid).digest('hex').slice(0, 32)}.ics`;

/** An empty event. */
export function newCalendar(uid: string): { calendar: Component; event: Component } {
	const calendar = new ICAL.Component('vcalendar');
	calendar.updatePropertyWithValue('version', '2.0');
	calendar.updatePropertyWithValue('prodid', '-//Synoflow//Calendar//EN');
	const event = new ICAL.Component('vevent');
	event.updatePropertyWithValue('uid', uid);
	calendar.addSubcomponent(event);
	return { calendar, event };
}

/** Writes what is given into an event. */
export function writeEvent(event: Component, text: EventText, now: number): void {
	writeWords(event, text);
	if (text.start !== undefined) writeTime(event, 'dtstart', text.start, text);
	if (text.end !== undefined) {
		event.removeAllProperties('duration');
		writeTime(event, 'dtend', text.end, text);
	}
	if (text.rrule !== undefined) writeRule(event, text.rrule);
	if (text.reminders) writeAlarms(event, text.reminders, text.summary ?? '');
	if (text.people) writePeople(event, text.people);
	if (text.attachments) {
		event.removeAllProperties('attach');
		for (const url of text.attachments) event.addPropertyWithValue('attach', url);
	}
	if (text.visibility) event.updatePropertyWithValue('class', text.visibility.toUpperCase());
	if (text.show_as) event.updatePropertyWithValue('transp', text.show_as === 'free' ? 'TRANSPARENT' : 'OPAQUE');
	writeStamps(event, now);
}

/** Title, description and place, as far as they are given; empty: none. Parameters stay, but for ALTREP: it says the old text. */
export function writeWords(component: Component, text: Pick<EventText, 'summary' | 'description' | 'location'>): void {
	for (const name of ['summary', 'description', 'location'] as const) {
		if (text[name] === undefined) continue;
		if (text[name] === '') component.removeAllProperties(name);
		else if (component.getFirstPropertyValue(name) !== text[name])
			component.updatePropertyWithValue(name, text[name]).removeParameter('altrep');
	}
}

/** Says that a component was changed now (milliseconds). */
export function writeStamps(event: Component, now: number): void {
	const stamp = ICAL.Time.fromDateTimeString(
		DateTime.fromMillis(now, { zone: 'UTC' }).toFormat("yyyy-MM-dd'T'HH:mm:ss'Z'"),
	);
	event.updatePropertyWithValue('dtstamp', stamp);
	event.updatePropertyWithValue('last-modified', stamp);
	event.updatePropertyWithValue('sequence', Number(event.getFirstPropertyValue('sequence') ?? -1) + 1);
}

type Zoned = Pick<EventText, 'isAllDay' | 'zone'>;

/** Writes a moment in seconds, or a day: midnight in UTC. */
export function writeTime(event: Component, name: string, seconds: number, { isAllDay, zone }: Zoned): void {
	event.removeAllProperties(name);
	const at = DateTime.fromSeconds(seconds, { zone: isAllDay ? 'UTC' : zone });
	addTime(event, name, at.toFormat(isAllDay ? 'yyyyMMdd' : "yyyyMMdd'T'HHmmss"), { isAllDay, zone });
}

/** Adds a property with a wall-clock time like `20260704T100000`. */
function addTime(event: Component, name: string, text: string, { zone }: Zoned): void {
	const property = new ICAL.Property(name);
	const [, year, month, day, hour, minute, second] = (
		/^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d))?/.exec(text) ?? []
	).map(Number) as number[];
	const isDate = text.length === 8;
	if (isDate) property.resetType('date');
	const value = ICAL.Time.fromData(
		isDate
			? { year: year!, month: month!, day: day!, isDate }
			: { year: year!, month: month!, day: day!, hour: hour!, minute: minute!, second: second!, isDate },
	);
	if (!isDate && zone === 'UTC') value.zone = ICAL.Timezone.utcTimezone;
	property.setValue(value);
	if (!isDate && zone !== 'UTC') property.setParameter('tzid', zone);
	event.addProperty(property);
}

/** Empty: the color of the calendar. */
export function writeColor(event: Component, color: string): void {
	if (color === '') event.removeAllProperties('color');
	else event.updatePropertyWithValue('color', color);
}

export function writeRule(event: Component, rrule: string): void {
	event.removeAllProperties('rrule');
	if (rrule === '') return;
	const property = new ICAL.Property('rrule');
	property.setValue(ICAL.Recur.fromString(rrule.replace(/^RRULE:/i, '')));
	event.addProperty(property);
}

export function writeAlarms(event: Component, minutes: readonly number[], summary: string): void {
	event.removeAllSubcomponents('valarm');
	for (const one of minutes) {
		const alarm = new ICAL.Component('valarm');
		alarm.updatePropertyWithValue('action', 'DISPLAY');
		alarm.updatePropertyWithValue('description', summary || 'This is an event reminder');
		alarm.updatePropertyWithValue('trigger', ICAL.Duration.fromSeconds(-one * 60));
		event.addSubcomponent(alarm);
	}
}

/** Lines of those who stay are left as they are: their answers, names and parameters are theirs. */
function writePeople(event: Component, people: readonly string[]): void {
	const addressOf = (value: unknown) =>
		String(value)
			.replace(/^mailto:/i, '')
			.toLowerCase();
	const wanted = new Set(people.map(addressOf));
	for (const name of ['organizer', 'attendee'])
		for (const one of event.getAllProperties(name))
			if (!wanted.has(addressOf(one.getFirstValue()))) event.removeProperty(one);
	const there = new Set(event.getAllProperties('attendee').map((one) => addressOf(one.getFirstValue())));
	if (people[0] !== undefined && !event.hasProperty('organizer'))
		event.addPropertyWithValue('organizer', `mailto:${people[0]}`);
	for (const [index, email] of people.entries()) {
		if (there.has(addressOf(email))) continue;
		const attendee = event.addPropertyWithValue('attendee', `mailto:${email}`);
		attendee.setParameter('partstat', index === 0 ? 'ACCEPTED' : 'NEEDS-ACTION');
		attendee.setParameter('rsvp', 'TRUE');
	}
}

/** Adds the definition of a zone, as the NAS has it, so that every program reads the times alike. */
export async function addZone(dsm: Dsm, calendar: Component, zone: string): Promise<void> {
	const known = calendar.getAllSubcomponents('vtimezone').some((one) => one.getFirstPropertyValue('tzid') === zone);
	if (known || zone === 'UTC') return;
	const row = (await dsm.list(listZones)).find(({ tzid }) => tzid === zone);
	try {
		if (row?.vtimezone) calendar.addSubcomponent(parseIcs(row.vtimezone));
	} catch {
		// A definition that cannot be read is left out: the name of the zone says enough.
	}
}
