import { file, id } from '../fields';
import { operation, procedure, resource } from '../operation';
import { z } from '../../vendor/zod';
import { asNumber, channel_id, channelOf, message, nothing, post_id, toNothing, user_id } from './fields';
import { direct, directCalls } from './direct';
import { get, list, listThreads, search } from './history';
import { post } from './post';

const attachment = file().optional().meta({ title: 'File', description: 'File to attach', widget: 'file' });

const text = z.string().default('').meta({
	title: 'Message',
	description: 'Text of the message; may stay empty when a file is sent',
	widget: 'multiline',
});

const notEmpty = { message: 'is empty: a message needs a text or a file', path: ['message'] };
const hasContent = (value: { message: string; file?: unknown }): boolean =>
	value.message !== '' || value.file !== undefined;

const thread_id = post_id.meta({
	title: 'Thread',
	description: 'ID of the message that starts the thread',
	placeholder: 'e.g. 309237645323',
});

/** `type` must be the text "normal" or "file": a number stores a post that breaks open web clients (chat.md 5.3). */
const content = (given: { message: string; file?: unknown }) => ({
	type: given.file ? 'file' : 'normal',
	message: given.message,
	is_thread: false,
	...(given.file ? { file: given.file } : {}),
});

const call = { api: 'SYNO.Chat.Post', method: 'create', version: 5 } as const;

export const create = operation({
	title: 'Send a message',
	summary: 'Posts a message to a channel, with at most one file.',
	call,
	params: z.object({ channel_id, message: text, file: attachment }).refine(hasContent, notEmpty),
	request: (given) => ({ channel_id: given.channel_id, ...content(given) }),
	result: post,
	basis: 'capture',
});

export const reply = operation({
	title: 'Reply in a thread',
	summary: 'Posts a reply to a message, with at most one file; the first reply starts the thread.',
	call,
	params: z.object({ thread_id, message: text, file: attachment }).refine(hasContent, notEmpty),
	request: (given) => ({
		channel_id: channelOf(given.thread_id),
		thread_id: Number(given.thread_id),
		...content(given),
	}),
	result: post,
	basis: 'capture',
});

export const sendDirect = procedure({
	title: 'Send a direct message',
	summary: 'Posts a message to the conversation with a user, which is opened if there is none.',
	uses: [...directCalls, call],
	params: z.object({ user_id, message: text, file: attachment }).refine(hasContent, notEmpty),
	result: post,
	basis: 'capture',
	run: async (given, dsm) => await dsm.call(call, { channel_id: await direct(given.user_id, dsm), ...content(given) }),
});

export const update = operation({
	title: 'Edit a message',
	summary: 'Replaces the text of an own message, within the time that the settings of Chat allow.',
	call: { api: 'SYNO.Chat.Post', method: 'set', version: 8 },
	params: z.object({ post_id, message }),
	request: (given) => ({ channel_id: channelOf(given.post_id), ...asNumber(given), message: given.message }),
	response: toNothing,
	result: nothing,
	basis: 'capture',
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

export const pin = operation({
	title: 'Pin a message',
	summary: 'Adds a message to the pinned ones of its channel.',
	call: { api: 'SYNO.Chat.Post', method: 'pin', version: 5 },
	params: z.object({ post_id }),
	request: asNumber,
	response: toNothing,
	result: nothing,
	basis: 'capture',
});

export const unpin = operation({
	title: 'Unpin a message',
	summary: 'Takes a message from the pinned ones of its channel.',
	call: { api: 'SYNO.Chat.Post', method: 'unpin', version: 5 },
	params: z.object({ post_id }),
	request: asNumber,
	response: toNothing,
	result: nothing,
	basis: 'capture',
});

/** The ids must be numbers in an array: texts are refused (chat.md 1.2). */
export const forward = operation({
	title: 'Forward a message',
	summary: 'Copies a message with its file to other channels; not possible for polls.',
	call: { api: 'SYNO.Chat.Post', method: 'forward', version: 5 },
	params: z.object({
		post_id,
		channel_ids: z
			.array(id())
			.min(1)
			.meta({
				title: 'Channels',
				description: 'Channels that get a copy',
				widget: 'picker',
				choices: { from: 'chat.channel.list', value: 'channel_id', label: 'label' },
			}),
	}),
	request: (given) => ({ ...asNumber(given), channel_ids: given.channel_ids }),
	response: toNothing,
	result: nothing,
	basis: 'inferred',
});

export const star = operation({
	title: 'Star a message',
	summary: 'Adds a message to the own bookmarks.',
	call: { api: 'SYNO.Chat.Post', method: 'star', version: 5 },
	params: z.object({ post_id }),
	request: asNumber,
	response: toNothing,
	result: nothing,
	basis: 'inferred',
});

export const unstar = operation({
	title: 'Unstar a message',
	summary: 'Takes a message from the own bookmarks.',
	call: { api: 'SYNO.Chat.Post', method: 'unstar', version: 5 },
	params: z.object({ post_id }),
	request: asNumber,
	response: toNothing,
	result: nothing,
	basis: 'inferred',
});

export const messages = resource('Message', {
	create,
	reply,
	sendDirect,
	get,
	list,
	listThreads,
	search,
	update,
	delete: remove,
	forward,
	pin,
	unpin,
	star,
	unstar,
});
