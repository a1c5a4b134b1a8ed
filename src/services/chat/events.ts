import { z } from '../../vendor/zod';
import { channelOf, digits } from './fields';
import { withNames } from './mentions';
import type { People, WireChannel } from './people';
import { nameOf, titleOf } from './people';
import type { WirePost } from './post';
import { idOfPost, isReply } from './post';

/** A message that something happened to, and what a person would want to know of it. */
export const messageEvent = z.looseObject({
	post_id: digits(),
	channel_id: z.number(),
	channel_name: z.string(),
	channel_type: z.string(),
	creator_id: z.number(),
	creator_name: z.string(),
	/** As stored, with mentions as `@u:7`. */
	message: z.string(),
	/** With mentions as `@alice`. */
	text: z.string(),
	create_at: z.number(),
	thread_id: digits(),
	is_reply: z.boolean(),
});
export type MessageEvent = z.input<typeof messageEvent>;

/** Which messages make an event. */
export interface Filter {
	includeOwn: boolean;
	includeSystem: boolean;
	/** Absent: all. */
	isWanted?: (row: WirePost, me: number) => boolean;
	/** Says of texts with names which are wanted; absent: all. */
	areWanted?: (texts: string[]) => boolean[];
}

/** What events are made from. `me` is 0 when the own id is not known. */
export interface Scenery {
	channels: ReadonlyMap<number, WireChannel>;
	people: People;
	me: number;
}

/** Events of the posts that pass the filter: in order within a channel, by time across channels. */
export function toEvents(posts: WirePost[], filter: Filter, scenery: Scenery): MessageEvent[] {
	const passed = posts.filter((row) => isMessage(row) && passes(row, filter, scenery.me));
	const events = merged(passed).map((row) => toEvent(row, scenery));
	if (!filter.areWanted || events.length === 0) return events;
	const wanted = filter.areWanted(events.map(({ text }) => text));
	return events.filter((_, index) => wanted[index]);
}

/** Not a tombstone, nor the empty post that an upload may leave behind (chat.md 5.1). */
export const isMessage = (row: WirePost): boolean =>
	!row.delete_at &&
	!(row.type !== 'file' && row.type !== 'system' && !row.message && !row.file_props && !row.props?.vote);

const passes = (row: WirePost, filter: Filter, me: number): boolean =>
	(filter.includeSystem || row.type !== 'system') &&
	(filter.includeOwn || row.creator_id !== me || me === 0) &&
	(!filter.isWanted || filter.isWanted(row, me));

/** Entries of `mentions` are numbers, or texts that end in the number (chat.md 5.1). */
export function isMentioned({ mentions = [], message = '' }: WirePost, me: number, broadcasts = true): boolean {
	const ids = (mentions ?? []).map((entry) => Number(String(entry).split(':').pop()));
	if (ids.includes(me) || new RegExp(`@u:${me}(?!\\d)`).test(message)) return true;
	return broadcasts && /@(?:channel|here)\b/.test(message);
}

/** Posts of several channels in one order: the channel whose next post is oldest goes first. */
function merged(posts: WirePost[]): WirePost[] {
	const queues = new Map<number, WirePost[]>();
	for (const row of [...posts].sort((a, b) => idOfPost(a) - idOfPost(b))) {
		const channel_id = channelOf(row.post_id);
		const queue = queues.get(channel_id);
		if (queue) queue.push(row);
		else queues.set(channel_id, [row]);
	}
	const waiting = [...queues.values()].map((queue) => ({ queue, at: 0 }));
	const order: WirePost[] = [];
	while (order.length < posts.length) {
		const open = waiting.filter(({ queue, at }) => at < queue.length);
		const next = open.reduce((a, b) => (timeOf(b.queue[b.at]) < timeOf(a.queue[a.at]) ? b : a));
		order.push(next.queue[next.at++]!);
	}
	return order;
}

const timeOf = (row: WirePost | undefined): number => row?.create_at ?? 0;

/** The text of an encrypted channel is cipher, which is of no use to anybody (chat.md 9). */
export function toEvent(row: WirePost, { channels, people, me }: Scenery): MessageEvent {
	const channel = channels.get(channelOf(row.post_id)) ?? { channel_id: channelOf(row.post_id) };
	const message = channel.encrypted || row.encrypted ? '' : (row.message ?? '');
	return {
		...row,
		thread_id: row.thread_id ?? 0,
		channel_id: channel.channel_id,
		channel_name: titleOf(channel, people, me),
		channel_type: channel.type ?? '',
		creator_id: row.creator_id ?? 0,
		creator_name: nameOf(people.get(row.creator_id ?? 0)),
		message,
		text: withNames(message, people),
		create_at: row.create_at ?? 0,
		is_reply: isReply(row),
	};
}
