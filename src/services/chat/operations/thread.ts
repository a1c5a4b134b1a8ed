import { operation, resource } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { channelOf, thread_id } from '../fields';
import { followThread, unfollowThread, viewThread } from '../wire/postDetails';

const subscribe = operation({
	title: 'Subscribe to a thread',
	summary: 'Has Chat notify the account of replies in a thread.',
	call: followThread,
	params: z.object({ thread_id }),
	request: (given) => ({ post_id: Number(given.thread_id) }),
});

const unsubscribe = operation({
	title: 'Unsubscribe from a thread',
	summary: 'Has Chat no longer notify the account of replies in a thread.',
	call: unfollowThread,
	params: z.object({ thread_id }),
	request: (given) => ({ post_id: Number(given.thread_id) }),
});

const markRead = operation({
	title: 'Mark a thread as read',
	summary: 'Marks the replies of a thread as read.',
	call: viewThread,
	params: z.object({ thread_id }),
	request: (given) => ({ channel_id: channelOf(given.thread_id), thread_id: Number(given.thread_id) }),
});

export const threads = resource('Thread', { subscribe, unsubscribe, markRead });
