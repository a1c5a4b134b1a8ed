import type { Dsm } from '../../core/dsm';
import type { PollAnswer } from '../../catalog/operation';
import { trigger } from '../../catalog/operation';
import { compare, snapshot, snapshotOf, type Sight, type Snapshot } from '../../catalog/sources';
import { z } from '../../vendor/zod';
import { chatHints } from './hints';
import { flag } from './messageTrigger';
import type { People, WireChannel } from './people';
import { channelList, channelsOf, titleOf, userList } from './people';
import { readPeople, whoAmI } from './scenery';

const channelEvent = z.looseObject({
	event_id: z.string(),
	/** `created`: it appeared; `joined`: it was there, and the account is a member now. */
	change: z.enum(['created', 'joined']),
	channel_id: z.number(),
	channel_name: z.string(),
	type: z.string(),
	is_joined: z.boolean(),
});
type ChannelEvent = z.input<typeof channelEvent>;

const params = z.object({
	joinedOnly: flag('Only Joined', 'Whether only channels that the account is a member of start the flow'),
});
type Params = z.output<typeof params>;

const isJoined = (row: WireChannel): boolean => row.is_joined !== false;
const sightsOf = (data: unknown): Sight<WireChannel>[] =>
	channelsOf(data).map((row) => ({ id: String(row.channel_id), prints: [isJoined(row) ? 'joined' : ''], row }));

/** The list of channels, compared with what it was. */
export const newChannel = trigger({
	title: 'New channel',
	summary: 'Starts when a channel or conversation appears, or the account becomes a member of one.',
	params,
	basis: 'capture',
	wake: chatHints,
	cursor: snapshot,
	event: channelEvent,
	key: ({ event_id }) => event_id,
	uses: [channelList, userList],
	start: async (_given: Params, dsm: Dsm) => snapshotOf(sightsOf(await dsm.call(channelList, {}, { share: true }))),
	async poll(given: Params, known: Snapshot, handle: Dsm): Promise<PollAnswer<Snapshot, ChannelEvent>> {
		const dsm = handle.with({ share: true });
		const { changes, cursor } = compare(known, sightsOf(await dsm.call(channelList)));
		const told = changes.flatMap((change) => {
			if (change.kind === 'deleted' || ((given.joinedOnly || change.kind === 'changed') && !isJoined(change.row)))
				return [];
			const what: ChannelEvent['change'] = change.kind === 'created' ? 'created' : 'joined';
			return [{ row: change.row, event_id: change.event_id, change: what }];
		});
		if (told.length === 0) return { events: [], cursor };
		const [people, me] = await Promise.all([readPeople(dsm), whoAmI(dsm)]);
		return { events: told.map(({ row, ...facts }) => toEvent(row, facts, people, me)), cursor };
	},
	async sample(given: Params, handle: Dsm): Promise<ChannelEvent[]> {
		const dsm = handle.with({ share: true });
		const [all, people, me] = await Promise.all([dsm.call(channelList), readPeople(dsm), whoAmI(dsm)]);
		const newest = channelsOf(all)
			.filter((row) => isJoined(row) || !given.joinedOnly)
			.sort((a, b) => b.channel_id - a.channel_id)
			.slice(0, 10);
		return newest.map((row) => toEvent(row, { event_id: `sample-${row.channel_id}`, change: 'created' }, people, me));
	},
});

const toEvent = (
	row: WireChannel,
	facts: Pick<ChannelEvent, 'event_id' | 'change'>,
	people: People,
	me: number,
): ChannelEvent => ({
	...row,
	...facts,
	channel_name: titleOf(row, people, me),
	type: row.type ?? '',
	is_joined: isJoined(row),
});
