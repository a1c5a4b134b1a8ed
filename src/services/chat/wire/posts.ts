import { field, row, uncaptured } from '../../../catalog/row';
import { call, repeatable } from '../../../catalog/wire';
import { z } from '../../../vendor/zod';

/** Entries of `mentions` are numbers, or texts that end in the number (chat.md 5.1). */
const mentioned = z.preprocess(
	(value) => (Array.isArray(value) ? value.map((entry) => String(entry).split(':').pop()) : (value ?? [])),
	z.array(z.string()),
);

/** One answer of a poll (chat.md 5.9). */
export const choice = row({
	id: field.id(),
	text: field.text(),
	count: field.number().optional(),
	voters: z.array(field.id()).optional(),
});

/**
 * A post (chat.md 5.1). What it has of a file, a poll and a reminder stands in the row itself, but for the type of a file, which is
 * the extension of its name.
 */
export const post = row(
	{
		post_id: field.id(),
		channel_id: field.id().optional(),
		creator_id: field.id().optional(),
		type: field.text().optional(),
		/** As stored, with mentions as `@u:7`. */
		message: field.text().optional(),
		create_at: field.milliseconds().optional(),
		update_at: field.millisecondsOrNever().optional(),
		delete_at: field.millisecondsOrNever().optional(),
		/** `0`: ordinary post; own id: start of a thread; anything else: a reply. */
		thread_id: field.id().optional(),
		comment_count: field.number().optional(),
		last_comment_at: field.millisecondsOrNever().optional(),
		last_pin_at: field.millisecondsOrNever().optional(),
		is_sticky: field.flag().optional(),
		encrypted: field.flag().optional(),
		mentions: mentioned.optional(),
		file_name: field.text().optional(),
		file_size: field.bytes().optional(),
		/** `open`, `close` or `delete`. */
		poll_state: field.text().optional(),
		choices: z.array(choice).optional(),
		multiple: field.flag().optional(),
		anonymous: field.flag().optional(),
		add_option: field.flag().optional(),
		/** When the poll closes by itself. */
		expire_at: field.millisecondsOrNever().optional(),
		/** When the account is reminded of it. */
		remind_at: field.millisecondsOrNever().optional(),
	},
	{
		lift: ['file_props', 'props', 'vote', 'options'],
		rename: { name: 'file_name', size: 'file_size', state: 'poll_state' },
		simple: [
			'post_id',
			'channel_id',
			'creator_id',
			'type',
			'message',
			'text',
			'create_at',
			'thread_id',
			'comment_count',
			'file_name',
		],
	},
);
export type Post = z.output<typeof post>;

/** Rows come in no promised order, and fewer than asked for (chat.md 5.2, 17). */
export const listPosts = call('SYNO.Chat.Post', 'list', 5, {
	list: ['posts', 'search_results'],
	of: post,
	basis: 'capture',
	source: 'chat.md 5.2',
	readOnly: true,
});

/** `in` filters by channel; the natural `channel_id` is ignored in silence and shows other channels' posts. */
export const searchPosts = call('SYNO.Chat.Post', 'search', 5, {
	list: ['search_results', 'posts'],
	of: post,
	page: 100,
	basis: 'capture',
	source: 'chat.md 5.8',
	readOnly: true,
});

export const listThreads = call('SYNO.Chat.Post', 'thread_list', 5, {
	list: 'search_results',
	of: post,
	page: 25,
	basis: 'capture',
	source: 'chat.md 5.8',
	readOnly: true,
});

export const listEditablePosts = call('SYNO.Chat.Post', 'list_editable', 5, {
	list: 'posts',
	of: post,
	basis: 'inferred',
	source: 'chat.md 5.8',
	readOnly: true,
});

export const getReadStatus = call('SYNO.Chat.Post', 'get_read_status', 6, {
	answer: uncaptured,
	basis: 'inferred',
	source: 'chat.md 5.8',
	readOnly: true,
});

/** `type` must be the text "normal" or "file": a number stores a post that breaks open web clients. */
export const createPost = call('SYNO.Chat.Post', 'create', 5, {
	answer: post,
	basis: 'capture',
	source: 'chat.md 5.3',
});

export const setPost = repeatable(call('SYNO.Chat.Post', 'set', 8, { basis: 'capture', source: 'chat.md 5.6' }));
export const deletePost = repeatable(call('SYNO.Chat.Post', 'delete', 8, { basis: 'capture', source: 'chat.md 5.7' }), {
	done: [402],
});

/** The ids of the channels must be numbers in an array: texts are refused (chat.md 1.2). */
export const forwardPost = call('SYNO.Chat.Post', 'forward', 5, { basis: 'inferred', source: 'chat.md 5.8' });

/** A change of one post that takes nothing but its id. */
const marking = (method: string, basis: 'capture' | 'inferred') =>
	call('SYNO.Chat.Post', method, 5, { basis, source: 'chat.md 5.8' });

export const pinPost = repeatable(marking('pin', 'capture'));
export const unpinPost = repeatable(marking('unpin', 'capture'));
export const stickPost = repeatable(marking('stick', 'inferred'));
export const unstickPost = repeatable(marking('unstick', 'inferred'));
export const starPost = repeatable(marking('star', 'inferred'));
export const unstarPost = repeatable(marking('unstar', 'inferred'));
export const hidePreview = repeatable(marking('hide_og', 'inferred'));

export const getFile = call('SYNO.Chat.Post.File', 'get', 2, {
	basis: 'capture',
	source: 'chat.md 5.5',
	readOnly: true,
});

export const getThumbnail = call('SYNO.Chat.Post.File', 'thumbnail', 2, {
	basis: 'inferred',
	source: 'chat.md 5.5',
	readOnly: true,
});
