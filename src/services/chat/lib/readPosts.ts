import type { Dsm } from '../../../core/dsm';
import { refuseTwins } from '../../../catalog/absence';
import { isDsmError } from '../../../core/errors';
import { channelOf, firstPostOf } from '../fields';
import { listPosts, searchPosts, type Post } from '../wire/posts';
import { channelIdOf, inOrder, numberOf } from './posts';

/** Asked for per request; the server may give fewer, so a short page is not the end (chat.md 5.2). */
export const PAGE = 100;

/** `thread_id` 0 is the main timeline, which hides replies. */
export interface Timeline {
	channel_id: number;
	thread_id: number;
}

/** An empty channel, an anchor past the end and, on some releases, a deleted anchor (chat.md 5.2-5, 16). */
const isNoSuchPost = (error: unknown): boolean => isDsmError(error) && error.dsmCode === 402;

async function page(dsm: Dsm, params: Record<string, unknown>): Promise<Post[] | undefined> {
	try {
		const rows = await dsm.list(listPosts, params);
		refuseTwins(rows, ({ post_id }) => String(post_id));
		return inOrder(rows);
	} catch (error) {
		if (isNoSuchPost(error)) return undefined;
		throw error;
	}
}

/**
 * Posts of a timeline, newest first, tombstones among them. Pages go back by anchor, since `offset` and `limit` are ignored; the
 * anchor is part of its answer. The root of a thread never serves as anchor: it would be all that is answered.
 */
export async function* newestFirst(dsm: Dsm, timeline: Timeline, size = PAGE): AsyncGenerator<Post> {
	const fixed = { ...timeline, prev_count: size, next_count: 0 };
	const isInside = (row: Post): boolean => numberOf(row) !== timeline.thread_id;
	let rows = ((await page(dsm, fixed)) ?? []).filter(isInside);
	while (rows.length > 0) {
		yield* [...rows].reverse();
		rows = (await before(dsm, fixed, rows)).filter(isInside);
	}
}

/** What is older than the rows of a page. A row that was deleted meanwhile may be refused as anchor; then a newer one serves. */
async function before(dsm: Dsm, fixed: Record<string, unknown>, rows: Post[]): Promise<Post[]> {
	const oldest = numberOf(rows[0]!);
	for (const row of rows.slice(0, 5)) {
		const found = await page(dsm, { ...fixed, post_id: numberOf(row) });
		if (found) return found.filter((other) => numberOf(other) < oldest);
	}
	return [];
}

/** Main posts from an anchor on, oldest first, and the anchor that the server took. */
export async function onward(dsm: Dsm, channel_id: number, anchor: number): Promise<{ from: number; rows: Post[] }> {
	const read = async (post_id: number) =>
		await page(dsm, { channel_id, thread_id: 0, post_id, prev_count: 0, next_count: PAGE });
	const rows = await read(anchor);
	if (rows) return { from: anchor, rows };
	const lower = lowerAnchors(anchor, firstPostOf(channel_id));
	const found = await Promise.all(lower.map(read));
	const index = found.findIndex((candidate) => candidate !== undefined);
	return index < 0
		? { from: anchor, rows: await downTo(dsm, channel_id, anchor) }
		: { from: lower[index]!, rows: found[index]! };
}

/** When no anchor is left, as after the first post was deleted: from the newest back; none in an empty channel. */
async function downTo(dsm: Dsm, channel_id: number, anchor: number): Promise<Post[]> {
	const rows: Post[] = [];
	for await (const row of newestFirst(dsm, { channel_id, thread_id: 0 })) {
		if (numberOf(row) <= anchor) break;
		rows.unshift(row);
	}
	return rows;
}

/** Where to look when an anchor that was good before is refused: below it in doubling steps, down to the first (chat.md 16). */
function lowerAnchors(anchor: number, first: number): number[] {
	const found: number[] = [];
	for (let step = 1; anchor - step > first; step *= 2) found.push(anchor - step);
	return anchor > first ? [...found, first] : [];
}

/**
 * The newest posts of several channels together, replies among them, without tombstones: pages of a search, which are asked for at
 * once. Filters that a server does not know are ignored with success, so the channel is checked (chat.md 5.8).
 */
export async function newestAcross(dsm: Dsm, channel_ids: readonly number[], most: number, from = 0): Promise<Post[]> {
	if (channel_ids.length === 0) return [];
	const query = { in: channel_ids, sort_by: 'create_at', limit: PAGE };
	const offsets = Array.from({ length: Math.ceil(most / PAGE) }, (_, index) => from + index * PAGE);
	const pages = await Promise.all(offsets.map(async (offset) => await dsm.call(searchPosts, { ...query, offset })));
	return pages.flatMap(({ rows }) => rows).filter((row) => !row.delete_at && channel_ids.includes(channelIdOf(row)));
}

/**
 * One post, which may be a reply; undefined when there is none (any more). Chat has no call for it, but with both counts at zero a list
 * is its anchor alone (chat.md 5.2-3).
 */
export async function onePost(dsm: Dsm, post_id: number): Promise<Post | undefined> {
	const rows = await page(dsm, { channel_id: channelOf(post_id), post_id, prev_count: 0, next_count: 0 });
	return rows?.find((row) => numberOf(row) === post_id && !row.delete_at);
}
