import type { Call } from '../../core/call';
import { operation, procedure, type Basis } from '../../catalog/operation';
import { z } from '../../vendor/zod';
import { asNumber, channelOf, nothing, post_id, some, toNothing } from './fields';
import { channelList } from './people';
import { refuseEncrypted } from './send';

/** A change of one message that takes nothing but its id. */
const marking = (method: string, title: string, summary: string, basis: Basis) =>
	operation({
		title,
		summary,
		call: { api: 'SYNO.Chat.Post', method, version: 5 },
		params: z.object({ post_id }),
		request: asNumber,
		response: toNothing,
		result: nothing,
		basis,
	});

export const pin = marking('pin', 'Pin a message', 'Adds a message to the pinned ones of its channel.', 'capture');
export const unpin = marking(
	'unpin',
	'Unpin a message',
	'Takes a message from the pinned ones of its channel.',
	'capture',
);
export const stick = marking('stick', 'Stick a message', 'Keeps a pinned message on top of the others.', 'inferred');
export const unstick = marking('unstick', 'Unstick a message', 'Lets a stuck message go from the top.', 'inferred');
export const star = marking('star', 'Star a message', 'Adds a message to the own bookmarks.', 'inferred');
export const unstar = marking('unstar', 'Unstar a message', 'Takes a message from the own bookmarks.', 'inferred');
export const hidePreview = marking(
	'hide_og',
	'Hide a link preview',
	'Hides the preview of the link in a message.',
	'inferred',
);

const forwardCall: Call = { api: 'SYNO.Chat.Post', method: 'forward', version: 5 };

/** The ids must be numbers in an array: texts are refused (chat.md 1.2). */
export const forward = procedure({
	title: 'Forward a message',
	summary: 'Copies a message with its file to other channels; not possible for polls and encrypted messages.',
	uses: [forwardCall, channelList],
	params: z.object({
		post_id,
		channel_ids: some('channel', { title: 'Channels', description: 'Channels that get a copy' }),
	}),
	result: nothing,
	basis: 'inferred',
	async run(given, dsm) {
		await refuseEncrypted(dsm, [channelOf(given.post_id)], 'post_id');
		await refuseEncrypted(dsm, given.channel_ids, 'channel_ids');
		await dsm.call(forwardCall, { ...asNumber(given), channel_ids: given.channel_ids });
		return {};
	},
});
