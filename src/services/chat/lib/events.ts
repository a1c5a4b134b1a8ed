import { field } from '../../../catalog/row';
import type { Dsm } from '../../../core/dsm';
import { z } from '../../../vendor/zod';
import type { Channel } from '../wire/channels';
import { post, type Post } from '../wire/posts';
import { mentionedIn, withNames } from './mentions';
import { nameOf, peopleNamed, titleOf, type People } from './people';
import { channelIdOf, createdAt, idOf, inOrder, isReply } from './posts';

/** A message that something happened to, and what a person would want to know of it. */
export const messageEvent = post
	.with({
		channel_id: field.id(),
		channel_name: z.string(),
		channel_type: z.string(),
		creator_id: field.id(),
		creator_name: z.string(),
		/** As stored, with mentions as `@u:7`. */
		message: z.string(),
		/** With mentions as `@alice`. */
		text: z.string(),
		thread_id: field.id(),
		is_reply: z.boolean(),
	})
	.as({
		simple: [
			'post_id',
			'channel_id',
			'channel_name',
			'creator_id',
			'creator_name',
			'text',
			'create_at',
			'thread_id',
			'is_reply',
			'type',
		],
	});
/** The same for messages with a file. */
export const fileEvent = messageEvent.as({
	simple: [
		'post_id',
		'channel_id',
		'channel_name',
		'creator_id',
		'creator_name',
		'text',
		'create_at',
		'thread_id',
		'file_name',
		'file_size',
	],
});

export type MessageEvent = z.output<typeof messageEvent>;

/** Which messages make an event. */
export interface Filter {
	include_own: boolean;
	include_system?: boolean;
	/** Absent: all. */
	isWanted?: (row: Post, me: number) => boolean;
	/** Says of texts with names which are wanted; absent: all. */
	areWanted?: (texts: string[]) => boolean[] | Promise<boolean[]>;
}

/** What events are made from. `me` is 0 when the own id is not known. */
export interface Context {
	channels: ReadonlyMap<number, Channel>;
	people: People;
	me: number;
}

/** What events of these posts are made from, in channels that were just read. Without posts nobody is asked for. */
export async function contextOf(
	dsm: Dsm,
	watched: Iterable<Channel>,
	me: number,
	rows: readonly Post[],
): Promise<Context> {
	const channels = new Map([...watched].map((channel) => [idOf(channel), channel]));
	const ids = new Set(rows.flatMap((row) => peopleIn(row, channels.get(channelIdOf(row)))));
	return { channels, people: rows.length > 0 ? await peopleNamed(dsm, [...ids]) : new Map(), me };
}

/** Who wrote a post, who is mentioned in it, and whose names the title of a conversation consists of. */
const peopleIn = ({ creator_id, message = '' }: Post, channel: Channel | undefined): string[] => [
	...(creator_id === undefined ? [] : [creator_id]),
	...mentionedIn(message),
	...(channel && !channel.name ? (channel.members ?? []) : []),
];

/** Events of the posts that pass the filter: in order within a channel, by time across channels. */
export async function toEvents(posts: Post[], filter: Filter, context: Context): Promise<MessageEvent[]> {
	const passed = posts.filter((row) => isMessage(row) && passes(row, filter, context.me));
	const events = merged(passed).map((row) => toEvent(row, context));
	if (!filter.areWanted || events.length === 0) return events;
	const wanted = await filter.areWanted(events.map(({ text }) => text));
	return events.filter((_, index) => wanted[index]);
}

/** Not a tombstone, nor the empty post that an upload may leave behind (chat.md 5.1). */
export const isMessage = (row: Post): boolean =>
	!row.delete_at &&
	!(row.type !== 'file' && row.type !== 'system' && !row.message && !row.file_name && row.poll_state === undefined);

const passes = (row: Post, filter: Filter, me: number): boolean =>
	(filter.include_system === true || row.type !== 'system') &&
	(filter.include_own || !isOwn(row, me)) &&
	(!filter.isWanted || filter.isWanted(row, me));

/** Without an own id nothing counts as own. */
export const isOwn = ({ creator_id }: Post, me: number): boolean => me !== 0 && creator_id === String(me);

export function isMentioned({ mentions = [], message = '' }: Post, me: number, broadcasts = true): boolean {
	if (mentions.includes(String(me)) || new RegExp(`@u:${me}(?!\\d)`).test(message)) return true;
	return broadcasts && /@(?:channel|here)\b/.test(message);
}

/** Posts of several channels in one order: the channel whose next post is oldest goes first. */
function merged(posts: Post[]): Post[] {
	const queues = new Map<number, Post[]>();
	for (const row of inOrder(posts)) {
		const queue = queues.get(channelIdOf(row));
		if (queue) queue.push(row);
		else queues.set(channelIdOf(row), [row]);
	}
	const waiting = [...queues.values()].map((queue) => ({ queue, at: 0 }));
	const order: Post[] = [];
	while (order.length < posts.length) {
		const open = waiting.filter(({ queue, at }) => at < queue.length);
		const next = open.reduce((a, b) => (createdAt(b.queue[b.at]) < createdAt(a.queue[a.at]) ? b : a));
		order.push(next.queue[next.at++]!);
	}
	return order;
}

/** The text of an encrypted channel is cipher, which is of no use to anybody (chat.md 9). */
export function toEvent(row: Post, { channels, people, me }: Context): MessageEvent {
	const channel = channels.get(channelIdOf(row)) ?? { channel_id: String(channelIdOf(row)) };
	const message = channel.encrypted || row.encrypted ? '' : (row.message ?? '');
	const creator_id = row.creator_id ?? '0';
	return {
		...row,
		thread_id: row.thread_id ?? '0',
		channel_id: channel.channel_id,
		channel_name: titleOf(channel, people, String(me)),
		channel_type: channel.type ?? '',
		creator_id,
		creator_name: nameOf(people.get(creator_id)),
		message,
		text: withNames(message, people),
		is_reply: isReply(row),
	};
}
