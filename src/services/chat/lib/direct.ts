import type { Dsm } from '../../../core/dsm';
import { DsmInputError } from '../../../core/errors';
import { initiateConversation, listChannels, type Channel } from '../wire/channels';
import { isDirect, presentChannels } from './people';
import { idOf } from './posts';

/** Calls of `direct`. */
export const directCalls = [listChannels, initiateConversation] as const;

/** What opens the conversation with these users, or gives the one there is (chat.md 4.6). */
export const initiating = (user_ids: readonly number[]) => ({
	user_ids: [...new Set(user_ids)],
	encrypted: false,
	channel_key_encs: [],
});

/**
 * Channel of the conversation with a user, opened if there is none (chat.md 4.6); `listed` are the channels, if they were just read.
 * Throws DsmInputError when it is encrypted end to end, since only the Chat clients hold its key (chat.md 9).
 */
export async function direct(user_id: number, dsm: Dsm, listed?: readonly Channel[]): Promise<number> {
	const channels = listed ?? (await presentChannels(dsm));
	const found = channels.find((row) => isDirect(row) && row.members?.includes(String(user_id)));
	const channel = found ?? (await dsm.call(initiateConversation, initiating([user_id])));
	if (!channel.encrypted) return idOf(channel);
	throw new DsmInputError('The conversation with this user is encrypted: only the Chat apps can write to it.', {
		path: ['user_id'],
		hint: 'Use a channel without encryption.',
	});
}
