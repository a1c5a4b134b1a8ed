import { listTrigger } from '../../../catalog/listTrigger';
import { z } from '../../../vendor/zod';
import { flag } from '../fields';
import { isJoined, readPeople, titleOf, whoAmI } from '../lib/people';
import { idOf } from '../lib/posts';
import { chatSocket } from '../lib/realtime';
import { channel, listChannels, type Channel } from '../wire/channels';
import { getUser, listUsers } from '../wire/users';

const channelEvent = channel.with({
	event_id: z.string(),
	/** `created`: it appeared; `joined`: it was there, and the account is a member now. */
	change: z.enum(['created', 'joined']),
	channel_name: z.string(),
	type: z.string(),
	is_joined: z.boolean(),
});

/** Channels are told from each other by their ids, and whether the account is a member is all that counts as a change. */
export const channelAdded = listTrigger({
	title: 'Channel added',
	summary: 'Starts when a channel or conversation appears, or the account becomes a member of one.',
	params: z.object({
		joined_only: flag('Only Joined', 'Whether only channels that the account is a member of start the flow'),
	}),
	filters: ['joined_only'],
	call: listChannels,
	uses: [listUsers, getUser],
	look: async (_given, dsm) => (await dsm.list(listChannels)).sort((a, b) => idOf(a) - idOf(b)),
	id: ({ channel_id }) => channel_id,
	fingerprints: (row) => [isJoined(row) ? 'joined' : ''],
	on: ['created', 'changed'],
	keep: (row, given) => !given.joined_only || isJoined(row),
	tell(change) {
		if (change.kind === 'created') return [{ change: 'created' }];
		return change.kind === 'changed' && isJoined(change.row) ? [{ change: 'joined' }] : [];
	},
	event: channelEvent.as({
		simple: [
			'event_id',
			'change',
			'channel_id',
			'channel_name',
			'type',
			'purpose',
			'creator_id',
			'total_member_count',
			'is_joined',
			'encrypted',
		],
	}),
	async dress(found, dsm) {
		const [people, me] = await Promise.all([readPeople(dsm), whoAmI(dsm)]);
		const named = (row: Channel) => ({
			...row,
			channel_name: titleOf(row, people, String(me)),
			type: row.type ?? '',
			is_joined: isJoined(row),
		});
		return found.flatMap(({ row, more }) => (row ? [{ ...named(row), ...more }] : []));
	},
	newest: 'last',
	wake: chatSocket,
});
