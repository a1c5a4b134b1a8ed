import type { Dsm } from '../../../core/dsm';
import type { PollAnswer } from '../../../catalog/operation';
import { refuseTwins } from '../../../catalog/absence';
import { trigger } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { getChannel, listChannels, type Channel } from '../wire/channels';
import { searchPosts, type Post } from '../wire/posts';
import { getUser, listUsers } from '../wire/users';
import { contextOf, isMessage, isOwn, messageEvent, toEvent, type MessageEvent } from './events';
import { channels, include_own } from './messageTrigger';
import { watchedNow, watchedOf } from './newMessages';
import { whoAmI } from './people';
import { channelIdOf, idOf, millisecondsOf, numberOf } from './posts';
import { PAGE } from './readPosts';
import { settled } from './refusals';

/** Messages remembered between polls. */
const REMEMBERED = 300;
/** Messages read at most at one poll. */
const MOST = 5000;

const changesCursor = z.object({
	v: z.literal(1),
	me: z.number(),
	/** NAS time of the last poll: in a channel seen for the first time, what is older is history. */
	at: z.number(),
	/** What is not remembered and no later than this is old. */
	floor: z.number(),
	channels: z.array(z.number()),
	/** By message: the time by which they are ordered, and what is compared. */
	seen: z.record(z.string(), z.tuple([z.number(), z.string()])),
});
type ChangesCursor = z.output<typeof changesCursor>;

const params = z.object({ channels, include_own });
type Params = z.output<typeof params>;

interface Changes {
	title: string;
	summary: string;
	/** Filter and order of the search. */
	query: { has?: string[]; sort_by: 'update_at' | 'last_pin_at' };
	/** What is compared, so that a time that moves for another reason makes no event. */
	fingerprintOf: (row: Post) => string;
	/** Whether a message seen for the first time, late enough, makes an event. */
	isNews: (row: Post) => boolean;
	key: (event: z.output<typeof messageEvent>) => string;
	wake?: string;
	/** Whether own messages are left out on demand: the message is own, not what happened to it. */
	ownMatters: boolean;
}

/**
 * A trigger on what changes in messages that are there already: one search over all watched channels, the last change first, in the
 * batch that asks for the channels. It is read on until a page brings nothing that is not remembered.
 */
export function changeTrigger({ query, fingerprintOf, isNews, ownMatters, ...told }: Changes) {
	const timeOf = (row: Post): number => millisecondsOf(row[query.sort_by]);

	const page = async (dsm: Dsm, channel_ids: readonly number[], offset = 0): Promise<Post[]> => {
		if (channel_ids.length === 0) return [];
		return (await dsm.call(searchPosts, { ...query, in: channel_ids, offset, limit: PAGE })).rows;
	};

	/** Filters that a server does not know are ignored with success, so channel and time are checked (chat.md 5.8). */
	const usable = (row: Post, channel_ids: readonly number[]): boolean =>
		isMessage(row) && row.type !== 'system' && timeOf(row) > 0 && channel_ids.includes(channelIdOf(row));

	/** Pages until one brings nothing new: the last change comes first, so what is left out would never be seen again. */
	async function rest(dsm: Dsm, ids: number[], first: Post[], most: number, isSettled: (row: Post) => boolean) {
		const rows = [...first];
		let last = first;
		while (last.length >= PAGE && rows.length < most && !last.every((row) => !usable(row, ids) || isSettled(row))) {
			last = await page(dsm, ids, rows.length);
			rows.push(...last);
		}
		refuseTwins(rows, ({ post_id }) => post_id);
		const isCut = last.length >= PAGE && rows.length >= most;
		return { rows: rows.filter((row) => usable(row, ids)), bottom: isCut ? timeOf(rows.at(-1)!) : 0 };
	}

	async function start(given: Params, handle: Dsm): Promise<ChangesCursor> {
		const dsm = handle.with({ share: true });
		const [all, me] = await Promise.all([dsm.list(listChannels), whoAmI(dsm)]);
		const ids = watchedOf(given, all).map(idOf);
		const { rows, bottom } = await rest(dsm, ids, await page(dsm, ids), REMEMBERED, () => false);
		return remembered({ v: 1, me, at: dsm.now(), floor: bottom, channels: ids, seen: {} }, rows);
	}

	/** Keeps the last ones; what is forgotten raises the floor. */
	function remembered(known: ChangesCursor, rows: Post[]): ChangesCursor {
		const seen = { ...known.seen };
		for (const row of rows) seen[numberOf(row)] = [timeOf(row), fingerprintOf(row)];
		const latest = Object.entries(seen).sort(([, a], [, b]) => b[0] - a[0]);
		const forgotten = latest[REMEMBERED]?.[1][0] ?? 0;
		const floor = Math.max(known.floor, forgotten);
		return { ...known, floor, seen: Object.fromEntries(latest.slice(0, REMEMBERED)) };
	}

	async function poll(
		given: Params,
		known: ChangesCursor,
		handle: Dsm,
	): Promise<PollAnswer<ChangesCursor, MessageEvent>> {
		const dsm = handle.with({ share: true });
		const before = dsm.now();
		const [watched, early] = await Promise.all([
			watchedNow(given, dsm, known.channels),
			settled(page(dsm, known.channels)),
		]);
		const ids = watched.map(idOf);
		const isSame = early && ids.length === known.channels.length && ids.every((id) => known.channels.includes(id));
		const isSettled = (row: Post) => isOld(row, known) || known.seen[numberOf(row)]?.[1] === fingerprintOf(row);
		const { rows } = await rest(dsm, ids, isSame ? early : await page(dsm, ids), MOST, isSettled);
		const changed = rows
			.filter((row) => !isSettled(row) && (known.seen[numberOf(row)] !== undefined || isNews(row)))
			.sort((a, b) => timeOf(a) - timeOf(b));
		const events = await eventsOf(dsm, changed, watched, given, known.me);
		const next = { ...remembered(known, rows), at: Math.min(before, dsm.now()) - 1000, channels: ids };
		return { events, cursor: next };
	}

	/** Whether a message that is not remembered has lain there all along. */
	function isOld(row: Post, { seen, floor, at, channels: known }: ChangesCursor): boolean {
		if (seen[numberOf(row)]) return false;
		return timeOf(row) <= (known.includes(channelIdOf(row)) ? floor : Math.max(floor, at));
	}

	async function eventsOf(
		dsm: Dsm,
		rows: Post[],
		watched: Channel[],
		given: Params,
		me: number,
	): Promise<MessageEvent[]> {
		const shown = rows.filter((row) => !ownMatters || given.include_own || !isOwn(row, me));
		if (shown.length === 0) return [];
		const context = await contextOf(dsm, watched, me, shown);
		return shown.map((row) => toEvent(row, context));
	}

	return trigger({
		...told,
		params,
		filters: ['include_own'],
		cursor: changesCursor,
		event: messageEvent,
		uses: [listChannels, getChannel, searchPosts, listUsers, getUser],
		start,
		poll,
		async sample(given: Params, handle: Dsm): Promise<MessageEvent[]> {
			const dsm = handle.with({ share: true });
			const [all, me] = await Promise.all([dsm.list(listChannels), whoAmI(dsm)]);
			const watched = watchedOf(given, all);
			const ids = watched.map(idOf);
			const rows = (await page(dsm, ids)).filter((row) => usable(row, ids) && isNews(row));
			return await eventsOf(dsm, rows.slice(0, 10), watched, given, me);
		},
	});
}
