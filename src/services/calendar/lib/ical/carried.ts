import { isBlock, masterBlockOf, partsOfLine, propertiesIn } from '../../../../formats/ical/lines';

/** Properties of both, with their parameters: what `set` carries, or the NAS writes itself (calendar.md 5, 6). */
const COMMON: Record<string, readonly string[]> = {
	UID: [],
	DTSTAMP: [],
	CREATED: [],
	'LAST-MODIFIED': [],
	SEQUENCE: [],
	SUMMARY: [],
	DESCRIPTION: [],
	DTSTART: ['TZID', 'VALUE'],
};
/** Those of `Event set` of version 5 beside them. */
const OF_EVENTS: Record<string, readonly string[]> = {
	...COMMON,
	LOCATION: [],
	COLOR: [],
	DTEND: ['TZID', 'VALUE'],
	RRULE: [],
	ORGANIZER: ['CN'],
	ATTENDEE: ['CN', 'PARTSTAT'],
	ATTACH: ['FILENAME', 'FMTTYPE', 'ENCODING', 'VALUE'],
	TRANSP: [],
};
/** Those of `Todo set`. */
const OF_TODOS: Record<string, readonly string[]> = {
	...COMMON,
	DUE: ['TZID', 'VALUE'],
	STATUS: [],
	'PERCENT-COMPLETE': [],
	COMPLETED: [],
};
const OF_ALARMS: Record<string, readonly string[]> = {
	ACTION: [],
	DESCRIPTION: [],
	TRIGGER: ['RELATED', 'VALUE'],
};

/**
 * Whether the web API's form of an event or to-do says all that its iCalendar text says. Else it is written through CalDAV, line by line: `set`
 * wants the whole event, and what it has no field for would be lost. Lines of the NAS itself (`X-SYNO-…`) are its own affair.
 */
export function isCarried(ics: string, kind: 'vevent' | 'vtodo' = 'vevent'): boolean {
	const master = masterBlockOf(ics, kind);
	if (!master) return true;
	const carried = kind === 'vtodo' ? OF_TODOS : OF_EVENTS;
	const alarms = master.inner.filter(isBlock);
	return (
		propertiesIn(master).every((line) => holds(carried, line)) &&
		alarms.every((one) => one.name === 'valarm' && propertiesIn(one).every((line) => holds(OF_ALARMS, line)))
	);
}

function holds(carried: Record<string, readonly string[]>, line: string): boolean {
	const parts = partsOfLine(line);
	if (!parts) return false;
	if (parts.name.startsWith('X-SYNO')) return true;
	const known = carried[parts.name];
	return known !== undefined && parts.parameters.every((one) => known.includes(one) || one.startsWith('X-SYNO'));
}
