import type { Dsm } from '../../../core/dsm';
import { DsmInputError, isDsmError } from '../../../core/errors';
import type { WireEvent } from '../wire';
import { instancesOf, type Instance } from '../../../formats/ical/expand';
import { textOfPoint } from '../../../formats/ical/points';
import { parseIcs, wordsOf } from '../../../formats/ical/text';
import { eventRows, nasNow, zoneOf } from './reads';
import { DAY_MS, inZone, type When } from './time';

interface Period {
	start?: When | undefined;
	end?: When | undefined;
	tz_id: string;
}

/** Seconds of a period; from now on when no start is given. Throws DsmInputError for one that ends before it begins. */
export async function boundsOf(
	dsm: Dsm,
	{ start, end, tz_id }: Period,
	days = 30,
): Promise<{ start: number; end: number; zone: string }> {
	const zone = await zoneOf(dsm, tz_id);
	const from = start ? inZone(start, zone).toMillis() : await nasNow(dsm);
	const to = end ? inZone(end, zone).toMillis() : from + days * DAY_MS;
	if (to <= from) throw new DsmInputError('The period ends before it begins.', { path: ['end'] });
	return { start: Math.floor(from / 1000), end: Math.floor(to / 1000), zone };
}

/** Occurrences of a period, the earliest first: the order of the NAS is not documented. */
export async function occurrences(
	dsm: Dsm,
	given: Period & { calendars: string[]; keyword?: string; more?: Record<string, unknown> },
	days?: number,
): Promise<WireEvent[]> {
	const { start, end, zone } = await boundsOf(dsm, given, days);
	const { calendars, keyword = '', more = {} } = given;
	const rows = await eventRows(dsm, { calendars, start, end, keyword, more });
	return occurrencesOf(rows, start, end, zone).sort((a, b) => a.dtstart - b.dtstart);
}

/**
 * Rows of a list as occurrences within a period. A Calendar that gives the masters of series instead of their occurrences is helped:
 * its rows are expanded from their iCalendar text.
 */
export function occurrencesOf(rows: readonly WireEvent[], from: number, to: number, zone: string): WireEvent[] {
	return rows.flatMap((row) => {
		const isMaster = row.is_repeat_evt === true && !row.recurrence_id && row.evt_ical;
		return isMaster ? expanded(row, row.evt_ical ?? '', from, to, zone) : [row];
	});
}

function expanded(row: WireEvent, text: string, from: number, to: number, zone: string): WireEvent[] {
	try {
		return instancesOf(parseIcs(text), from, to, zone).map((one) => occurrenceRow(row, one));
	} catch (error) {
		// What a budget cuts short is said: an empty list would pass for one without occurrences.
		if (isDsmError(error)) throw error;
		return [row];
	}
}

function occurrenceRow(row: WireEvent, { recurrence_id, index, start, end, component }: Instance): WireEvent {
	const own = component.hasProperty('recurrence-id');
	return {
		...row,
		...(own && { summary: wordsOf(component, 'summary'), description: wordsOf(component, 'description') }),
		recurrence_id,
		dtstart: start.seconds,
		dtend: end.seconds,
		dtstart_string: textOfPoint(start),
		dtend_string: textOfPoint(end),
		extra_info: { ...row.extra_info, repeat_index: index },
	};
}
