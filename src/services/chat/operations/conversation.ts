import { operation, resource } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { channel_id, channel_name, user_ids } from '../fields';
import { initiating } from '../lib/direct';
import { labeledChannel, namesOfPeople, withLabel } from '../lib/labels';
import { isJoined } from '../lib/people';
import { initiateConversation, listChannels, promoteConversation } from '../wire/channels';

const open = operation({
	title: 'Open a conversation',
	summary: 'Gives the conversation with one or several users, which is opened if there is none.',
	call: initiateConversation,
	params: z.object({ user_ids }),
	request: (given) => initiating(given.user_ids),
});

const list = operation({
	title: 'List conversations',
	summary: 'Lists the direct and group conversations of the account.',
	known: namesOfPeople,
	call: listChannels,
	params: z.object({}),
	keep: (channel) => isJoined(channel) && channel.type === 'anonymous',
	response: (channel, { known }) => withLabel(channel, known),
	result: z.array(labeledChannel),
});

const convert = operation({
	title: 'Convert a conversation to a channel',
	summary: 'Gives a group conversation a name, which makes it a private channel.',
	call: promoteConversation,
	params: z.object({ channel_id, name: channel_name }),
});

export const conversations = resource('Conversation', { open, list, convert });
