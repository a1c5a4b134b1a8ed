import type { BehaviourTable } from '../../core/behaviour';
import { behaviour, done, joinedChannel, readablePost, type ChatCall } from './call';
import { uploaded } from './files';
import { integer, numbers, requiredText } from './params';
import { refuse } from './refusal';
import { isReply, type NewPost } from './store';
import type { Channel, Post } from './types';
import { postRow } from './wire';

const minute = 60_000;

/** Writing posts: chat.md 5.3, 5.4, 5.6, 5.7, 5.8. */
export const postBehaviours: BehaviourTable = {
	'SYNO.Chat.Post.create': behaviour(create),
	'SYNO.Chat.Post.set': behaviour(set),
	'SYNO.Chat.Post.delete': behaviour(remove),
	'SYNO.Chat.Post.forward': behaviour(forward),
	'SYNO.Chat.Post.pin': marking((post, { chat }) => {
		post.last_pin_at = chat.now();
	}),
	'SYNO.Chat.Post.unpin': marking((post) => {
		post.last_pin_at = 0;
		post.is_sticky = false;
	}),
	'SYNO.Chat.Post.stick': marking((post) => {
		post.is_sticky = true;
	}),
	'SYNO.Chat.Post.unstick': marking((post) => {
		post.is_sticky = false;
	}),
	'SYNO.Chat.Post.star': marking((post, { me }) => void post.starredBy.add(me.user_id)),
	// The link preview is not part of what the simulator keeps.
	'SYNO.Chat.Post.hide_og': marking(() => undefined),
	'SYNO.Chat.Post.list_editable': behaviour(editable),
	// Who has looked at the channel since; the shape of the answer was not captured (unverified).
	'SYNO.Chat.Post.get_read_status': behaviour((call) => {
		const post = readablePost(call);
		const { viewed, members } = call.chat.channelOf(post);
		const readers = [...members].filter((member) => (viewed.get(member) ?? 0) >= post.create_at);
		return { data: { user_ids: readers } };
	}),
	'SYNO.Chat.Post.unstar': marking((post, { me }) => void post.starredBy.delete(me.user_id)),
};

/** A change of a post that answers success without data. */
function marking(change: (post: Post, call: ChatCall) => void) {
	return behaviour((call) => {
		const post = readablePost(call);
		change(post, call);
		call.chat.touch(post);
		return done;
	});
}

async function create(call: ChatCall) {
	const { chat, me, params } = call;
	const channel = writableChannel(call);
	const draft: NewPost = {
		creator_id: me.user_id,
		message: message(call),
		thread_id: integer(params, 'thread_id') ?? 0,
		...(params['conn_id'] !== undefined && { conn_id: String(params['conn_id']) }),
	};
	if (draft.message.length > chat.switches.maxLength) return refuse(410);
	const type = postType(call, draft.message);
	const file = type === 'file' ? await uploaded(call) : undefined;
	chat.claimTurn(`user:${me.user_id}`);
	const post = chat.append(channel, { ...draft, type, ...(file && { file }) });
	return { data: postRow(chat, post, me.user_id) };
}

/** A joined channel that takes posts. Which code an archived one gives was not captured: unverified. */
export function writableChannel(call: ChatCall): Channel {
	const channel = joinedChannel(call);
	return channel.archived ? refuse(105) : channel;
}

/** Multipart parts are bare (core.md 10.7): a caption such as `123` is taken as sent. */
function message({ params, request }: ChatCall): string {
	const value = params['message'] ?? '';
	if (typeof value === 'string') return value;
	return request.files.length > 0 ? (request.raw['message'] ?? '') : refuse(101);
}

/** A number is stored as it comes and breaks clients (chat.md 5.3): the trap stays a trap here. */
function postType({ params, request }: ChatCall, text: string): string | number {
	const type = params['type'] ?? 'normal';
	if (typeof type === 'number') return type;
	if (type !== 'normal' && type !== 'file' && type !== 'sticker') return refuse(101);
	const file = request.files.some(({ field }) => field === 'file');
	if (type === 'file' ? !file : text === '') return refuse(101);
	return type;
}

function mayEdit(call: ChatCall, post: Post): boolean {
	const { allow_edit_message, allow_edit_message_time_within_min: minutes } = call.chat.settings;
	const isText = post.type === 'normal' || post.type === 'file';
	return isText && allow_edit_message && ownWithin(call, post, minutes);
}

/** Own posts of a channel that may still be edited (C; the answer's form is that of `list`, unverified). */
function editable(call: ChatCall) {
	const { chat, me } = call;
	const own = joinedChannel(call).posts.filter((post) => post.delete_at === 0 && mayEdit(call, post));
	return { data: { posts: own.map((post) => postRow(chat, post, me.user_id)) } };
}

function set(call: ChatCall) {
	const { chat, me, params } = call;
	const post = readablePost(call);
	const text = requiredText(params, 'message');
	if (!mayEdit(call, post)) return refuse(415);
	if (text.length > chat.switches.maxLength) return refuse(410);
	chat.edit(post, text);
	return { data: postRow(chat, post, me.user_id) };
}

function remove(call: ChatCall) {
	const post = readablePost(call);
	if (!ownWithin(call, post, call.chat.switches.deleteWithinMin)) return refuse(415);
	call.chat.remove(post);
	return done;
}

function ownWithin({ chat, me }: ChatCall, post: Post, minutes: number): boolean {
	if (post.creator_id !== me.user_id) return false;
	return minutes === 0 || chat.now() - post.create_at <= minutes * minute;
}

/** Copies text and file; polls and encrypted posts are refused (code not captured: 117, unverified). */
function forward(call: ChatCall) {
	const { chat, me, params } = call;
	const post = readablePost(call);
	const targets = numbers(params, 'channel_ids') ?? refuse(101);
	if (post.vote || chat.channelOf(post).encrypted) return refuse(117);
	const channels = targets.map((channel_id) => writableChannel({ ...call, params: { channel_id } }));
	for (const channel of channels) chat.append(channel, copy(post, me.user_id));
	return done;
}

function copy({ message: text, type, file }: Post, creator_id: number): NewPost {
	return { creator_id, message: text, type, ...(file && { file }) };
}

/** Roots of threads, latest comment first, each with its last replies (chat.md 5.8). */
export const threadList = behaviour((call) => {
	const { chat, me, params } = call;
	const channel = joinedChannel(call);
	const alive = channel.posts.filter((post) => post.delete_at === 0);
	const roots = alive.filter((post) => post.thread_id === post.post_id);
	roots.sort((a, b) => b.last_comment_at - a.last_comment_at || b.post_id - a.post_id);
	const offset = integer(params, 'offset') ?? 0;
	const page = roots.slice(offset, offset + (integer(params, 'limit') ?? 25));
	const replies = (root: Post) => alive.filter((post) => isReply(post) && post.thread_id === root.post_id);
	const related = integer(params, 'related_comment_count') ?? 3;
	const rows = (posts: Post[]) => posts.map((post) => postRow(chat, post, me.user_id));
	return {
		data: {
			search_results: rows(page),
			related_posts: rows(related === 0 ? [] : page.flatMap((root) => replies(root).slice(-related))),
			total: roots.length,
		},
	};
});
