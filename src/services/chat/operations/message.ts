import { moment } from '../../../catalog/fields';
import { operation, procedure, resource } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import {
	anyOf,
	channel_id,
	channelOf,
	message,
	NAMED_USERS,
	post_id,
	postNumber,
	some,
	thread_id,
	user_id,
} from '../fields';
import { direct, directCalls } from '../lib/direct';
import { names, mentions, toShown } from '../lib/mentions';
import { userRef, usersNamed } from '../lib/named';
import { createdAt, noSuchPost } from '../lib/posts';
import { newestFirst, onePost } from '../lib/readPosts';
import {
	checkCalls,
	deliver,
	hasContent,
	letter,
	notEmpty,
	post as sendPost,
	refuseEncrypted,
	sendCalls,
	sentPost,
	textFor,
	textForPost,
} from '../lib/send';
import { keepPosts } from '../lib/splitText';
import { outcome, sendToMany as sendAll } from '../lib/sendToMany';
import * as wire from '../wire/posts';
import { listUsers } from '../wire/users';
import { listPinned, listStarred, search } from './messageSearch';

/** A message as it is read: with the text that people see. */
const shownPost = wire.post.with({ text: z.string().optional() });

const send = procedure({
	title: 'Send a message',
	summary: 'Posts a message to a channel, with at most one file.',
	uses: sendCalls,
	params: z.object({ channel_id, ...letter }).refine(hasContent, notEmpty),
	result: sentPost,
	run: async (given, dsm) => await deliver(dsm, { channel_id: given.channel_id }, given),
});

const reply = procedure({
	title: 'Reply in a thread',
	summary: 'Posts a reply to a message, with at most one file; the first reply starts the thread.',
	uses: sendCalls,
	params: z.object({ thread_id, ...letter }).refine(hasContent, notEmpty),
	result: sentPost,
	run: async (given, dsm) =>
		await deliver(dsm, { channel_id: channelOf(given.thread_id), thread_id: Number(given.thread_id) }, given),
});

const oneUser = userRef.meta({
	...user_id.meta(),
	choices: NAMED_USERS,
	description: 'User of Chat: ID, login name or nickname',
});

const sendDirect = procedure({
	title: 'Send a direct message',
	summary: 'Posts a message to the conversation with a user, which is opened if there is none.',
	uses: [...sendCalls, ...directCalls],
	params: z.object({ user_id: oneUser, ...letter }).refine(hasContent, notEmpty),
	result: sentPost,
	async run(given, dsm) {
		keepPosts(given.message, given.part_length);
		const [user] = await usersNamed(dsm, [given.user_id], { path: ['user_id'] });
		const text = await textFor(dsm, given, []);
		return await sendPost(dsm, { channel_id: await direct(user!, dsm) }, { ...given, message: text });
	},
});

const sendToMany = procedure({
	title: 'Send a message to many',
	summary: 'Posts a message to several channels and users, and says of each whether it got it.',
	uses: [...sendCalls, ...directCalls],
	params: z
		.object({
			channel_ids: anyOf('channel', { title: 'Channels', description: 'Channels that get the message' }),
			user_ids: z
				.array(userRef)
				.default([])
				.meta({
					...user_id.meta(),
					choices: NAMED_USERS,
					title: 'Users',
					description: 'Users who get it as a direct message: IDs, login names or nicknames',
				}),
			...letter,
		})
		.refine(hasContent, notEmpty)
		.refine((given) => given.channel_ids.length + given.user_ids.length > 0, {
			message: 'is empty: choose a channel or a user',
			path: ['channel_ids'],
		}),
	result: z.array(outcome),
	run: sendAll,
});

const get = procedure({
	title: 'Get a message',
	summary: 'Gives one message by its ID.',
	uses: [wire.listPosts, listUsers],
	params: z.object({ post_id, names }),
	result: shownPost,
	readOnly: true,
	async run(given, dsm) {
		const row = await onePost(dsm, Number(given.post_id));
		if (!row) throw noSuchPost();
		return await toShown(dsm, row, given.names);
	},
});

