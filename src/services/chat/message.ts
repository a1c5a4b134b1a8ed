import { operation, procedure, resource } from '../../catalog/operation';
import { z } from '../../vendor/zod';
import { direct, directCalls } from './direct';
import { asNumber, channel_id, channelOf, message, nothing, post_id, toNothing, user_id } from './fields';
import { editable, get, list, listThreads, readStatus } from './history';
import { broadcast } from './many';
import { forward, hidePreview, pin, star, stick, unpin, unstar, unstick } from './marks';
import { mentions, toStored } from './mentions';
import { post } from './post';
import { listPinned, listStarred, search } from './search';
import { deliver, hasContent, letter, notEmpty, post as send, refuseEncryptedPost, sendCalls } from './send';

const thread_id = post_id.meta({
	title: 'Thread',
	description: 'ID of the message that starts the thread',
	placeholder: 'e.g. 309237645323',
});

export const create = procedure({
	title: 'Send a message',
	summary: 'Posts a message to a channel, with at most one file.',
	uses: sendCalls,
	params: z.object({ channel_id, ...letter }).refine(hasContent, notEmpty),
	result: post,
	basis: 'capture',
	run: async (given, dsm) => await deliver(dsm, { channel_id: given.channel_id }, given),
});

export const reply = procedure({
	title: 'Reply in a thread',
	summary: 'Posts a reply to a message, with at most one file; the first reply starts the thread.',
	uses: sendCalls,
	params: z.object({ thread_id, ...letter }).refine(hasContent, notEmpty),
	result: post,
	basis: 'capture',
	run: async (given, dsm) =>
		await deliver(dsm, { channel_id: channelOf(given.thread_id), thread_id: Number(given.thread_id) }, given),
});

export const sendDirect = procedure({
	title: 'Send a direct message',
	summary: 'Posts a message to the conversation with a user, which is opened if there is none.',
	uses: [...sendCalls, ...directCalls],
	params: z.object({ user_id, ...letter }).refine(hasContent, notEmpty),
	result: post,
	basis: 'capture',
	async run(given, dsm) {
		const text = await toStored(dsm, given.message, given.mentions);
		return await send(dsm, { channel_id: await direct(given.user_id, dsm) }, { ...given, message: text });
	},
});

export const update = procedure({
	title: 'Edit a message',
	summary: 'Replaces the text of an own message, within the time that the settings of Chat allow.',
	uses: [{ api: 'SYNO.Chat.Post', method: 'set', version: 8 }, ...sendCalls.slice(1)],
	params: z.object({ post_id, message, mentions }),
	result: nothing,
	basis: 'capture',
	async run(given, dsm) {
		const [text] = await Promise.all([
			toStored(dsm, given.message, given.mentions),
			refuseEncryptedPost(dsm, given.post_id),
		]);
		const wire = { channel_id: channelOf(given.post_id), ...asNumber(given), message: text };
		await dsm.call({ api: 'SYNO.Chat.Post', method: 'set', version: 8 }, wire);
		return {};
	},
});

const remove = operation({
	title: 'Delete a message',
	summary: 'Deletes an own message, within the time that the settings of Chat allow.',
	call: { api: 'SYNO.Chat.Post', method: 'delete', version: 8 },
	params: z.object({ post_id }),
	request: asNumber,
	response: toNothing,
	result: nothing,
	destructive: true,
	basis: 'capture',
});

export const messages = resource('Message', {
	create,
	reply,
	sendDirect,
	broadcast,
	get,
	list,
	listThreads,
	listPinned,
	listStarred,
	listEditable: editable,
	search,
	readStatus,
	update,
	delete: remove,
	forward,
	pin,
	unpin,
	stick,
	unstick,
	star,
	unstar,
	hidePreview,
});
