import type { Dsm } from '../../../core/dsm';
import type { Budget, PollAnswer } from '../../../catalog/operation';
import { absence, absent } from '../../../catalog/absence';
import { trigger } from '../../../catalog/operation';
import { field, row } from '../../../catalog/row';
import { z } from '../../../vendor/zod';
import { channelOf } from '../fields';
import { channels } from '../lib/messageTrigger';
import { watchedNow, watchedOf } from '../lib/newMessages';
import { nameOf, readPeople, titleOf, whoAmI } from '../lib/people';
import { createdAt, idOf, numberOf } from '../lib/posts';
import { newestAcross, onePost, PAGE } from '../lib/readPosts';
import { chatSocket } from '../lib/realtime';
import { isRefusal, settled } from '../lib/refusals';
import { getChannel, listChannels, type Channel } from '../wire/channels';
import { listPosts, searchPosts, type Post } from '../wire/posts';
import { getUser, listUsers } from '../wire/users';

const params = z.object({
	channels,
	window: z.coerce.number<number | string>().int().min(PAGE).max(500).default(PAGE).meta({
		title: 'Window',
		description: 'How many of the newest messages are watched, over all channels together',
		advanced: true,
	}),
});
type Params = z.output<typeof params>;

const cursor = z.object({
	v: z.literal(1),
	me: z.number(),
	channels: z.array(z.number()),
	/** The newest messages: sender and time of sending. */
	seen: z.record(z.string(), z.tuple([z.number(), z.number()])),
	...absence,
});
type Cursor = z.output<typeof cursor>;

const deletion = row({
	post_id: field.id(),
	channel_id: field.id(),
	channel_name: z.string(),
	channel_type: z.string(),
	creator_id: field.id(),
	creator_name: z.string(),
	create_at: field.milliseconds(),
});
type Deletion = z.output<typeof deletion>;

/**
 * Chat tells of no deletion: what was among the newest messages and is there no more is looked up by its id (chat.md 11.2). One search
 * over all channels, in the batch that asks for them; the text of what is gone is not kept.
 */
export const messageDeleted = trigger({
	title: 'Message deleted',
	summary: 'Starts when one of the newest messages is deleted.',
	params,
	wake: chatSocket,
	cursor,
	event: deletion,
	key: ({ post_id }) => post_id,
	uses: [listChannels, getChannel, searchPosts, listPosts, listUsers, getUser],
	async start(given: Params, handle: Dsm): Promise<Cursor> {
		const dsm = handle.with({ share: true });
		const [all, me] = await Promise.all([dsm.list(listChannels), whoAmI(dsm)]);
		const ids = watchedOf(given, all).map(idOf);
		return { v: 1, me, channels: ids, seen: seenIn(await newestAcross(dsm, ids, given.window)), missing: [] };
	},
	poll,
	/** What is deleted cannot be shown any more; the newest messages have the same shape. */
	async sample(given: Params, handle: Dsm): Promise<Deletion[]> {
		const dsm = handle.with({ share: true });
		const [all, me] = await Promise.all([dsm.list(listChannels), whoAmI(dsm)]);
		const watched = watchedOf(given, all);
		const ids = watched.map(idOf);
		const seen = Object.entries(seenIn((await newestAcross(dsm, ids, PAGE)).slice(0, 10)));
		return await toDeletions(dsm, seen, watched, me);
	},
});

async function poll(given: Params, known: Cursor, handle: Dsm, budget: Budget): Promise<PollAnswer<Cursor, Deletion>> {
	const dsm = handle.with({ share: true });
	const [watched, early] = await Promise.all([
		watchedNow(given, dsm, known.channels),
		settled(newestAcross(dsm, known.channels, given.window)),
	]);
	const ids = watched.map(idOf);
	const isSame = early && ids.length === known.channels.length && ids.every((id) => known.channels.includes(id));
	const first = isSame ? early : await newestAcross(dsm, ids, given.window);
	const { rows, bottom } = await downTo(dsm, ids, first, given.window, known, budget);
	const seen = seenIn(rows.slice(0, given.window));
	const found = new Set(rows.map(numberOf));
	const missing = Object.entries(known.seen).filter(
		([id, [, at]]) => !found.has(Number(id)) && at > bottom && ids.includes(channelOf(id)),
	);
	const isDeleted = await Promise.all(missing.map(async ([id]) => await isGone(dsm, Number(id))));
	const lost = new Set(missing.filter((_, index) => isDeleted[index]).map(([id]) => id));
	const there = Object.keys(known.seen).filter((id) => !lost.has(id));
	const items = Object.fromEntries(Object.keys(known.seen).map((id) => [id, []]));
	const doubtful = absent(
		{ ...known, items },
		there.map((id) => ({ id })),
		dsm.now(),
		{ isAsked: true },
	);
	for (const { id } of doubtful.kept) lost.delete(id);
	const gone = missing.filter(([id]) => lost.has(id));
	for (const [id, facts] of missing) if (!lost.has(id)) seen[id] = facts;
	return {
		events: await toDeletions(dsm, gone, watched, known.me),
		cursor: { v: 1, me: known.me, channels: ids, seen, ...doubtful.absence },
		doubt: doubtful.doubt,
	};
}

/** Pages read at most when many messages came since the last poll. */
const FURTHER = 20;

/** The newest messages down to one that was there at the last poll: what came since must not push the others out of observed. */
async function downTo(dsm: Dsm, ids: number[], first: Post[], window: number, known: Cursor, budget: Budget) {
	const rows = [...first];
	const oldest = Math.min(...Object.values(known.seen).map(([, at]) => at));
	const wanted = new Set(Object.keys(known.seen));
	const isCovered = (found: Post[]): boolean => {
		for (const row of found) wanted.delete(row.post_id);
		return wanted.size === 0;
	};
	let bottom = first.length < window ? -Infinity : createdAt(first.at(-1));
	for (let page = 0, found = first; !isCovered(found) && bottom >= oldest && page < FURTHER && budget.left(); page++) {
		found = await newestAcross(dsm, ids, PAGE, (Math.ceil(window / PAGE) + page) * PAGE);
		rows.push(...found);
		bottom = found.length === 0 ? -Infinity : createdAt(found.at(-1));
	}
	return { rows, bottom };
}

const seenIn = (rows: Post[]): Cursor['seen'] =>
	Object.fromEntries(rows.map((row) => [row.post_id, [Number(row.creator_id ?? 0), createdAt(row)]]));

/** A search may leave a message out for another reason: only the answer for the message itself counts. */
async function isGone(dsm: Dsm, post_id: number): Promise<boolean> {
	try {
		return (await onePost(dsm, post_id)) === undefined;
	} catch (error) {
		if (isRefusal(error)) return false;
		throw error;
	}
}

async function toDeletions(
	dsm: Dsm,
	posts: [string, [number, number]][],
	watched: Channel[],
	me: number,
): Promise<Deletion[]> {
	if (posts.length === 0) return [];
	const people = await readPeople(dsm);
	const inOrder = posts.sort(([a, [, at]], [b, [, other]]) => at - other || Number(a) - Number(b));
	return inOrder.map(([post_id, [creator_id, create_at]]) => {
		const channel = watched.find((one) => idOf(one) === channelOf(post_id))!;
		return deletion.parse({
			post_id,
			channel_id: channel.channel_id,
			channel_name: titleOf(channel, people, String(me)),
			channel_type: channel.type ?? '',
			creator_id,
			creator_name: nameOf(people.get(String(creator_id))),
			create_at,
		});
	});
}
