import type { Call } from '../../core/call';
import type { Dsm } from '../../core/dsm';
import { trigger } from '../../catalog/operation';
import { z } from '../../vendor/zod';
import { calls } from './calls';
import { changeEvent, eventsOf, type ChangeEvent } from './event-event';
import { calendars } from './fields';
import { occurrences } from './event-list';
import { eventOf, type Wire } from './row';
import { ANSWERS, changesOf, watched, watchFrom, type ObjectChange } from './watch';

const params = z.object({
	calendars,
	keyword: z
		.string()
		.default('')
		.meta({ title: 'Keyword', description: 'Only events whose title holds this text, capitals or not' }),
});
type Params = z.output<typeof params>;

/** All of them read the same: equal polls at the same moment cost one request. */
const wanted = ({ calendars: ids }: Params) => ({ kind: 'VEVENT' as const, calendars: ids });
const names = (keyword: string, { summary }: { summary: string }): boolean =>
	summary.toLowerCase().includes(keyword.toLowerCase());

/** A trigger on one kind of change, by the snapshot of CalDAV. */
const onChange = (
	title: string,
	summary: string,
	isMeant: (change: ObjectChange) => boolean,
	uses: readonly Call[] = [calls.event],
) =>
	trigger({
		title,
		summary,
		params,
		cursor: watched,
		event: changeEvent,
		key: ({ event_id }) => event_id,
		uses,
		basis: 'clients',
		start: async (given: Params, dsm) => await watchFrom(dsm.with({ share: true }), wanted(given)),
		async poll(given: Params, cursor, handle, budget) {
			const dsm = handle.with({ share: true });
			const { changes, cursor: next, more } = await changesOf(dsm, wanted(given), cursor, budget);
			const events = await eventsOf(dsm, changes.filter(isMeant));
			return { events: events.filter((event) => names(given.keyword, event)), cursor: next, ...(more && { more }) };
		},
		sample,
	});

/** Events that come next. */
async function sample(given: Params, dsm: Dsm): Promise<ChangeEvent[]> {
	const rows = await occurrences(dsm, { ...given, tz_id: '' }, 60);
	const first = rows
		.filter((row, index) => rows.findIndex(({ evt_id: id }) => id === row.evt_id) === index)
		.slice(0, 10);
	return first.map((row) => sampled(row));
}

const sampled = (row: Wire): ChangeEvent => ({
	...eventOf(row),
	event_id: `sample-${row.evt_id}`,
	ical_uid: String(row.ical_uid ?? ''),
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

export const eventCancelled = onChange(
	'Event cancelled',
	'Starts when an event is deleted.',
	({ kind }) => kind === 'deleted',
	[],
);

const answerEvent = changeEvent.extend({
	email: z.string(),
	/** accepted, declined, tentative or needs_action. */
	status: z.string(),
	previous_status: z.string(),
});

type Answers = Record<string, string>;
const answersIn = (print: string | undefined): Answers => (print ? (JSON.parse(print) as Answers) : {});

/** Who answered: one event for each person whose answer changed. */
export const invitationAnswered = trigger({
	title: 'Invitation answered',
	summary: 'Starts when somebody who is invited accepts, declines, or changes the answer.',
	params,
	cursor: watched,
	event: answerEvent,
	key: ({ event_id, email }) => `${event_id} ${email}`,
	uses: [calls.event],
	basis: 'clients',
	start: async (given: Params, dsm) => await watchFrom(dsm.with({ share: true }), wanted(given)),
	async poll(given: Params, cursor, handle, budget) {
		const dsm = handle.with({ share: true });
		const { changes, cursor: next, more } = await changesOf(dsm, wanted(given), cursor, budget);
		const answered = changes.filter((one) => one.kind === 'changed' && one.parts.includes(ANSWERS));
		const rows = await eventsOf(dsm, answered);
		const events = answered.flatMap((one, index) => {
			if (one.kind !== 'changed' || !names(given.keyword, rows[index]!)) return [];
			const [was, now] = [answersIn(one.was[ANSWERS]), answersIn(one.now[ANSWERS])];
			return Object.entries(now)
				.filter(([email, status]) => Object.hasOwn(was, email) && was[email] !== status)
				.map(([email, status]) => ({ ...rows[index]!, email, status, previous_status: was[email]! }));
		});
		return { events, cursor: next, ...(more && { more }) };
	},
	async sample(given: Params, dsm) {
		const rows = await occurrences(dsm, { ...given, tz_id: '' }, 60);
		return rows
			.flatMap((row) =>
				((row.participant ?? []) as Wire[])
					.filter(({ role, status }) => role !== 'organizer' && status !== 'needs_action')
					.map(({ email, status }) => ({
						...sampled(row),
						email: String(email),
						status: String(status),
						previous_status: 'needs_action',
					})),
			)
			.slice(0, 10);
	},
});
