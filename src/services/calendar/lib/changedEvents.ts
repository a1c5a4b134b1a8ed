import type { Dsm } from '../../../core/dsm';
import { field } from '../../../catalog/row';
import type { z } from '../../../vendor/zod';
import { getEvent, type WireEvent } from '../wire';
import { calendarOf, factsOf, type ObjectChange } from './davChanges';
import { event, eventOf, ruleOfText } from './eventRow';
import { endOf, isoOfPoint, pointOf } from '../../../formats/ical/points';
import { masterOf, parseIcs, wordsOf } from '../../../formats/ical/text';

/** What triggers on changes of events tell: the event as operations give it, if it can still be read. */
export const changeEvent = event.with({
	event_id: field.text(),
	/** Empty when the web API no longer knows the event. */
	evt_id: field.text(),
	ical_uid: field.text(),
	// What is told of an event that is gone.
	recurrence_id: event.fields.recurrence_id.optional(),
	label: event.fields.label.optional(),
	description: event.fields.description.optional(),
	end: event.fields.end.optional(),
	is_all_day: event.fields.is_all_day.optional(),
	tz_id: event.fields.tz_id.optional(),
	location: event.fields.location.optional(),
	rrule: event.fields.rrule.optional(),
	reminders: event.fields.reminders.optional(),
});
export type ChangeEvent = z.output<typeof changeEvent>;

/** Answers to a question for an event that is not there (calendar.md 11.1). */
const GONE = new Set([120, 408, 9006, 9009]);

/** Rows of the web API for what CalDAV told of, in one request; a thing that is gone meanwhile has none. */
async function webRows(dsm: Dsm, changes: readonly ObjectChange[]): Promise<(WireEvent | undefined)[]> {
	if (changes.length === 0) return [];
	const entries = changes.map((change) => ({
		call: getEvent,
		params: { ical_uid: factsOf(change).uid, cal_id: calendarOf(dsm, change.id) },
	}));
	const answers = await dsm.batch(entries);
	return answers.map((answer) => {
		if ('data' in answer) return answer.data;
		// Anything but "no such event" must not lose what there is to tell.
		if (!GONE.has(answer.error.dsmCode ?? 0)) throw answer.error;
		return undefined;
	});
}

/** The events for changes, in the order of the changes. */
export async function eventsOf(dsm: Dsm, changes: readonly ObjectChange[]): Promise<ChangeEvent[]> {
	const rows = await webRows(
		dsm,
		changes.filter(({ kind }) => kind !== 'deleted'),
	);
	let at = 0;
	return changes.map((change): ChangeEvent => {
		const { uid: ical_uid, summary, start } = factsOf(change);
		const base = {
			event_id: change.event_id,
			evt_id: '',
			cal_id: calendarOf(dsm, change.id),
			ical_uid,
			summary,
			start,
		};
		if (change.kind === 'deleted') return base;
		const row = rows[at++];
		return row
			? { ...base, ...eventOf({ ...row, cal_id: row.cal_id ?? base.cal_id }), ical_uid: row.ical_uid ?? ical_uid }
			: { ...base, ...byText(change) };
	});
}

/** What the iCalendar text says of an event that the web API does not give. */
function byText(change: Exclude<ObjectChange, { kind: 'deleted' }>): Partial<ChangeEvent> {
	const { data } = change.row;
	if (data === undefined) return {};
	try {
		const main = masterOf(parseIcs(data).getAllSubcomponents('vevent'));
		const start = main && pointOf(main, 'dtstart');
		if (!main || !start) return {};
		return {
			start: isoOfPoint(start),
			end: isoOfPoint(endOf(main, start)),
			is_all_day: start.isDate,
			tz_id: start.isDate ? '' : start.zone.name,
			description: wordsOf(main, 'description'),
			location: wordsOf(main, 'location'),
			rrule: ruleOfText(data) ?? '',
		};
	} catch {
		return {};
	}
}
