import type { Dsm } from '../../../core/dsm';
import { moment } from '../../../catalog/fields';
import { procedure } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { anyOf, post_id } from '../fields';
import { names, toShown, toStored } from '../lib/mentions';
import { channelIdOf, createdAt, isReply } from '../lib/posts';
import { post, searchPosts, type Post } from '../wire/posts';
import { listUsers } from '../wire/users';

const shownPost = post.with({ text: z.string().optional() });

const channels = anyOf('channel', {
	title: 'Channels',
	description: 'Channels to search; none: all that the account has joined',
});

const searchParams = z.object({
	keyword: z
		.string()
		.default('')
		.meta({ title: 'Keyword', description: 'Text to look for; empty: any', placeholder: 'e.g. invoice' }),
	channel_ids: channels,
	creator_ids: anyOf('user', {
		title: 'Senders',
		description: 'Users who sent the message; none: anybody',
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
			description: 'Only messages that are pinned, contain a link, or are starred',
			labels: { any: 'Any', pin: 'Pinned', url: 'With Link', star: 'Starred' },
			advanced: true,
		}),
	thread_id: post_id.optional().meta({
		title: 'Thread',
		description: 'ID of the message that starts a thread, to search its replies; 0: only messages that are not replies',
		advanced: true,
	}),
	sort_by: z
		.enum(['create_at', 'update_at', 'last_pin_at', 'last_comment_at'])
		.default('create_at')
		.meta({
			title: 'Order',
			description: 'What comes first',
			labels: {
				create_at: 'Newest',
				update_at: 'Last Changed',
				last_pin_at: 'Last Pinned',
				last_comment_at: 'Last Replied To',
			},
			advanced: true,
		}),
	names,
});
type Search = z.output<typeof searchParams>;

export const search = procedure({
	title: 'Search messages',
	summary: 'Finds messages and replies by text, channel, sender and time, newest first.',
	uses: [searchPosts, listUsers],
	params: searchParams,
	result: z.array(shownPost),
	each: found,
	readOnly: true,
});

const listParams = z.object({ channel_ids: channels, names });

/** The messages that are pinned or starred. */
const marked = (has: 'pin' | 'star', sort_by: Search['sort_by']) => (given: z.output<typeof listParams>, dsm: Dsm) =>
	found(searchParams.parse({ ...given, has, sort_by }), dsm);

export const listPinned = procedure({
	title: 'List pinned messages',
	summary: 'Lists the pinned messages of channels, the last one pinned first.',
	uses: [searchPosts, listUsers],
	params: listParams,
	result: z.array(shownPost),
	each: marked('pin', 'last_pin_at'),
	readOnly: true,
});

export const listStarred = procedure({
	title: 'List starred messages',
	summary: 'Lists the bookmarks of the account, newest first.',
	uses: [searchPosts, listUsers],
	params: listParams,
	result: z.array(shownPost),
	each: marked('star', 'create_at'),
	readOnly: true,
});

const wireSearch = (given: Search) => ({
	in: given.channel_ids,
	sort_by: given.sort_by,
	...(given.keyword && { keyword: given.keyword }),
	...(given.creator_ids.length > 0 && { creator_ids: given.creator_ids }),
	...(given.after !== undefined && { after: given.after }),
	...(given.before !== undefined && { before: given.before }),
	...(given.post_type !== 'any' && { post_type: [given.post_type] }),
	...(given.has !== 'any' && { has: [given.has] }),
	...(given.thread_id !== undefined && { thread_id: Number(given.thread_id) }),
});

/** What is written meanwhile moves rows to the next page, so that they come twice. */
async function* found(given: Search, dsm: Dsm): AsyncGenerator<z.input<typeof shownPost>> {
	const wanted = { ...given, keyword: await toStored(dsm, given.keyword) };
	const seen = new Set<string>();
	for await (const row of dsm.rows(searchPosts, wireSearch(wanted))) {
		if (!seen.has(row.post_id) && fits(row, wanted)) yield await toShown(dsm, row, given.names);
		seen.add(row.post_id);
	}
}

/** Filters that a server does not know are ignored with success, so each row is checked (chat.md 5.8). Stars do not show in a row. */
function fits(row: Post, given: Search): boolean {
	const time = createdAt(row);
	return (
		!row.delete_at &&
		within(given.channel_ids, channelIdOf(row)) &&
		within(given.creator_ids, Number(row.creator_id)) &&
		(given.after === undefined || time > given.after) &&
		(given.before === undefined || time < given.before) &&
		(given.post_type === 'any' || row.type === undefined || row.type === given.post_type) &&
		(given.has !== 'pin' || row.last_pin_at !== null) &&
		(given.has !== 'url' || /\w:\/\//.test(row.message ?? '')) &&
		inThread(row, given.thread_id) &&
		contains(row, given.keyword)
	);
}

function inThread(row: Post, thread_id: string | undefined): boolean {
	if (thread_id === undefined) return true;
	return Number(thread_id) === 0 ? !isReply(row) : isReply(row) && Number(row.thread_id) === Number(thread_id);
}

/** Any of the words counts: how Chat takes words apart is not known, and a row too many does less harm than one too few. */
function contains({ message = '', file_name = '' }: Post, keyword: string): boolean {
	const words = folded(keyword).match(/\S+/g) ?? [];
	const text = folded(`${message}\n${file_name}`);
	return words.length === 0 || words.some((word) => text.includes(word));
}

const folded = (text: string): string => text.normalize('NFKC').toLowerCase();

const within = (allowed: number[], value: number): boolean => allowed.length === 0 || allowed.includes(value);
