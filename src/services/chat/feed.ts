import type { Dsm } from '../../core/dsm';
import { DsmInputError } from '../../core/errors';
import type { Budget } from '../../catalog/operation';
import { z } from '../../vendor/zod';
import type { Scenery } from './events';
import type { WireChannel } from './people';
import { channelList, channelsOf, userList } from './people';
import type { WirePost } from './post';
import { isReply } from './post';
import { listCall, newestAcross, newestFirst, PAGE, searchCall } from './reading';
import { settled } from './refusal';
import { readPeople, whoAmI } from './scenery';
import { activeRoots, knownThreads, newReplies, remember, threadMark } from './threads';
import type { Haul } from './watch';
import { catchUp, firstSight, hasMoved, mark } from './watch';

/** Which channels and posts are read. */
export interface Watching {
	/** None: all that the account has joined, except those of bots. */
	channels: number[];
	includeReplies: boolean;
	/** Absent: every channel. */
	isWatched?: (channel: WireChannel) => boolean;
}

/** Calls of the feed. */
export const feedCalls = [channelList, searchCall, listCall, userList] as const;

export const feedCursor = z.object({
	v: z.literal(1),
	/** Own Chat user id; 0 when Chat lists no user of the account's name. */
	me: z.number(),
	/** NAS time of the last poll, in milliseconds: in a channel seen for the first time, what is older is history. */
	at: z.number(),
	channels: z.record(z.string(), mark),
	threads: z.record(z.string(), threadMark),
});
export type FeedCursor = z.output<typeof feedCursor>;

/** The clock of the NAS is known to the second. */
const MARGIN = 1000;

/**
 * Every new post and reply once: rising ids per channel and counters per thread; one HTTP request when nothing has happened
 * (chat.md 11.1). This is the place at "now".
 */
export async function startFeed(given: Watching, dsm: Dsm): Promise<FeedCursor> {
	const now = dsm.now();
	const [all, me] = await Promise.all([dsm.call(channelList), whoAmI(dsm)]);
	const watched = watchedOf(given, channelsOf(all));
	const [hauls, roots] = await Promise.all([
		Promise.all(watched.map(async (channel) => await settled(firstSight(dsm, channel, Infinity, now)))),
		activeRoots(
			dsm,
			watched.map(({ channel_id }) => channel_id),
		),
	]);
	const channels: FeedCursor['channels'] = {};
	for (const [index, channel] of watched.entries()) {
		const haul = hauls[index];
		if (haul && 'mark' in haul) channels[channel.channel_id] = haul.mark;
	}
	return { v: 1, me, at: now - MARGIN, channels, threads: knownThreads(roots, channels, now) };
}

/** Watches the chosen channels, else those joined without the ones of bots. Throws DsmInputError when none of the chosen is there. */
export function watchedOf(
	{ channels, isWatched }: Omit<Watching, 'includeReplies'>,
	all: WireChannel[],
): WireChannel[] {
	const joined = all.filter((row) => row.is_joined !== false);
	const chosen =
		channels.length > 0
			? joined.filter(({ channel_id }) => channels.includes(channel_id))
			: joined.filter(({ type }) => type !== 'chatbot' && type !== 'synobot');
	if (channels.length > 0 && chosen.length === 0) {
		throw new DsmInputError('The account is a member of none of the chosen channels.', {
			path: ['channels'],
			hint: 'Have the account invited, or choose other channels.',
		});
	}
	return isWatched ? chosen.filter(isWatched) : chosen;
}

export interface Fed {
	rows: WirePost[];
	cursor: FeedCursor;
	more: boolean;
	scenery: Scenery;
}

/** What is new since the cursor. */
export async function readFeed(given: Watching, known: FeedCursor, dsm: Dsm, budget: Budget): Promise<Fed> {
	const before = dsm.now();
	const [all, roots] = await Promise.all([
		dsm.call(channelList),
		given.includeReplies ? activeRoots(dsm, Object.keys(known.channels).map(Number)) : [],
	]);
	// The answer brought the present time of the NAS.
	const now = dsm.now();
	const watched = watchedOf(given, channelsOf(all));
	const channels = new Map(watched.map((channel) => [channel.channel_id, channel]));
	const moved = watched.filter((channel) => {
		const last = known.channels[channel.channel_id];
		return !last || hasMoved(channel, last, now);
	});
	const [hauls, replies] = await Promise.all([
		Promise.all(moved.map(async (channel) => await settled(read(dsm, channel, known, now, budget)))),
		newReplies(dsm, roots, known, new Set(channels.keys()), now, budget),
	]);
	stopWhenAllRefuse(given, hauls);

	const next: FeedCursor = { ...known, at: Math.min(before, now) - MARGIN, channels: structuredClone(known.channels) };
	const rows: WirePost[] = [...replies.rows];
	let more = !replies.done;
	for (const [index, channel] of moved.entries()) {
		const haul = hauls[index];
		if (!haul || !('mark' in haul)) continue;
		next.channels[channel.channel_id] = haul.mark;
		rows.push(...haul.rows);
		more ||= !haul.done;
	}
	next.threads = remember(replies.threads, next.channels);
	const people = rows.length > 0 ? await readPeople(dsm) : new Map();
	return { rows, cursor: next, more, scenery: { channels, people, me: known.me } };
}

async function read(dsm: Dsm, channel: WireChannel, known: FeedCursor, now: number, budget: Budget): Promise<Haul> {
	const last = known.channels[channel.channel_id];
	return last
		? await catchUp(dsm, channel, last, now, budget)
		: await firstSight(dsm, channel, newSince(channel, known, now), now);
}

/** Since when posts of a channel seen for the first time are new. If the clock was set back, the id tells whether the channel is. */
function newSince({ channel_id }: WireChannel, known: FeedCursor, now: number): number {
	if (now >= known.at + MARGIN) return known.at;
	return channel_id > Math.max(...Object.keys(known.channels).map(Number)) ? -Infinity : Infinity;
}

function stopWhenAllRefuse({ channels }: Watching, hauls: (Haul | undefined)[]): void {
	if (channels.length === 0 || hauls.length < channels.length || hauls.some(Boolean)) return;
	throw new DsmInputError('None of the chosen channels can be read.', {
		path: ['channels'],
		hint: 'Check that the account is still a member.',
	});
}

/** Newest posts of the channels in which something was written last, and of the threads that were answered last. */
export async function sampleFeed(given: Watching, dsm: Dsm): Promise<{ rows: WirePost[]; scenery: Scenery }> {
	const [all, me, people] = await Promise.all([dsm.call(channelList), whoAmI(dsm), readPeople(dsm)]);
	const watched = watchedOf(given, channelsOf(all))
		.sort((a, b) => (b.last_post_at ?? 0) - (a.last_post_at ?? 0))
		.slice(0, 10);
	const channels = new Map(watched.map((channel) => [channel.channel_id, channel]));
	const rows = await Promise.all([
		...watched.map(async ({ channel_id }) => (await settled(newestOf(dsm, channel_id))) ?? []),
		given.includeReplies ? settled(newestAcross(dsm, [...channels.keys()], PAGE)).then(onlyReplies) : [],
	]);
	return { rows: rows.flat(), scenery: { channels, people, me } };
}

async function newestOf(dsm: Dsm, channel_id: number): Promise<WirePost[]> {
	const rows: WirePost[] = [];
	for await (const row of newestFirst(dsm, { channel_id, thread_id: 0 }, 10)) {
		if (rows.push(row) >= 10) break;
	}
	return rows;
}

const onlyReplies = (rows: WirePost[] = []): WirePost[] => rows.filter(isReply);
