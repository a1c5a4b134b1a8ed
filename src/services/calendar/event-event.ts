import type { Dsm } from '../../core/dsm';
import { z } from '../../vendor/zod';
import { endOf, parseIcs, pointOf, type Point } from './expand';
import { eventOf, ruleOfWire, type Wire } from './row';
import { calendarOf, factsOf, webRows, type ObjectChange } from './watch';

/** What triggers on changes of events tell: the event as operations give it, if it can still be read. */
export const changeEvent = z.looseObject({
	event_id: z.string(),
	/** Empty when the web API no longer knows the event. */
	evt_id: z.string(),
	ical_uid: z.string(),
	cal_id: z.string(),
	summary: z.string(),
	start: z.string(),
});
export type ChangeEvent = z.output<typeof changeEvent>;

/** The events for changes, in the order of the changes. */
export async function eventsOf(dsm: Dsm, changes: readonly ObjectChange[]): Promise<ChangeEvent[]> {
	const rows = await webRows(
		dsm,
		changes.filter(({ kind }) => kind !== 'deleted'),
	);
	let at = 0;
	return changes.map((change) => {
		const base = { event_id: change.event_id, evt_id: '', cal_id: calendarOf(dsm, change.id), ...named(change) };
		if (change.kind === 'deleted') return base;
		const row = rows[at++];
		return row
			? { ...base, ...eventOf({ ...row, cal_id: row.cal_id ?? base.cal_id }) }
			: { ...base, ...byText(change) };
	});
}

function named(change: ObjectChange): { ical_uid: string; summary: string; start: string } {
	const { uid, summary, start } = factsOf(change);
	return { ical_uid: uid, summary, start };
}

const isoOf = ({ at, isDate }: Point): string => (isDate ? at.toISODate()! : at.toISO({ suppressMilliseconds: true })!);

/** What the iCalendar text says of an event that the web API does not give. */
function byText(change: Exclude<ObjectChange, { kind: 'deleted' }>): Wire {
	const { data } = change.row;
	if (data === undefined) return {};
	try {
		const events = parseIcs(data).getAllSubcomponents('vevent');
		const main = events.find((one) => !one.hasProperty('recurrence-id')) ?? events[0];
		const start = main && pointOf(main, 'dtstart');
		if (!main || !start) return {};
		const words = (name: string) => String(main.getFirstPropertyValue(name) ?? '');
		return {
			start: isoOf(start),
			end: isoOf(endOf(main, start)),
			is_all_day: start.isDate,
			tz_id: start.isDate ? '' : start.zone,
			description: words('description'),
			location: words('location'),
			rrule: ruleOfWire({ evt_ical: data }) ?? '',
		};
	} catch {
		return {};
	}
}
