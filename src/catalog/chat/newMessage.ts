import type { Dsm } from '../../core/dsm';
import { DsmInputError } from '../../core/errors';
import { id } from '../fields';
import type { Budget, PollAnswer } from '../operation';
import { trigger } from '../operation';
import { z } from '../../vendor/zod';
import type { MessageEvent } from './events';
import { messageEvent, toEvents } from './events';
import { searchCall } from './history';
import type { People, WireChannel } from './people';
import { channelList, channelsOf, isDirect, ownId, peopleOf, userList, usersOf } from './people';
import type { WirePost } from './post';
import { idOfPost } from './post';
import { listCall, newestFirst } from './reading';
import { activeRoots, knownThreads, newReplies, remember, threadMark } from './threads';
import type { Haul } from './watch';
import { catchUp, firstSight, hasMoved, isRefusal, mark } from './watch';

const flag = (title: string, description: string, value = false) =>
	z.boolean().default(value).meta({ title, description, advanced: true });

const params = z.object({
	channels: z
		.array(id())
		.default([])
		.meta({
			title: 'Channels',
			description: 'Channels to watch; none: all that the account has joined, except those of bots',
			widget: 'picker',
			choices: { from: 'chat.channel.list', value: 'channel_id', label: 'label' },
		}),
	scope: z
		.enum(['all', 'direct', 'mentions'])
		.default('all')
		.meta({
			title: 'Messages',
			description: 'Which messages start the flow',
			labels: { all: 'All', direct: 'Direct Messages', mentions: 'Mentions of the Account' },
		}),
	keyword: z
		.string()
		.default('')
		.meta({ title: 'Keyword', description: 'Only messages that hold this text, capitals or not' }),
	filesOnly: flag('Only Files', 'Whether only messages with a file start the flow'),
	includeOwn: flag('Include Own', 'Whether messages of the account itself start the flow'),
	includeSystem: flag('Include Notices', 'Whether notices of Chat, like "joined the channel", start the flow'),
	includeReplies: flag('Include Replies', 'Whether replies in threads start the flow', true),
});
type Params = z.output<typeof params>;

const cursor = z.object({
	v: z.literal(1),
	/** Own Chat user id; 0 when Chat lists no user of the account's name. */
	me: z.number(),
	/** NAS time of the last poll, in milliseconds: in a channel seen for the first time, what is older is history. */
	at: z.number(),
	channels: z.record(z.string(), mark),
	threads: z.record(z.string(), threadMark),
});
type Cursor = z.output<typeof cursor>;

/** The clock of the NAS is known to the second. */
const MARGIN = 1000;

/** Rising ids per channel and counters per thread; one HTTP request when nothing has happened (chat.md 11.1). */
export const newMessage = trigger({
	title: 'New message',
	summary: 'Starts when a message or reply arrives in a channel or conversation of the account.',
	params,
	cursor,
	event: messageEvent,
	key: ({ post_id }) => post_id,
	uses: [channelList, searchCall, listCall, userList],
	basis: 'capture',
	start,
	poll,
	sample,
});

async function start(given: Params, handle: Dsm): Promise<Cursor> {
	const dsm = handle.with({ share: true });
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
	const channels: Cursor['channels'] = {};
	for (const [index, channel] of watched.entries()) {
		const haul = hauls[index];
		if (haul && 'mark' in haul) channels[channel.channel_id] = haul.mark;
	}
	return { v: 1, me, at: now - MARGIN, channels, threads: knownThreads(roots, channels, now) };
}

/** Own id by name; else what Chat answers to a question for no user in particular, inferred to be the caller (chat.md 6). */
async function whoAmI(dsm: Dsm): Promise<number> {
	const own = ownId(usersOf(await dsm.call(userList)), dsm);
	if (own !== undefined) return own;
	const answer = await settled(dsm.call({ api: 'SYNO.Chat.User', method: 'get', version: 3 }));
	return answer?.user?.user_id ?? answer?.user_id ?? 0;
}

/** Watches the chosen channels, else those joined without the ones of bots. Throws DsmInputError when none of the chosen is there. */
function watchedOf({ channels, scope }: Params, all: WireChannel[]): WireChannel[] {
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
	return scope === 'direct' ? chosen.filter(isDirect) : chosen;
}

