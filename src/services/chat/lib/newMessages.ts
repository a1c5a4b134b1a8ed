import type { Dsm } from '../../../core/dsm';
import { DsmInputError } from '../../../core/errors';
import type { Budget } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { getChannel, listChannels, type Channel } from '../wire/channels';
import { listPosts, searchPosts, type Post } from '../wire/posts';
import { getUser, listUsers } from '../wire/users';
import { catchUp, channelPlace, firstLook, hasMoved, type Reading } from './channelPlace';
import { contextOf, type Context } from './events';
import { isJoined, whoAmI } from './people';
import { idOf, isReply, millisecondsOf } from './posts';
import { newestAcross, newestFirst, PAGE } from './readPosts';
import { settled } from './refusals';
import { activeRoots, knownThreads, newReplies, remember, threadPlace } from './threadPlaces';

/** Which channels and posts are read. */
export interface Watching {
	/** None: all that the account has joined, except those of bots. */
	channels: number[];
	include_replies: boolean;
	/** Absent: every channel. */
	isWatched?: (channel: Channel) => boolean;
}

/** Calls that find new messages. */
export const newMessageCalls = [listChannels, getChannel, searchPosts, listPosts, listUsers, getUser] as const;

export const messagesCursor = z.object({
	v: z.literal(1),
	/** Own Chat user id; 0 when Chat lists no user of the account's name. */
	me: z.number(),
	/** NAS time of the last poll, in milliseconds: in a channel seen for the first time, what is older is history. */
	at: z.number(),
	channels: z.record(z.string(), channelPlace),
	threads: z.record(z.string(), threadPlace),
	/** Known channels that the list has left out for minutes: the account is no member any more. */
	gone: z.array(z.string()).optional(),
	/** Since when the list leaves out others, in milliseconds of the NAS. */
	short_since: z.number().optional(),
});
export type MessagesCursor = z.output<typeof messagesCursor>;

/** How long a list that leaves out known channels is no whole one (core.md 20). */
const CONFIRMED = 5 * 60_000;

/** The clock of the NAS is known to the second. */
const MARGIN = 1000;

/**
 * Every new post and reply once: rising ids per channel and counters per thread; one HTTP request when nothing has happened
 * (chat.md 11.1). This is the place at "now".
 */
export async function startMessages(given: Watching, dsm: Dsm): Promise<MessagesCursor> {
	const before = dsm.now();
	const [all, me] = await Promise.all([dsm.list(listChannels), whoAmI(dsm)]);
	const now = Math.min(before, dsm.now());
	const watched = watchedOf(given, all);
	const [readings, roots] = await Promise.all([
		Promise.all(watched.map(async (channel) => await settled(firstLook(dsm, channel, Infinity, now)))),
		activeRoots(dsm, watched.map(idOf)),
	]);
	const channels: MessagesCursor['channels'] = {};
	for (const [index, channel] of watched.entries()) {
		const reading = readings[index];
		if (reading) channels[channel.channel_id] = reading.place;
	}
	return { v: 1, me, at: now - MARGIN, channels, threads: knownThreads(roots, channels, now) };
}

/** Watches the chosen channels, else those joined without the ones of bots. Throws DsmInputError when none of the chosen is there. */
export function watchedOf({ channels, isWatched }: Omit<Watching, 'include_replies'>, all: Channel[]): Channel[] {
	const joined = all.filter(isJoined);
	const chosen =
		channels.length > 0
			? joined.filter((row) => channels.includes(idOf(row)))
			: joined.filter(({ type }) => type !== 'chatbot' && type !== 'synobot');
	if (channels.length > 0 && chosen.length === 0) {
		throw new DsmInputError('The account is a member of none of the chosen channels.', {
			path: ['channels'],
			hint: 'Have the account invited, or choose other channels.',
		});
	}
	return isWatched ? chosen.filter(isWatched) : chosen;
}

/**
 * The watched channels as they are now. A list that leaves out a known one proves nothing: the channel itself is asked (core.md 20).
 */
export async function watchedNow(
	given: Omit<Watching, 'include_replies'>,
	dsm: Dsm,
	known: readonly number[],
): Promise<Channel[]> {
	const all = await dsm.list(listChannels);
	const listed = new Set(all.map(idOf));
	const missing = [...given.channels, ...known].filter((id) => !listed.has(id));
	const asked = await Promise.all(
		[...new Set(missing)].map(async (channel_id) => await settled(dsm.call(getChannel, { channel_id }))),
	);
	return watchedOf(given, [...all, ...asked.flatMap((one) => one ?? [])]);
}

export interface NewMessages {
	rows: Post[];
	cursor: MessagesCursor;
	more: boolean;
	context: Context;
}

