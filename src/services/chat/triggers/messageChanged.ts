import { digest } from '../../../catalog/sources';
import { changeTrigger } from '../lib/changedMessages';
import { millisecondsOf } from '../lib/posts';
import { chatSocket } from '../lib/realtime';

/**
 * The text decides, since `update_at` moves for other reasons, too (chat.md 5.1). Of a message whose former text is not remembered the
 * time must do, unless a reply, a pin or a vote explains it.
 */
export const messageEdited = changeTrigger({
	title: 'Message edited',
	summary: 'Starts when the text of a message is changed.',
	wake: chatSocket,
	query: { sort_by: 'update_at' },
	fingerprintOf: ({ message = '' }) => digest(message),
	isNews: ({ update_at, create_at, last_comment_at, last_pin_at, poll_state }) =>
		millisecondsOf(update_at) > millisecondsOf(create_at) &&
		update_at !== last_comment_at &&
		update_at !== last_pin_at &&
		poll_state === undefined,
	key: ({ post_id, update_at, message }) => `${post_id}-${millisecondsOf(update_at)}-${digest(message)}`,
	ownMatters: true,
});

export const messagePinned = changeTrigger({
	title: 'Message pinned',
	summary: 'Starts when anybody pins a message.',
	query: { has: ['pin'], sort_by: 'last_pin_at' },
	fingerprintOf: ({ last_pin_at }) => String(millisecondsOf(last_pin_at)),
	isNews: ({ last_pin_at }) => millisecondsOf(last_pin_at) > 0,
	key: ({ post_id, last_pin_at }) => `${post_id}-${millisecondsOf(last_pin_at)}`,
	ownMatters: false,
});