async function poll(
	given: Params,
	known: Cursor,
	handle: Dsm,
	budget: Budget,
): Promise<PollAnswer<Cursor, MessageEvent>> {
	const dsm = handle.with({ share: true });
	const before = dsm.now();
	const [all, roots] = await Promise.all([
		dsm.call(channelList),
		given.includeReplies ? activeRoots(dsm, Object.keys(known.channels).map(Number)) : [],
	]);
	// The answer brought the present time of the NAS.
	const now = dsm.now();
	const watched = watchedOf(given, channelsOf(all));
	const shown = new Map(watched.map((channel) => [channel.channel_id, channel]));
	const moved = watched.filter((channel) => {
		const last = known.channels[channel.channel_id];
		return !last || hasMoved(channel, last, now);
	});
	const [hauls, replies] = await Promise.all([
		Promise.all(moved.map(async (channel) => await settled(read(dsm, channel, known, now, budget)))),
		newReplies(dsm, roots, known, new Set(shown.keys()), now, budget),
	]);
	stopWhenAllRefuse(given, hauls);

	const next: Cursor = { ...known, at: Math.min(before, now) - MARGIN, channels: structuredClone(known.channels) };
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
	const events = toEvents(rows, given, { channels: shown, people, me: known.me });
	return { events, cursor: next, ...(more && { more }) };
}

async function read(dsm: Dsm, channel: WireChannel, known: Cursor, now: number, budget: Budget): Promise<Haul> {
	const last = known.channels[channel.channel_id];
	return last
		? await catchUp(dsm, channel, last, now, budget)
		: await firstSight(dsm, channel, newSince(channel, known, now), now);
}

/** Since when posts of a channel seen for the first time are new. If the clock was set back, the id tells whether the channel is. */
function newSince({ channel_id }: WireChannel, known: Cursor, now: number): number {
	if (now >= known.at + MARGIN) return known.at;
	return channel_id > Math.max(...Object.keys(known.channels).map(Number)) ? -Infinity : Infinity;
}

/** One unreadable channel does not hold up the others: its mark stays where it is. Lost connections and sessions end the poll. */
async function settled<T>(work: Promise<T>): Promise<T | undefined> {
	try {
		return await work;
	} catch (error) {
		if (isRefusal(error)) return undefined;
		throw error;
	}
}

function stopWhenAllRefuse({ channels }: Params, hauls: (Haul | undefined)[]): void {
	if (channels.length === 0 || hauls.length < channels.length || hauls.some(Boolean)) return;
	throw new DsmInputError('None of the chosen channels can be read.', {
		path: ['channels'],
		hint: 'Check that the account is still a member.',
	});
}

async function readPeople(dsm: Dsm): Promise<People> {
	return peopleOf(usersOf(await settled(dsm.call(userList))));
}

/** Newest messages of the channels in which something was written last. */
async function sample(given: Params, handle: Dsm): Promise<MessageEvent[]> {
	const dsm = handle.with({ share: true });
	const [all, users] = await Promise.all([dsm.call(channelList), dsm.call(userList)]);
	const watched = watchedOf(given, channelsOf(all))
		.sort((a, b) => (b.last_post_at ?? 0) - (a.last_post_at ?? 0))
		.slice(0, 10);
	const rows = await Promise.all(
		watched.map(async ({ channel_id }) => (await settled(firstTen(dsm, channel_id))) ?? []),
	);
	const rowsOfUsers = usersOf(users);
	const scenery = {
		channels: new Map(watched.map((channel) => [channel.channel_id, channel])),
		people: peopleOf(rowsOfUsers),
		me: ownId(rowsOfUsers, dsm) ?? 0,
	};
	return toEvents(rows.flat(), given, scenery).slice(-10).reverse();
}

async function firstTen(dsm: Dsm, channel_id: number): Promise<WirePost[]> {
	const rows: WirePost[] = [];
	for await (const row of newestFirst(dsm, { channel_id, thread_id: 0 }, 10)) {
		if (rows.push(row) >= 10) break;
	}
	return rows.sort((a, b) => idOfPost(a) - idOfPost(b));
}
