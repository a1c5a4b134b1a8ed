import type { Dsm } from '../../core/dsm';
import { id, moment } from '../fields';
import { operation, procedure } from '../operation';
import { z } from '../../vendor/zod';
import { asNumber, channel_id, channelOf, post_id } from './fields';
import type { WirePost } from './post';
import { idOfPost, onlyPost, post } from './post';
import { listCall, newestFirst, PAGE } from './reading';

export const searchCall = { api: 'SYNO.Chat.Post', method: 'search', version: 5 } as const;

/** With both counts at zero the answer is the anchor alone: Chat has no call for one message (chat.md 5.2-3). */
export const get = procedure({
	title: 'Get a message',
	summary: 'Gives one message by its ID.',
	uses: [listCall],
	params: z.object({ post_id }),
	result: post,
	readOnly: true,
	basis: 'capture',
	async run(given, dsm) {
		const wire = { channel_id: channelOf(given.post_id), ...asNumber(given), prev_count: 0, next_count: 0 };
		return { ...onlyPost(await dsm.call(listCall, wire), wire.post_id) };
	},
});

const historyParams = z.object({
	channel_id,
	thread_id: post_id.optional().meta({
		title: 'Thread',
		description: 'ID of the message that starts a thread, to list its replies instead of the main messages',
		advanced: true,
	}),
	since: moment().optional().meta({
		title: 'Since',
		description: 'Only messages sent at this moment or later',
		widget: 'moment',
		advanced: true,
	}),
});

export const list = procedure({
	title: 'List messages',
	summary: 'Lists the messages of a channel or the replies of a thread, newest first.',
	uses: [listCall],
	params: historyParams,
	result: z.array(post),
	each: history,
	readOnly: true,
	basis: 'capture',
});

async function* history(given: z.output<typeof historyParams>, dsm: Dsm): AsyncGenerator<WirePost> {
	const place = { channel_id: given.channel_id, thread_id: Number(given.thread_id ?? 0) };
	for await (const row of newestFirst(dsm, place)) {
		if (given.since !== undefined && (row.create_at ?? 0) < given.since) return;
		if (!row.delete_at) yield row;
	}
}

export const listThreads = operation({
	title: 'List threads',
	summary: 'Lists the messages of a channel that have replies.',
	call: { api: 'SYNO.Chat.Post', method: 'thread_list', version: 5 },
	params: z.object({ channel_id }),
	request: (given) => ({ channel_id: given.channel_id, related_comment_count: 3 }),
	page: { items: 'search_results', max: 25 },
	result: z.array(post),
	readOnly: true,
	basis: 'capture',
});

const searchParams = z.object({
	keyword: z.string().default('').meta({ title: 'Keyword', description: 'Text to look for; empty: any' }),
	channel_ids: z
		.array(id())
		.default([])
		.meta({
			title: 'Channels',
			description: 'Channels to search; none: all that the account has joined',
			widget: 'picker',
			choices: { from: 'chat.channel.list', value: 'channel_id', label: 'label' },
		}),
	creator_ids: z
		.array(id())
		.default([])
		.meta({
			title: 'Senders',
			description: 'Users who sent the message; none: anybody',
			widget: 'picker',
			choices: { from: 'chat.user.list', value: 'user_id', label: 'label' },
			advanced: true,
		}),
	after: moment()
		.optional()
		.meta({ title: 'After', description: 'Sent after this moment', widget: 'moment', advanced: true }),
	before: moment()
		.optional()
		.meta({ title: 'Before', description: 'Sent before this moment', widget: 'moment', advanced: true }),
	post_type: z
		.enum(['any', 'normal', 'file'])
		.default('any')
		.meta({
			title: 'Kind',
			description: 'Kind of message',
			labels: { any: 'Any', normal: 'Text', file: 'File' },
			advanced: true,
		}),
	has: z
		.enum(['any', 'pin', 'url', 'star'])
		.default('any')
		.meta({
			title: 'Mark',
			description: 'Only messages that are pinned, hold a link, or are starred',
			labels: { any: 'Any', pin: 'Pinned', url: 'With Link', star: 'Starred' },
			advanced: true,
		}),
});

export const search = procedure({
	title: 'Search messages',
	summary: 'Finds messages and replies by text, channel, sender and time, newest first.',
	uses: [searchCall],
	params: searchParams,
	result: z.array(post),
	each: found,
	readOnly: true,
	basis: 'capture',
});

/** `in` filters by channel; the natural `channel_id` is ignored in silence and shows other channels' posts (chat.md 5.8). */
const wireSearch = (given: z.output<typeof searchParams>) => ({
	in: given.channel_ids,
	sort_by: 'create_at',
	...(given.keyword && { keyword: given.keyword }),
	...(given.creator_ids.length > 0 && { creator_ids: given.creator_ids }),
	...(given.after !== undefined && { after: given.after }),
	...(given.before !== undefined && { before: given.before }),
	...(given.post_type !== 'any' && { post_type: [given.post_type] }),
	...(given.has !== 'any' && { has: [given.has] }),
});

async function* found(given: z.output<typeof searchParams>, dsm: Dsm): AsyncGenerator<WirePost> {
	const filters = wireSearch(given);
	const seen = new Set<number>();
	for (let offset = 0; ;) {
		const data = await dsm.call(searchCall, { ...filters, offset, limit: PAGE }, { readOnly: true });
		const rows: WirePost[] = data?.search_results ?? [];
		for (const row of rows) {
			if (!seen.has(idOfPost(row)) && fits(row, given)) yield row;
			seen.add(idOfPost(row));
		}
		offset += rows.length;
		if (rows.length === 0 || offset >= (data.total ?? Infinity)) return;
	}
}

/** Filters that a server does not know are ignored with success, so each row is checked (chat.md 5.8). */
function fits(row: WirePost, given: z.output<typeof searchParams>): boolean {
	const time = row.create_at ?? 0;
	return (
		!row.delete_at &&
		within(given.channel_ids, row.channel_id ?? channelOf(row.post_id)) &&
		within(given.creator_ids, row.creator_id) &&
		(given.after === undefined || time > given.after) &&
		(given.before === undefined || time < given.before) &&
		(given.post_type === 'any' || row.type === undefined || row.type === given.post_type)
	);
}

const within = (allowed: number[], value: number | undefined): boolean =>
	allowed.length === 0 || (value !== undefined && allowed.includes(value));
