import { operation, resource } from '../../catalog/operation';
import { z } from '../../vendor/zod';
import { channelOf, nothing, post_id, toNothing } from './fields';

const thread_id = post_id.meta({
	title: 'Thread',
	description: 'ID of the message that starts the thread',
	placeholder: 'e.g. 309237645323',
});

/** Versions of this API are not cumulative: following is in the first only, reading in the second only (chat.md 14). */
const subscribing = (method: string, title: string, summary: string) =>
	operation({
		title,
		summary,
		call: { api: 'SYNO.Chat.Post.Subscribe', method, version: 1 },
		params: z.object({ thread_id }),
		request: (given) => ({ post_id: Number(given.thread_id) }),
		response: toNothing,
		result: nothing,
		basis: 'inferred',
	});

export const subscribe = subscribing('create', 'Follow a thread', 'Has Chat tell the account of replies in a thread.');
export const unsubscribe = subscribing('delete', 'Unfollow a thread', 'Ends following a thread.');

export const markRead = operation({
	title: 'Mark a thread as read',
	summary: 'Marks the replies of a thread as read.',
	call: { api: 'SYNO.Chat.Post.Subscribe', method: 'view', version: 2 },
	params: z.object({ thread_id }),
	request: (given) => ({ channel_id: channelOf(given.thread_id), thread_id: Number(given.thread_id) }),
	response: toNothing,
	result: nothing,
	basis: 'clients',
});

export const chatThreads = resource('Thread', { subscribe, unsubscribe, markRead });
