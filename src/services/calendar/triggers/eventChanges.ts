import type { Call } from '../../../core/call';
import type { Dsm } from '../../../core/dsm';
import { trigger } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { calendars, title_keyword } from '../fields';
import { changeEvent, eventsOf, type ChangeEvent } from '../lib/changedEvents';
import { CHANGE_REQUESTS, changesCursor, changesOf, startingCursor, type ObjectChange } from '../lib/davChanges';
import { eventOf } from '../lib/eventRow';
import { occurrences } from '../lib/occurrences';
import { getEvent, type WireEvent } from '../wire';

const params = z.object({ calendars, keyword: title_keyword });
type Params = z.output<typeof params>;

/** All of them read the same: equal polls at the same moment cost one request. */
export const wantedEvents = ({ calendars: ids }: { calendars: string[] }) => ({
	kind: 'VEVENT' as const,
	calendars: ids,
});
export const isNamed = ({ summary }: { summary: string }, keyword: string): boolean =>
	summary.toLowerCase().includes(keyword.toLowerCase());

/** A trigger on one kind of change, by the snapshot of CalDAV. */
const onChange = (
	title: string,
	summary: string,
	isMeant: (change: ObjectChange) => boolean,
	uses: readonly Call[] = [getEvent],
) =>
	trigger({
		title,
		summary,
		params,
		filters: ['keyword'],
		cursor: changesCursor,
		event: changeEvent,
		key: ({ event_id }) => event_id,
		uses,
		dav: CHANGE_REQUESTS,
		source: 'calendar.md 8',
		basis: 'clients',
		start: async (given: Params, dsm) => await startingCursor(dsm.with({ share: true }), wantedEvents(given)),
		async poll(given: Params, cursor, handle, budget) {
			const dsm = handle.with({ share: true });
			const { changes, cursor: next, more } = await changesOf(dsm, wantedEvents(given), cursor, budget);
			const events = await eventsOf(dsm, changes.filter(isMeant));
			return { events: events.filter((event) => isNamed(event, given.keyword)), cursor: next, ...(more && { more }) };
		},
		async sample(given: Params, dsm) {
			const rows = await nextEvents(given, dsm);
			const first = rows.filter((row, index) => rows.findIndex(({ evt_id: id }) => id === row.evt_id) === index);
			return first.slice(0, 10).map(sampleOf);
		},
	});

/** Events that come next, for samples. */
export const nextEvents = async (given: Params, dsm: Dsm): Promise<WireEvent[]> =>
	await occurrences(dsm, { ...given, tz_id: '' }, 60);

export const sampleOf = (row: WireEvent): ChangeEvent => ({
	...eventOf(row),
	event_id: `sample-${row.evt_id}`,
	ical_uid: row.ical_uid ?? '',
});

export const eventCreated = onChange(
	'Event created',
	'Starts when an event is entered into a calendar.',
	({ kind }) => kind === 'created',
);

/** Answers of the invited are told by a trigger of their own. */
export const eventUpdated = onChange(
	'Event updated',
	'Starts when an event, or an occurrence of a series, is changed or moved to another calendar.',
	({ kind }) => kind === 'changed',
);

export const eventDeleted = onChange(
	'Event deleted',
	'Starts when an event is deleted.',
	({ kind }) => kind === 'deleted',
	[],
);
