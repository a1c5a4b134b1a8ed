import type { Dsm } from '../../../core/dsm';
import type { Budget } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { channelOf } from '../fields';
import { searchPosts, type Post } from '../wire/posts';
import { YOUNG, type ChannelPlace } from './channelPlace';
import { channelIdOf, isReply, millisecondsOf, numberOf } from './posts';
import { newestFirst } from './readPosts';
import { isRefusal } from './refusals';

/** Replies counted, time of the last one, id of the last one handled. */
export const threadPlace = z.tuple([z.number(), z.number(), z.number()]);
type ThreadPlace = z.output<typeof threadPlace>;

/** Threads by the id of their root. */
export type Threads = Record<string, ThreadPlace>;

/** Roots looked at per request. */
const ROOTS = 25;
/** Threads remembered; the floor of their channel stands in for the others. */
const REMEMBERED = 100;
/** Main posts per channel that are looked through where the search is refused. */
const RECENT = 30;

/**
 * A reply moves neither the main timeline nor `last_post_at` of its channel (chat.md 4.2), but the counters of its root. The roots that
 * were answered last come with one search over all watched channels, in the batch that asks for the channels; those whose counters
 * differ are read. Counters and ids decide, not dates: a clock that is set back loses nothing that the first page still shows.
 */
export async function activeRoots(dsm: Dsm, channel_ids: number[], offset = 0): Promise<Post[]> {
	if (channel_ids.length === 0) return [];
	const filter = { in: channel_ids, thread_id: 0, sort_by: 'last_comment_at', offset, limit: ROOTS };
	try {
		return (await dsm.call(searchPosts, filter)).rows;
	} catch (error) {
		if (!isRefusal(error)) throw error;
		return offset > 0 ? [] : await recentRoots(dsm, channel_ids);
	}
}

async function recentRoots(dsm: Dsm, channel_ids: number[]): Promise<Post[]> {
	const found = await Promise.all(channel_ids.map(async (channel_id) => await firstRows(dsm, channel_id)));
	return found.flat();
}

async function firstRows(dsm: Dsm, channel_id: number): Promise<Post[]> {
	const rows: Post[] = [];
	try {
		for await (const row of newestFirst(dsm, { channel_id, thread_id: 0 }, RECENT)) {
			rows.push(row);
			if (rows.length >= RECENT) break;
		}
	} catch (error) {
		if (!isRefusal(error)) throw error;
	}
	return rows;
}

const counters = (root: Post): [number, number] => [root.comment_count ?? 0, millisecondsOf(root.last_comment_at)];

/** A count that no root has: the thread is looked at again, as its last reply may share the millisecond with one to come. */
const UNSETTLED = -1;
const settledCounters = (root: Post, now: number): [number, number] => {
	const [count, at] = counters(root);
	return [now - at < YOUNG ? UNSETTLED : count, at];
};

/** Whether the counters differ from what is remembered; a root without replies that was never seen has nothing to tell. */
function hasChanged(root: Post, threads: Threads): boolean {
	const [count, at] = counters(root);
	const known = threads[numberOf(root)];
	return known ? known[0] !== count || known[1] !== at : count > 0 || at > 0;
}

/** First look: replies up to the floors are history, so the counters alone are kept. */
export const knownThreads = (roots: Post[], floors: Record<string, ChannelPlace>, now: number): Threads =>
	Object.fromEntries(
		roots
			.filter((root) => !isReply(root) && counters(root)[0] > 0)
			.map((root) => [root.post_id, [...settledCounters(root, now), floors[channelIdOf(root)]?.floor ?? 0]]),
	);

export interface Replies {
	rows: Post[];
	threads: Threads;
	done: boolean;
}

/** New replies of the threads that have changed, and what to remember of them. */
export async function newReplies(
	dsm: Dsm,
	firstPage: Post[],
	known: { channels: Record<string, ChannelPlace>; threads: Threads },
	watched: ReadonlySet<number>,
	now: number,
	budget: Budget,
): Promise<Replies> {
	const threads = { ...known.threads };
	const found: Post[] = [];
	const channel_ids = Object.keys(known.channels).map(Number);
	for (let offset = 0, roots = firstPage; ;) {
		const changed = roots.filter((root) => isWatched(root, watched) && hasChanged(root, threads));
		if (changed.length > 0 && offset > 0 && !budget.left()) return { rows: found, threads, done: false };
		const readings = await Promise.all(changed.map(async (root) => await readThread(dsm, root, known)));
		for (const reading of readings) {
			if (!reading) continue;
			threads[numberOf(reading.root)] = [...settledCounters(reading.root, now), reading.last_id];
			found.push(...reading.rows);
		}
		const last = roots.at(-1);
		if (roots.length < ROOTS || !last || !changed.includes(last)) return { rows: found, threads, done: true };
		offset += ROOTS;
		roots = await activeRoots(dsm, channel_ids, offset);
	}
}

/** Filters that a server does not know are ignored with success, so channel and kind are checked (chat.md 5.8). */
const isWatched = (root: Post, watched: ReadonlySet<number>): boolean =>
	!isReply(root) && watched.has(channelIdOf(root));

/** Replies above the last one handled. The newest come first, as an anchor within a thread must be a reply (chat.md 5.2-6). */
async function readThread(dsm: Dsm, root: Post, known: { channels: Record<string, ChannelPlace>; threads: Threads }) {
	const channel_id = channelIdOf(root);
	const handled = known.threads[numberOf(root)]?.[2] ?? known.channels[channel_id]?.floor ?? Infinity;
	const rows: Post[] = [];
	try {
		for await (const row of newestFirst(dsm, { channel_id, thread_id: numberOf(root) }, 50)) {
			if (numberOf(row) <= handled) break;
			rows.push(row);
		}
	} catch (error) {
		if (isRefusal(error)) return undefined;
		throw error;
	}
	return { root, rows, last_id: rows[0] ? numberOf(rows[0]) : handled };
}

/** Keeps the threads that were answered last. What is forgotten raises the floor of its channel, so that it is not told twice. */
export function remember(threads: Threads, channels: Record<string, ChannelPlace>): Threads {
	const latestFirst = Object.entries(threads).sort(([, a], [, b]) => b[1] - a[1]);
	for (const [root, [, , last_id]] of latestFirst.slice(REMEMBERED)) {
		const channel = channels[channelOf(root)];
		if (channel) channel.floor = Math.max(channel.floor, last_id);
	}
	return Object.fromEntries(latestFirst.slice(0, REMEMBERED));
}
