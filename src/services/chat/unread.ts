import type { Dsm } from '../../core/dsm';
import type { PollAnswer } from '../../catalog/operation';
import { trigger } from '../../catalog/operation';
import { compare, snapshot, snapshotOf, type Sight, type Snapshot } from '../../catalog/sources';
import { z } from '../../vendor/zod';
import { watchedOf } from './feed';
import { chatHints } from './hints';
import { channels } from './messageTrigger';
import type { WireChannel } from './people';
import { channelList, channelsOf, titleOf, userList } from './people';
import { readPeople, whoAmI } from './scenery';

const params = z.object({
	channels,
	threshold: z.coerce.number<number | string>().int().min(1).default(10).meta({
		title: 'Threshold',
		description: 'Unread messages of one channel that start the flow; again only when it was read in between',
	}),
});
type Params = z.output<typeof params>;

const unreadEvent = z.looseObject({
	event_id: z.string(),
	channel_id: z.number(),
	channel_name: z.string(),
	type: z.string(),
	unread: z.number(),
});
type UnreadEvent = z.input<typeof unreadEvent>;

/** What is remembered of a channel is whether it has passed the threshold. */
const sightsOf = (given: Params, data: unknown): Sight<WireChannel>[] =>
	watchedOf(given, channelsOf(data)).map((row) => ({
		id: String(row.channel_id),
		prints: [(row.unread ?? 0) >= given.threshold ? 'over' : ''],
		row,
	}));

/** `unread` of the list of channels counts for the account (chat.md 4.2). */
export const unread = trigger({
	title: 'Unread messages',
	summary: 'Starts when a channel has as many unread messages as the threshold says.',
	params,
	basis: 'capture',
	wake: chatHints,
	cursor: snapshot,
	event: unreadEvent,
	key: ({ event_id }) => event_id,
	uses: [channelList, userList],
	start: async (given: Params, dsm: Dsm) =>
		snapshotOf(sightsOf(given, await dsm.call(channelList, {}, { share: true }))),
	async poll(given: Params, known: Snapshot, handle: Dsm): Promise<PollAnswer<Snapshot, UnreadEvent>> {
		const dsm = handle.with({ share: true });
		const { changes, cursor } = compare(known, sightsOf(given, await dsm.call(channelList)));
		const told = changes.flatMap((change) =>
			change.kind !== 'deleted' && change.now[0] === 'over' ? [{ row: change.row, event_id: change.event_id }] : [],
		);
		return { events: await toEvents(dsm, told), cursor };
	},
	async sample(given: Params, handle: Dsm): Promise<UnreadEvent[]> {
		const dsm = handle.with({ share: true });
		const rows = watchedOf(given, channelsOf(await dsm.call(channelList)));
		const fullest = rows.sort((a, b) => (b.unread ?? 0) - (a.unread ?? 0)).slice(0, 10);
		return await toEvents(
			dsm,
			fullest.map((row) => ({ row, event_id: `sample-${row.channel_id}` })),
		);
	},
});

async function toEvents(dsm: Dsm, told: { row: WireChannel; event_id: string }[]): Promise<UnreadEvent[]> {
	if (told.length === 0) return [];
	const [people, me] = await Promise.all([readPeople(dsm), whoAmI(dsm)]);
	return told.map(({ row, event_id }) => ({
		...row,
		event_id,
		channel_name: titleOf(row, people, me),
		type: row.type ?? '',
		unread: row.unread ?? 0,
	}));
}
