import type { Dsm } from '../../../core/dsm';
import type { Budget } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { firstPostOf } from '../fields';
import type { Channel } from '../wire/channels';
import { searchPosts, type Post } from '../wire/posts';
import { channelIdOf, createdAt, idOf, isReply, millisecondsOf, numberOf } from './posts';
import { newestFirst, onward } from './readPosts';
import { isRefusal } from './refusals';

/** How far one channel has been read; ids and milliseconds as on the wire. */
export const channelPlace = z.object({
	/** Newest main post handled. */
	last_id: z.number(),
	/** `last_post_at` of the channel when it was read to the end. */
	last_post_at: z.number(),
	/** Newest post of any kind at the first look: replies above it are new in threads that are not yet known. */
	floor: z.number(),
});
export type ChannelPlace = z.output<typeof channelPlace>;

/** A post this young may share its millisecond with one to come, which `last_post_at` would not show. */
export const YOUNG = 2000;
/** Posts handed on by one poll, per channel, before the rest waits for the next. */
const MOST = 500;

/**
 * Whether a channel may hold something new. Any difference counts, not only a later time, and a stamp in the future always does: the
 * clock of the NAS may have been set back. A read that finds nothing costs one call.
 */
export const hasMoved = ({ last_post_at }: Channel, known: ChannelPlace, now: number): boolean =>
	last_post_at === undefined ||
	millisecondsOf(last_post_at) !== known.last_post_at ||
	millisecondsOf(last_post_at) > now;

/** The stamp to compare with at the next poll. */
function stampOf({ last_post_at }: Channel, now: number): number {
	const at = millisecondsOf(last_post_at);
	return now - at < YOUNG ? at - 1 : at;
}

/** What reading a channel gave. */
export interface Reading {
	rows: Post[];
	place: ChannelPlace;
	/** False: the budget ended first. */
	done: boolean;
}

/** Main posts after the place, oldest first, page by page until an answer brings nothing newer (chat.md 11.1). */
export async function catchUp(
	dsm: Dsm,
	channel: Channel,
	known: ChannelPlace,
	now: number,
	budget: Budget,
): Promise<Reading> {
	const channel_id = idOf(channel);
	const rows: Post[] = [];
	let anchor = Math.max(known.last_id, firstPostOf(channel_id));
	let refused = 0;
	for (;;) {
		const page = await onward(dsm, channel_id, anchor);
		if (page.from !== anchor) refused = anchor;
		rows.push(...page.rows.filter((row) => numberOf(row) > newest(rows, known.last_id) && !isReply(row)));
		const last = newest(page.rows, page.from);
		const read = { ...known, last_id: newest(rows, known.last_id) };
		// A refused anchor that is shown all the same would be tried for ever.
		if (last <= page.from || last === refused)
			return { rows, place: { ...read, last_post_at: stampOf(channel, now) }, done: true };
		if (!budget.left() || rows.length >= MOST) return { rows, place: read, done: false };
		anchor = last;
	}
}

const newest = (rows: Post[], otherwise: number): number =>
	rows.reduce((id, row) => Math.max(id, numberOf(row)), otherwise);

/**
 * First look at a channel: posts made since the last poll are new, as in a conversation that somebody has just opened; what is
 * older stays history. `since` Infinity takes everything as history.
 */
export async function firstLook(dsm: Dsm, channel: Channel, since: number, now: number): Promise<Reading> {
	const channel_id = idOf(channel);
	const timeline = { channel_id, thread_id: 0 };
	const isOld = (row: Post): boolean => createdAt(row) <= since;
	const [rows, recent] = await Promise.all([
		takeUntil(newestFirst(dsm, timeline, since === Infinity ? 10 : 50), isOld),
		latest(dsm, channel_id),
	]);
	const base = firstPostOf(channel_id) - 1;
	const known: ChannelPlace = {
		last_id: newest(rows, base),
		last_post_at: stampOf(channel, now),
		floor: newest([...rows, ...recent].filter(isOld), base),
	};
	const rest = await beyond(dsm, channel, rows, known, now);
	const fresh = [...rows.reverse(), ...rest.rows].filter((row) => !isOld(row));
	return { rows: fresh, place: rest.place, done: true };
}

/**
 * That a list without an anchor begins at the newest post was seen, but not on every release (chat.md 5.2-8). When the channel
 * claims a later post, the end is looked for by reading on.
 */
async function beyond(dsm: Dsm, channel: Channel, rows: Post[], known: ChannelPlace, now: number) {
	const at = rows.reduce((time, row) => Math.max(time, createdAt(row)), 0);
	const found: Post[] = [];
	let reached = known;
	for (let done = at >= millisecondsOf(channel.last_post_at); !done;) {
		const reading = await catchUp(dsm, channel, reached, now, { left: () => true });
		({ done, place: reached } = reading);
		found.push(...reading.rows);
	}
	return { rows: found, place: reached };
}

async function takeUntil(source: AsyncIterable<Post>, isEnd: (row: Post) => boolean): Promise<Post[]> {
	const rows: Post[] = [];
	for await (const row of source) {
		rows.push(row);
		if (isEnd(row)) break;
	}
	return rows;
}

/** Newest posts of a channel, replies among them; none when the server refuses the search. */
async function latest(dsm: Dsm, channel_id: number): Promise<Post[]> {
	try {
		const { rows } = await dsm.call(searchPosts, { in: [channel_id], sort_by: 'create_at', offset: 0, limit: 10 });
		return rows.filter((row) => channelIdOf(row) === channel_id);
	} catch (error) {
		if (isRefusal(error)) return [];
		throw error;
	}
}
