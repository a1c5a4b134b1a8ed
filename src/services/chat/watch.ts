import type { Dsm } from '../../core/dsm';
import type { Budget } from '../../catalog/operation';
import { z } from '../../vendor/zod';
import { firstPostOf } from './fields';
import type { WireChannel } from './people';
import type { WirePost } from './post';
import { idOfPost, isReply } from './post';
import { newestFirst, onward, searchCall } from './reading';
import { isRefusal } from './refusal';

/** How far one channel has been read. */
export const mark = z.object({
	/** Newest main post handled. */
	last_id: z.number(),
	/** `last_post_at` of the channel when it was read to the end. */
	last_post_at: z.number(),
	/** Newest post of any kind at first sight: replies above it are new in threads that are not yet known. */
	floor: z.number(),
});
export type Mark = z.output<typeof mark>;

/** A post this young may share its millisecond with one to come, which `last_post_at` would not show. */
export const YOUNG = 2000;
/** Posts handed on by one poll, per channel, before the rest waits for the next. */
const MOST = 500;

/**
 * Whether a channel may hold something new. Any difference counts, not only a later time, and a stamp in the future always does: the
 * clock of the NAS may have been set back. A read that finds nothing costs one call.
 */
export const hasMoved = ({ last_post_at }: WireChannel, known: Mark, now: number): boolean =>
	last_post_at === undefined || last_post_at !== known.last_post_at || last_post_at > now;

/** The stamp to compare with at the next poll. */
const stampOf = (channel: WireChannel, now: number): number =>
	now - (channel.last_post_at ?? 0) < YOUNG ? (channel.last_post_at ?? 0) - 1 : (channel.last_post_at ?? 0);

/** What reading a channel gave. */
export interface Haul {
	rows: WirePost[];
	mark: Mark;
	/** False: the budget ended first. */
	done: boolean;
}

/** Main posts after the mark, oldest first, page by page until an answer brings nothing newer (chat.md 11.1). */
export async function catchUp(dsm: Dsm, channel: WireChannel, known: Mark, now: number, budget: Budget): Promise<Haul> {
	const { channel_id } = channel;
	const rows: WirePost[] = [];
	let anchor = Math.max(known.last_id, firstPostOf(channel_id));
	let refused = 0;
	for (;;) {
		const page = await onward(dsm, channel_id, anchor);
		if (page.from !== anchor) refused = anchor;
		rows.push(...page.rows.filter((row) => idOfPost(row) > newest(rows, known.last_id) && !isReply(row)));
		const last = newest(page.rows, page.from);
		const read = { ...known, last_id: newest(rows, known.last_id) };
		// A refused anchor that is shown all the same would be tried for ever.
		if (last <= page.from || last === refused)
			return { rows, mark: { ...read, last_post_at: stampOf(channel, now) }, done: true };
		if (!budget.left() || rows.length >= MOST) return { rows, mark: read, done: false };
		anchor = last;
	}
}

const newest = (rows: WirePost[], otherwise: number): number =>
	rows.reduce((id, row) => Math.max(id, idOfPost(row)), otherwise);

/**
 * First sight of a channel: posts made since the last poll are new, as in a conversation that somebody has just opened; what is
 * older stays history. `since` Infinity takes everything as history.
 */
export async function firstSight(dsm: Dsm, channel: WireChannel, since: number, now: number): Promise<Haul> {
	const { channel_id } = channel;
	const place = { channel_id, thread_id: 0 };
	const isOld = (row: WirePost): boolean => (row.create_at ?? 0) <= since;
	const [rows, recent] = await Promise.all([
		takeUntil(newestFirst(dsm, place, since === Infinity ? 10 : 50), isOld),
		latest(dsm, channel_id),
	]);
	const base = firstPostOf(channel_id) - 1;
	const known: Mark = {
		last_id: newest(rows, base),
		last_post_at: stampOf(channel, now),
		floor: newest([...rows, ...recent].filter(isOld), base),
	};
	const rest = await beyond(dsm, channel, rows, known, now);
	const fresh = [...rows.reverse(), ...rest.rows].filter((row) => !isOld(row));
	return { rows: fresh, mark: rest.mark, done: true };
}

/**
 * That a list without an anchor begins at the newest post was seen, but not on every release (chat.md 5.2-8). When the channel
 * claims a later post, the end is looked for by reading on.
 */
async function beyond(dsm: Dsm, channel: WireChannel, rows: WirePost[], known: Mark, now: number) {
	const at = rows.reduce((time, row) => Math.max(time, row.create_at ?? 0), 0);
	const found: WirePost[] = [];
	let reached = known;
	for (let done = at >= (channel.last_post_at ?? 0); !done;) {
		const haul = await catchUp(dsm, channel, reached, now, { left: () => true });
		({ done, mark: reached } = haul);
		found.push(...haul.rows);
	}
	return { rows: found, mark: reached };
}

async function takeUntil(source: AsyncIterable<WirePost>, isEnd: (row: WirePost) => boolean): Promise<WirePost[]> {
	const rows: WirePost[] = [];
	for await (const row of source) {
		rows.push(row);
		if (isEnd(row)) break;
	}
	return rows;
}

/** Newest posts of a channel, replies among them; none when the server refuses the search. */
async function latest(dsm: Dsm, channel_id: number): Promise<WirePost[]> {
	try {
		const data = await dsm.call(
			searchCall,
			{ in: [channel_id], sort_by: 'create_at', offset: 0, limit: 10 },
			{ readOnly: true },
		);
		return ((data?.search_results ?? []) as WirePost[]).filter((row) => row.channel_id === channel_id);
	} catch (error) {
		if (isRefusal(error)) return [];
		throw error;
	}
}