/** What is new since the cursor. */
export async function readMessages(
	given: Watching,
	known: MessagesCursor,
	dsm: Dsm,
	budget: Budget,
): Promise<NewMessages> {
	const before = dsm.now();
	const [watched, roots] = await Promise.all([
		watchedNow(given, dsm, []),
		given.include_replies ? activeRoots(dsm, Object.keys(known.channels).map(Number)) : [],
	]);
	// The answer brought the present time of the NAS. Whether something is settled is judged by the time of the question: it tells of no later one.
	const now = dsm.now();
	const asked = Math.min(before, now);
	const channels = new Map(watched.map((channel) => [idOf(channel), channel]));
	const moved = watched.filter((channel) => {
		const last = known.channels[channel.channel_id];
		return !last || hasMoved(channel, last, asked);
	});
	const [readings, replies] = await Promise.all([
		Promise.all(moved.map(async (channel) => await settled(read(dsm, channel, known, { now, asked }, budget)))),
		newReplies(dsm, roots, known, new Set(channels.keys()), asked, budget),
	]);
	stopWhenAllRefuse(given, readings);

	const places = structuredClone(known.channels);
	const rows: Post[] = [...replies.rows];
	let more = !replies.done;
	for (const [index, channel] of moved.entries()) {
		const reading = readings[index];
		if (!reading) continue;
		places[channel.channel_id] = reading.place;
		rows.push(...reading.rows);
		more ||= !reading.done;
	}
	const threads = remember(replies.threads, places);
	const cursor = { ...known, ...sinceWhole(known, channels, asked), channels: places, threads };
	return { rows, cursor, more, context: await contextOf(dsm, watched, known.me, rows) };
}

/**
 * Since when a channel that is seen for the first time has been there unseen: the last whole list. One that leaves out a channel of before
 * may leave out a new one, too, and its messages must not become history meanwhile.
 */
function sinceWhole(
	known: MessagesCursor,
	listed: ReadonlyMap<number, Channel>,
	now: number,
): Pick<MessagesCursor, 'at' | 'gone' | 'short_since'> {
	const missing = Object.keys(known.channels).filter((id) => !listed.has(Number(id)));
	const isShort = missing.some((id) => !known.gone?.includes(id));
	const since = known.short_since !== undefined && known.short_since <= now ? known.short_since : now;
	if (isShort && now - since < CONFIRMED) return { at: known.at, gone: known.gone, short_since: since };
	return { at: now - MARGIN, gone: missing.length > 0 ? missing : undefined, short_since: undefined };
}

async function read(
	dsm: Dsm,
	channel: Channel,
	known: MessagesCursor,
	{ now, asked }: { now: number; asked: number },
	budget: Budget,
): Promise<Reading> {
	const last = known.channels[channel.channel_id];
	return last
		? await catchUp(dsm, channel, last, asked, budget)
		: await firstLook(dsm, channel, newSince(channel, known, now), asked);
}

/** Since when posts of a channel seen for the first time are new. If the clock was set back, the id tells whether the channel is. */
function newSince(channel: Channel, known: MessagesCursor, now: number): number {
	if (now >= known.at + MARGIN) return known.at;
	return idOf(channel) > Math.max(...Object.keys(known.channels).map(Number)) ? -Infinity : Infinity;
}

function stopWhenAllRefuse({ channels }: Watching, readings: (Reading | undefined)[]): void {
	if (channels.length === 0 || readings.length < channels.length || readings.some(Boolean)) return;
	throw new DsmInputError('None of the chosen channels can be read.', {
		path: ['channels'],
		hint: 'Check that the account is still a member.',
	});
}

/** Newest posts of the channels in which something was written last, and of the threads that were answered last. */
export async function sampleMessages(given: Watching, dsm: Dsm): Promise<{ rows: Post[]; context: Context }> {
	const [all, me] = await Promise.all([dsm.list(listChannels), whoAmI(dsm)]);
	const watched = watchedOf(given, all)
		.sort((a, b) => millisecondsOf(b.last_post_at) - millisecondsOf(a.last_post_at))
		.slice(0, 10);
	const ids = watched.map(idOf);
	const rows = await Promise.all([
		...ids.map(async (channel_id) => (await settled(newestOf(dsm, channel_id))) ?? []),
		given.include_replies ? settled(newestAcross(dsm, ids, PAGE)).then(onlyReplies) : [],
	]);
	const found = rows.flat();
	return { rows: found, context: await contextOf(dsm, watched, me, found) };
}

async function newestOf(dsm: Dsm, channel_id: number): Promise<Post[]> {
	const rows: Post[] = [];
	for await (const row of newestFirst(dsm, { channel_id, thread_id: 0 }, 10)) {
		if (rows.push(row) >= 10) break;
	}
	return rows;
}

const onlyReplies = (rows: Post[] = []): Post[] => rows.filter(isReply);
