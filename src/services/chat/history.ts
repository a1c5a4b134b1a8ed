import type { Dsm } from '../../core/dsm';
import { moment } from '../../catalog/fields';
import { operation, procedure } from '../../catalog/operation';
import { z } from '../../vendor/zod';
import { asNumber, channel_id, post_id } from './fields';
import { names, toShown } from './mentions';
import { userList } from './people';
import type { WirePost } from './post';
import { noSuchPost, post } from './post';
import { listCall, newestFirst, onePost } from './reading';

export const get = procedure({
	title: 'Get a message',
	summary: 'Gives one message by its ID.',
	uses: [listCall, userList],
	params: z.object({ post_id, names }),
	result: post,
	readOnly: true,
	basis: 'capture',
	async run(given, dsm) {
		const row = await onePost(dsm, Number(given.post_id));
		if (!row) throw noSuchPost();
		return await toShown(dsm, row, given.names);
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
	names,
});

export const list = procedure({
	title: 'List messages',
	summary: 'Lists the messages of a channel or the replies of a thread, newest first.',
	uses: [listCall, userList],
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
		if (!row.delete_at) yield await toShown(dsm, row, given.names);
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

export const editable = operation({
	title: 'List editable messages',
	summary: 'Lists the own messages of a channel that may still be edited.',
	call: { api: 'SYNO.Chat.Post', method: 'list_editable', version: 5 },
	params: z.object({ channel_id }),
	page: { items: 'posts' },
	result: z.array(post),
	readOnly: true,
	basis: 'inferred',
});

/** The shape of the answer was not captured: it is given as it comes. */
export const readStatus = operation({
	title: 'Get the read status',
	summary: 'Says who has read a message.',
	call: { api: 'SYNO.Chat.Post', method: 'get_read_status', version: 6 },
	params: z.object({ post_id }),
	request: asNumber,
	response: (data) => data ?? {},
	result: z.looseObject({}),
	readOnly: true,
	basis: 'inferred',
});
