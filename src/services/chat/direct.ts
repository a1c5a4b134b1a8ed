import type { Dsm } from '../../core/dsm';
import { DsmInputError } from '../../core/errors';
import { presentChannels } from './known';
import type { WireChannel } from './people';
import { channelList, isDirect, membersOf } from './people';

export const initiate = { api: 'SYNO.Chat.Channel.Anonymous', method: 'initiate', version: 2 } as const;

/** Calls of `direct`. */
export const directCalls = [channelList, initiate] as const;

/**
 * Channel of the conversation with a user, opened if there is none (chat.md 4.6); `listed` are the channels, if they were just read.
 * Throws DsmInputError when it is encrypted end to end, since only the Chat clients hold its key (chat.md 9).
 */
export async function direct(user_id: number, dsm: Dsm, listed?: readonly WireChannel[]): Promise<number> {
	const channels = listed ?? (await presentChannels(dsm));
	const channel =
		channels.find((row) => isDirect(row) && membersOf(row).includes(user_id)) ?? (await open([user_id], dsm));
	if (!channel.encrypted) return channel.channel_id;
	throw new DsmInputError('The conversation with this user is encrypted: only the Chat apps can write to it.', {
		path: ['user_id'],
		hint: 'Use a channel without encryption.',
	});
}

/** Only the others are named: a list that begins with anyone but the caller is answered 117. */
export async function open(user_ids: readonly number[], dsm: Dsm): Promise<WireChannel> {
	const data = await dsm.call(initiate, { user_ids, encrypted: false, channel_key_encs: [] });
	return data.channel ?? data;
}