const list = procedure({
	title: 'List messages',
	summary: 'Lists the messages of a channel or the replies of a thread, newest first.',
	uses: [wire.listPosts, listUsers],
	params: z.object({
		channel_id,
		thread_id: thread_id.optional().meta({
			...thread_id.meta(),
			description: 'ID of the message that starts a thread, to list its replies instead of the main messages',
			advanced: true,
		}),
		since: moment().optional().meta({
			title: 'Since',
			description: 'Only messages sent at this moment or later',
			widget: 'moment',
			advanced: true,
		}),
		names,
	}),
	result: z.array(shownPost),
	readOnly: true,
	async *each(given, dsm) {
		const timeline = { channel_id: given.channel_id, thread_id: Number(given.thread_id ?? 0) };
		for await (const row of newestFirst(dsm, timeline)) {
			if (given.since !== undefined && createdAt(row) < given.since) return;
			if (!row.delete_at) yield await toShown(dsm, row, given.names);
		}
	},
});

const listThreads = operation({
	title: 'List threads',
	summary: 'Lists the messages of a channel that have replies.',
	call: wire.listThreads,
	params: z.object({ channel_id }),
	request: (given) => ({ channel_id: given.channel_id, related_comment_count: 3 }),
});

const listEditable = operation({
	title: 'List editable messages',
	summary: 'Lists the messages of the account in a channel that may still be edited.',
	call: wire.listEditablePosts,
	params: z.object({ channel_id }),
});

const getReadStatus = operation({
	title: 'Get the read status of a message',
	summary: 'Says who has read a message.',
	call: wire.getReadStatus,
	params: z.object({ post_id }),
	request: postNumber,
});

const update = operation({
	title: 'Update a message',
	summary: 'Replaces the text of a message of the account, within the time that the settings of Chat allow.',
	known: {
		uses: checkCalls,
		look: async (given, dsm) => ({ message: await textForPost(dsm, given) }),
	},
	call: wire.setPost,
	params: z.object({ post_id, message, mentions }),
	request: (given, known) => ({ channel_id: channelOf(given.post_id), ...postNumber(given), ...known }),
});

const remove = operation({
	title: 'Delete a message',
	summary: 'Deletes a message of the account, within the time that the settings of Chat allow.',
	call: wire.deletePost,
	params: z.object({ post_id }),
	request: postNumber,
	destructive: true,
	deletes: true,
});

const forward = operation({
	title: 'Forward a message',
	summary: 'Copies a message with its file to other channels; not possible for polls and encrypted messages.',
	known: {
		uses: checkCalls,
		async look(given, dsm) {
			await refuseEncrypted(dsm, [channelOf(given.post_id)], 'post_id');
			await refuseEncrypted(dsm, given.channel_ids, 'channel_ids');
		},
	},
	call: wire.forwardPost,
	params: z.object({
		post_id,
		channel_ids: some('channel', { title: 'Channels', description: 'Channels that get a copy' }),
	}),
	request: (given) => ({ ...postNumber(given), channel_ids: given.channel_ids }),
});

/** A change of one message that takes nothing but its id, and can be taken back. */
const marking = (call: typeof wire.pinPost, title: string, summary: string) =>
	operation({ title, summary, call, params: z.object({ post_id }), request: postNumber });

export const messages = resource(
	'Message',
	{
		send,
		reply,
		sendDirect,
		sendToMany,
		get,
		list,
		listThreads,
		listPinned,
		listStarred,
		listEditable,
		search,
		getReadStatus,
		update,
		delete: remove,
		forward,
		pin: marking(wire.pinPost, 'Pin a message', 'Adds a message to the pinned ones of its channel.'),
		unpin: marking(wire.unpinPost, 'Unpin a message', 'Removes a message from the pinned ones of its channel.'),
		stick: marking(wire.stickPost, 'Stick a message to the top', 'Keeps a pinned message on top of the others.'),
		unstick: marking(wire.unstickPost, 'Unstick a message from the top', 'No longer keeps a message on top.'),
		star: marking(wire.starPost, 'Star a message', 'Adds a message to the bookmarks of the account.'),
		unstar: marking(wire.unstarPost, 'Unstar a message', 'Removes a message from the bookmarks of the account.'),
		hidePreview: marking(
			wire.hidePreview,
			'Hide the link preview of a message',
			'Hides the preview of the link in a message.',
		),
	},
	{ asks: { by: 'send', text: 'message' } },
);
