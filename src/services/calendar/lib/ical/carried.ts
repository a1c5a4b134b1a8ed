import { blocksOf, isBlock, partsOfLine, propertiesIn } from '../../../../formats/ical/lines';

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
/** Those of `Event set`, `subevent_set` and `set_exdate` of version 5 beside them. */
const OF_EVENTS: Record<string, readonly string[]> = {
	...COMMON,
	LOCATION: [],
	COLOR: [],
	DTEND: ['TZID', 'VALUE'],
	RRULE: [],
	EXDATE: ['TZID', 'VALUE'],
	'RECURRENCE-ID': ['TZID', 'VALUE'],
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
 * Whether the web API's form of an event or to-do says all that its iCalendar text says, that of its exceptions too. Else it is written
 * through CalDAV, line by line: a write of the web API wants the whole thing, and what it has no field for would be lost. Lines of the
 * NAS itself (`X-SYNO-…`) are its own affair.
 */
export function isCarried(ics: string, kind: 'vevent' | 'vtodo' = 'vevent'): boolean {
	const carried = kind === 'vtodo' ? OF_TODOS : OF_EVENTS;
	return blocksOf(ics, kind).every((one) => {
		const alarms = one.inner.filter(isBlock);
		return (
			propertiesIn(one).every((line) => holds(carried, line)) &&
			alarms.every((alarm) => alarm.name === 'valarm' && propertiesIn(alarm).every((line) => holds(OF_ALARMS, line)))
		);
	});
}

function holds(carried: Record<string, readonly string[]>, line: string): boolean {
	const parts = partsOfLine(line);
	if (!parts) return false;
	if (parts.name.startsWith('X-SYNO')) return true;
	// The NAS writes the usual value; it has no parameter for the other one (calendar.md 5.8).
	if (parts.name === 'TRANSP' && parts.value.trim().toUpperCase() !== 'OPAQUE') return false;
	const known = carried[parts.name];
	return known !== undefined && parts.parameters.every((one) => known.includes(one) || one.startsWith('X-SYNO'));
}
