import type { BehaviourTable } from '../../core/behaviour';
import { behaviour, type ChatCall } from './call';
import { ids, integer, numbers, strings, text } from './params';
import { isReply } from './store';
import type { Post } from './types';
import { postRow } from './wire';

type Test = (post: Post) => boolean;

const sortKeys = ['create_at', 'update_at', 'last_pin_at', 'last_comment_at', 'is_sticky'] as const;
const mostRows = 100;

/** `Post.search` (chat.md 5.8). Unknown filters, `channel_id` among them, are ignored with success. */
export const searchBehaviours: BehaviourTable = {
	'SYNO.Chat.Post.search': behaviour((call) => {
		const { chat, me, params } = call;
		const tests = filters(call);
		const found = visiblePosts(call).filter((post) => tests.every((test) => test(post)));
		found.sort(newestFirst(params));
		const offset = integer(params, 'offset') ?? 0;
		const limit = Math.min(integer(params, 'limit') ?? mostRows, mostRows);
		const page = found.slice(offset, offset + limit);
		const search_results = page.map((post) => postRow(chat, post, me.user_id));
		return { data: { search_results, total: found.length, offset, limit } };
	}),
};

/** Living posts of the joined channels among `in`; `[]` or none: of all joined ones. */
function visiblePosts({ chat, me, params }: ChatCall): Post[] {
	const wanted = numbers(params, 'in') ?? [];
	if (wanted.length === 0 && params['keyword'] === undefined && !chat.switches.searchAllWithoutKeyword) return [];
	return [...chat.channels.values()]
		.filter((channel) => channel.members.has(me.user_id))
		.filter((channel) => wanted.length === 0 || wanted.includes(channel.channel_id))
		.flatMap((channel) => channel.posts.filter((post) => post.delete_at === 0));
}

function filters(call: ChatCall): Test[] {
	const { me, params } = call;
	const tests: Test[] = call.chat.switches.searchHonoursTime ? times(call) : [];
	const keyword = text(params, 'keyword')?.toLowerCase();
	if (keyword) tests.push((post) => post.message.toLowerCase().includes(keyword));
	const types = strings(params, 'post_type');
	if (types?.length) tests.push((post) => types.includes(String(post.type)));
	const creators = ids(params, 'creator_ids');
	if (creators?.length) tests.push((post) => creators.includes(post.creator_id));
	const has = strings(params, 'has') ?? [];
	if (has.includes('pin')) tests.push((post) => post.last_pin_at > 0);
	if (has.includes('url')) tests.push((post) => /https?:\/\//.test(post.message));
	if (has.includes('star')) tests.push((post) => post.starredBy.has(me.user_id));
	const thread = integer(params, 'thread_id');
	if (thread === 0) tests.push((post) => !isReply(post));
	if (thread) tests.push((post) => post.thread_id === thread);
	return tests;
}

function times({ chat, params }: ChatCall): Test[] {
	const tests: Test[] = [];
	const after = integer(params, 'after');
	const before = integer(params, 'before');
	const first = after !== undefined && (chat.switches.searchAfterInclusive ? after : after + 1);
	if (first !== false) tests.push((post) => post.create_at >= first);
	if (before !== undefined) tests.push((post) => post.create_at < before);
	return tests;
}

/** `sort_by_array` goes before `sort_by`; ties and unknown keys fall back to the newest first. */
function newestFirst(params: Record<string, unknown>): (a: Post, b: Post) => number {
	const asked = strings(params, 'sort_by_array') ?? [text(params, 'sort_by') ?? 'create_at'];
	const keys = [...sortKeys.filter((key) => asked.includes(key)), 'create_at', 'post_id'] as const;
	const ordered = [...keys].sort((a, b) => rank(asked, a) - rank(asked, b));
	return (a, b) => {
		for (const key of ordered) {
			const difference = Number(b[key]) - Number(a[key]);
			if (difference !== 0) return difference;
		}
		return 0;
	};
}

function rank(asked: string[], key: string): number {
	const index = asked.indexOf(key);
	return index < 0 ? asked.length : index;
}
