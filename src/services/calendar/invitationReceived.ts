import type { Dsm } from '../../core/dsm';
import { trigger } from '../../catalog/operation';
import { z } from '../../vendor/zod';
import { compare, snapshot, snapshotOf, type Sight } from '../../catalog/sources';
import { calls } from './calls';
import { eventRows, nasNow } from './place';
import { event, eventOf, type Wire } from './row';

const params = z.object({
	days: z.coerce.number<number | string>().int().min(1).max(3660).default(365).meta({
		title: 'Days Ahead',
		description: 'How many days ahead events are looked for; one that is later is told when it comes into reach',
		advanced: true,
	}),
});
type Params = z.output<typeof params>;
const invitation = event.extend({ event_id: z.string() });

const DAY = 86_400;

/** Invitations that wait for an answer, one row for each series. The bounds are full days: equal polls ask the same. */
async function waiting(dsm: Dsm, { days }: Params): Promise<Sight<Wire>[]> {
	const today = Math.floor((await nasNow(dsm)) / 1000 / DAY) * DAY;
	const rows = await eventRows(dsm, { start: today - DAY, end: today + days * DAY, more: { filter_invited: 'yes' } });
	const open = rows.filter((row) => row.need_invite_response === true || row.invite_status === 'needs_action');
	return [...new Map(open.reverse().map((row) => [String(row.evt_id), row])).entries()]
		.sort(([, a], [, b]) => Number(a.create_time) - Number(b.create_time) || Number(a.evt_id) - Number(b.evt_id))
		.map(([id, row]) => ({ id, prints: [], row }));
}

export const invitationReceived = trigger({
	title: 'Invitation received',
	summary: 'Starts when somebody invites the account to an event.',
	params,
	cursor: snapshot,
	event: invitation,
	key: ({ event_id }) => event_id,
	uses: [calls.events],
	basis: 'guide',
	start: async (given: Params, dsm) => snapshotOf(await waiting(dsm.with({ share: true }), given)),
	async poll(given: Params, cursor, dsm) {
		const { changes, cursor: next } = compare(cursor, await waiting(dsm.with({ share: true }), given));
		const events = changes.flatMap((one) =>
			one.kind === 'created' ? [{ ...eventOf(one.row), event_id: one.event_id }] : [],
		);
		return { events, cursor: next };
	},
	async sample(given: Params, dsm) {
		const rows = await waiting(dsm, given);
		return rows
			.slice(-10)
			.reverse()
			.map(({ id, row }) => ({ ...eventOf(row), event_id: `sample-${id}` }));
	},
});
