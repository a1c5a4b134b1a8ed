import { listTrigger } from '../../../catalog/listTrigger';
import { trigger } from '../../../catalog/operation';
import { field } from '../../../catalog/row';
import type { Dsm } from '../../../core/dsm';
import { z } from '../../../vendor/zod';
import { calendars, title_keyword, whole } from '../fields';
import { changeEvent, eventsOf } from '../lib/changedEvents';
import { ANSWERS, CHANGE_REQUESTS, changesOf, changesCursor, startingCursor } from '../lib/davChanges';
import { event, eventOf } from '../lib/eventRow';
import { eventRows, nasNow } from '../lib/reads';
import { getEvent, listEvents, type WireEvent } from '../wire';
import { isNamed, nextEvents, sampleOf, wantedEvents } from './eventChanges';

const reach = z.object({
	days: whole(1, 3660).default(365).meta({
		title: 'Days Ahead',
		description: 'How many days ahead events are looked for; one that is later is told when it comes into reach',
		advanced: true,
	}),
});

const DAY = 86_400;

/** Invitations that wait for an answer, one row for each series. The bounds are full days: equal polls ask the same. */
async function waiting({ days }: z.output<typeof reach>, dsm: Dsm): Promise<WireEvent[]> {
	const today = Math.floor((await nasNow(dsm)) / 1000 / DAY) * DAY;
	const rows = await eventRows(dsm, { start: today - DAY, end: today + days * DAY, more: { filter_invited: 'yes' } });
	const open = rows.filter((row) => row.need_invite_response === true || row.invite_status === 'needs_action');
	const first = [...new Map(open.reverse().map((row) => [row.evt_id, row])).values()];
	const age = ({ create_time: time = '' }: WireEvent) => time;
	return first.sort((a, b) => age(a).localeCompare(age(b)) || Number(a.evt_id) - Number(b.evt_id));
}

export const invitationReceived = listTrigger({
	title: 'Invitation received',
	summary: 'Starts when somebody invites the account to an event.',
	params: reach,
	call: listEvents,
	look: waiting,
	id: ({ evt_id }) => evt_id,
	on: 'created',
	event: event.with({ event_id: field.text() }),
	dress: async (found) => found.flatMap(({ row, more }) => (row ? [{ ...eventOf(row), ...more }] : [])),
});

const answerParams = z.object({ calendars, keyword: title_keyword });
type AnswerParams = z.output<typeof answerParams>;

const answerEvent = changeEvent.with({
	email: field.text(),
	/** accepted, declined, tentative or needs_action. */
	status: field.text(),
	previous_status: field.text(),
});

const answers = z.record(z.string(), z.string());
const answersIn = (fingerprint: string | undefined): z.output<typeof answers> =>
	fingerprint ? answers.parse(JSON.parse(fingerprint)) : {};

/** Who answered: one event for each person whose answer changed. */
export const invitationAnswered = trigger({
	title: 'Invitation answered',
	summary: 'Starts when somebody who is invited accepts, declines, or changes the answer.',
	params: answerParams,
	filters: ['keyword'],
	cursor: changesCursor,
	event: answerEvent,
	key: ({ event_id, email }) => `${event_id} ${email}`,
	uses: [getEvent],
	dav: CHANGE_REQUESTS,
	basis: 'clients',
	start: async (given: AnswerParams, dsm) => await startingCursor(dsm.with({ share: true }), wantedEvents(given)),
	async poll(given: AnswerParams, cursor, handle, budget) {
		const dsm = handle.with({ share: true });
		const { changes, cursor: next, more } = await changesOf(dsm, wantedEvents(given), cursor, budget);
		const answered = changes.filter((one) => one.kind === 'changed' && one.parts.includes(ANSWERS));
		const rows = await eventsOf(dsm, answered);
		const events = answered.flatMap((one, index) => {
			const row = rows[index];
			if (one.kind !== 'changed' || !row || !isNamed(row, given.keyword)) return [];
			const [was, now] = [answersIn(one.was[ANSWERS]), answersIn(one.now[ANSWERS])];
			return Object.entries(now)
				.filter(([email, status]) => Object.hasOwn(was, email) && was[email] !== status)
				.map(([email, status]) => ({ ...row, email, status, previous_status: was[email] ?? '' }));
		});
		return { events, cursor: next, ...(more && { more }) };
	},
	async sample(given: AnswerParams, dsm) {
		const rows = await nextEvents(given, dsm);
		return rows
			.flatMap((row) =>
				(row.participant ?? [])
					.filter(({ role, status }) => role !== 'organizer' && status !== 'needs_action')
					.map(({ email = '', status = '' }) => ({
						...sampleOf(row),
						email,
						status,
						previous_status: 'needs_action',
					})),
			)
			.slice(0, 10);
	},
});
