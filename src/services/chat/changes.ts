import { digest } from '../../catalog/sources';
import { boardTrigger } from './board';
import { chatHints } from './hints';

/**
 * The text decides, since `update_at` moves for other reasons, too (chat.md 5.1). Of a message whose former text is not remembered the
 * time must do, unless a reply, a pin or a vote explains it.
 */
export const messageEdited = boardTrigger({
	title: 'Message edited',
	summary: 'Starts when the text of a message is changed.',
	wake: chatHints,
	query: { sort_by: 'update_at' },
	printOf: ({ message = '' }) => digest(message),
	isNews: ({ update_at = 0, create_at = 0, last_comment_at, last_pin_at, props }) =>
		update_at > create_at && update_at !== last_comment_at && update_at !== last_pin_at && !props?.vote,
	key: ({ post_id, update_at, message }) => `${post_id}-${String(update_at)}-${digest(message)}`,
	ownMatters: true,
});

export const messagePinned = boardTrigger({
	title: 'Message pinned',
	summary: 'Starts when a message is pinned, by whomever.',
	query: { has: ['pin'], sort_by: 'last_pin_at' },
	printOf: ({ last_pin_at }) => String(last_pin_at),
	isNews: ({ last_pin_at = 0 }) => last_pin_at > 0,
	key: ({ post_id, last_pin_at }) => `${post_id}-${String(last_pin_at)}`,
	ownMatters: false,
});
