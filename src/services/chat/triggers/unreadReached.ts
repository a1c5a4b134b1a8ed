import { listTrigger } from '../../../catalog/listTrigger';
import { z } from '../../../vendor/zod';
import { channels } from '../lib/messageTrigger';
import { watchedOf } from '../lib/newMessages';
import { readPeople, titleOf, whoAmI } from '../lib/people';
import { chatSocket } from '../lib/realtime';
import { channel, listChannels } from '../wire/channels';
import { getUser, listUsers } from '../wire/users';

/** `unread` of the list of channels counts for the account (chat.md 4.2); what is remembered is whether the threshold is reached. */
export const unreadReached = listTrigger({
	title: 'Unread messages reached a threshold',
	summary: 'Starts when a channel has as many unread messages as the threshold says.',
	params: z.object({
		channels,
		threshold: z.coerce.number<number | string>().int().min(1).default(10).meta({
			title: 'Threshold',
			description: 'Unread messages of one channel that start the flow; again only when it was read in between',
		}),
	}),
	call: listChannels,
	uses: [listUsers, getUser],
	look: async (given, dsm) =>
		watchedOf(given, await dsm.list(listChannels)).sort((a, b) => (a.unread ?? 0) - (b.unread ?? 0)),
	id: ({ channel_id }) => channel_id,
	fingerprints: (row, given) => [(row.unread ?? 0) >= given.threshold ? 'over' : ''],
	on: ['created', 'changed'],
	keep: (row, given) => (row.unread ?? 0) >= given.threshold,
	event: channel
		.with({ event_id: z.string(), channel_name: z.string(), type: z.string(), unread: z.number() })
		.as({ simple: ['event_id', 'channel_id', 'channel_name', 'type', 'unread', 'last_post_at', 'last_view_at'] }),
	async dress(found, dsm) {
		const [people, me] = await Promise.all([readPeople(dsm), whoAmI(dsm)]);
		return found.flatMap(({ row, more }) =>
			row
				? [
						{
							...row,
							...more,
							channel_name: titleOf(row, people, String(me)),
							type: row.type ?? '',
							unread: row.unread ?? 0,
						},
					]
				: [],
		);
	},
	newest: 'last',
	wake: chatSocket,
});
