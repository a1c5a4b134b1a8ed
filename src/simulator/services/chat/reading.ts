import type { BehaviourTable } from '../../core/behaviour';
import { behaviour, joinedChannel, type ChatCall } from './call';
import { integer } from './params';
import { threadList } from './posts';
import { refuse } from './refusal';
import { baseId, isReply, type ChatStore } from './store';
import type { Channel, Post } from './types';
import { postRow } from './wire';

/** Rows without counts (chat.md 5.2-7). */
const defaultCount = 10;

/** Where a list starts and how far it reaches to both sides. */
interface Window {
	/** Position: posts with a greater id are newer. */
	position: number;
	prev: number;
	next: number;
}

/** What `Post.list` was asked. */
export interface ListQuery {
	thread_id: number;
	post_id?: number | undefined;
	create_at?: number | undefined;
	prev_count?: number | undefined;
	next_count?: number | undefined;
	/** Position without an anchor and without counts. */
	last_view_at: number;
}

export const readingBehaviours: BehaviourTable = {
	// offset and limit are ignored (chat.md 5.2-7).
	'SYNO.Chat.Post.list': behaviour((call) => {
		const { chat, me } = call;
		const channel = joinedChannel(call);
		const posts = listPosts(chat, channel, query(call, channel));
		return { data: { posts: posts.map((post) => postRow(chat, post, me.user_id)) } };
	}),
	'SYNO.Chat.Post.thread_list': threadList,
};

function query({ me, params }: ChatCall, channel: Channel): ListQuery {
	return {
		thread_id: integer(params, 'thread_id') ?? 0,
		post_id: integer(params, 'post_id'),
		create_at: integer(params, 'create_at'),
		prev_count: integer(params, 'prev_count'),
		next_count: integer(params, 'next_count'),
		last_view_at: channel.viewed.get(me.user_id) ?? 0,
	};
}

/** Posts around an anchor by the rules of chat.md 5.2. Refuses with 402 past the end and for an empty channel. */
export function listPosts(chat: ChatStore, channel: Channel, asked: ListQuery): Post[] {
	const shown = channel.posts.filter((post) => post.delete_at === 0 || chat.switches.tombstones);
	if (shown.length === 0) return refuse(402);
	const anchor = anchorPost(chat, channel, asked.post_id);
	if (anchor && anchor.post_id === asked.thread_id) return shown.filter((post) => post === anchor);
	const window = placed(shown, asked);
	const listed = shown.filter((post) => post === anchor || inTimeline(post, asked.thread_id));
	const posts = around(listed, window, anchor, chat.switches.pageCap);
	return chat.switches.order === 'ascending' ? posts : posts.reverse();
}

function inTimeline(post: Post, thread_id: number): boolean {
	return thread_id === 0 ? !isReply(post) : isReply(post) && post.thread_id === thread_id;
}

/** The anchor post when there is one; a gap between posts is only a position. Past the newest post: 402. */
function anchorPost(chat: ChatStore, channel: Channel, post_id: number | undefined): Post | undefined {
	if (post_id === undefined) return undefined;
	if (post_id > baseId(channel) + channel.lastNumber || post_id <= baseId(channel)) return refuse(402);
	const post = chat.anyPost(post_id);
	if (post && post.delete_at !== 0 && chat.switches.deletedAnchor === 'missing') return refuse(402);
	return post;
}

function placed(shown: Post[], asked: ListQuery): Window {
	const { post_id, create_at, prev_count, next_count, last_view_at } = asked;
	const counted = prev_count !== undefined || next_count !== undefined;
	const prev = prev_count ?? (counted ? 0 : defaultCount);
	const next = next_count ?? (counted ? 0 : defaultCount);
	if (post_id !== undefined) return { position: post_id, prev, next: counted ? next : 0 };
	if (create_at !== undefined) return { position: idAt(shown, create_at), prev, next: counted ? next : 0 };
	if (prev > 0 && counted) return { position: Number.MAX_SAFE_INTEGER, prev, next };
	const position = idAt(shown, last_view_at);
	if (counted) return { position, prev, next };
	// Default page: what was read last, filled up with what follows, so that a reader who never looked gets the oldest.
	const read = shown.filter((post) => post.post_id <= position && !isReply(post)).length;
	return { position, prev: defaultCount, next: Math.max(0, defaultCount - read) };
}

/** Id of the newest post up to a time, else the position before all posts. */
function idAt(shown: Post[], time: number): number {
	return shown.reduce((id, post) => (post.create_at <= time ? Math.max(id, post.post_id) : id), 0);
}

function around(listed: Post[], { position, prev, next }: Window, anchor: Post | undefined, cap: number): Post[] {
	const older = listed.filter((post) => post !== anchor && post.post_id <= position);
	const newer = listed.filter((post) => post !== anchor && post.post_id > position);
	const own = anchor && listed.includes(anchor) ? [anchor] : [];
	const room = cap - own.length;
	const ahead = newer.slice(0, Math.min(next, prev > 0 ? Math.ceil(room / 2) : room));
	const behind = prev > 0 ? older.slice(-Math.min(prev, room - ahead.length)) : [];
	return [...behind, ...own, ...ahead];
}
