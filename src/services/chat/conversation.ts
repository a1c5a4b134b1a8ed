import { callsOf, operation, procedure, resource } from '../../catalog/operation';
import { z } from '../../vendor/zod';
import { channel, list as channelList } from './channelLists';
import { initiate, open as openWith } from './direct';
import { channel_id, channelName, nothing, toNothing, user_ids } from './fields';

/** The same people give the same conversation (chat.md 4.6). */
export const open = procedure({
	title: 'Open a conversation',
	summary: 'Gives the conversation with one or several users, which is opened if there is none.',
	uses: [initiate],
	params: z.object({ user_ids }),
	result: channel,
	basis: 'capture',
	run: async (given, dsm) => ({ ...(await openWith([...new Set(given.user_ids)], dsm)) }),
});

export const list = procedure({
	title: 'List conversations',
	summary: 'Lists the direct and group conversations of the account.',
	uses: callsOf(channelList),
	params: z.object({}),
	result: z.array(channel),
	readOnly: true,
	basis: 'capture',
	run: async (_given, dsm) => (await dsm.do(channelList, {})).filter(({ type }) => type === 'anonymous'),
});

export const promote = operation({
	title: 'Make a conversation a channel',
	summary: 'Gives a group conversation a name, which makes it a private channel.',
	call: { api: 'SYNO.Chat.Channel.Anonymous', method: 'promote', version: 2 },
	params: z.object({
		channel_id,
		name: channelName,
	}),
	response: toNothing,
	result: nothing,
	basis: 'inferred',
});

export const conversations = resource('Conversation', { open, list, promote });
