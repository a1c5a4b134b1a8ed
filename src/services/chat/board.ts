import type { Dsm } from '../../core/dsm';
import type { PollAnswer } from '../../catalog/operation';
import { trigger } from '../../catalog/operation';
import { z } from '../../vendor/zod';
import type { MessageEvent, Scenery } from './events';
import { isMessage, messageEvent, toEvent } from './events';
import { watchedOf } from './feed';
import { channelOf } from './fields';
import { channels, includeOwn } from './messageTrigger';
import type { WireChannel } from './people';
import { channelList, channelsOf, userList } from './people';
import type { WirePost } from './post';
import { idOfPost } from './post';
import { PAGE, searchCall } from './reading';
import { settled } from './refusal';
import { readPeople, whoAmI } from './scenery';

/** Messages remembered between polls. */
const REMEMBERED = 300;
/** Messages read at most at one poll. */
const MOST = 5000;

const boardCursor = z.object({
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
type BoardCursor = z.output<typeof boardCursor>;

const params = z.object({ channels, includeOwn });
type Params = z.output<typeof params>;

interface Board {
	title: string;
	summary: string;
	/** Filter and order of the search. */
	query: { has?: string[]; sort_by: 'update_at' | 'last_pin_at' };
	/** What is compared, so that a time that moves for another reason makes no event. */
	printOf: (row: WirePost) => string;
	/** Whether a message seen for the first time, late enough, makes an event. */
	isNews: (row: WirePost) => boolean;
	key: (event: z.output<typeof messageEvent>) => string;
	wake?: string;
	/** Whether own messages are left out on demand: the message is own, not what happened to it. */
	ownMatters: boolean;
}

/**
 * A trigger on what changes in messages that are there already: one search over all watched channels, the last change first, in the
 * batch that asks for the channels. It is read on until a page brings nothing that is not remembered.
 */
export function boardTrigger({ query, printOf, isNews, ownMatters, ...told }: Board) {
	const timeOf = (row: WirePost): number => Number(row[query.sort_by] ?? 0);

	const page = async (dsm: Dsm, channel_ids: readonly number[], offset = 0): Promise<WirePost[]> => {
		if (channel_ids.length === 0) return [];
		const data = await dsm.call(searchCall, { ...query, in: channel_ids, offset, limit: PAGE });
		return (data?.search_results ?? []) as WirePost[];
	};

	/** Filters that a server does not know are ignored with success, so channel and time are checked (chat.md 5.8). */
	const usable = (row: WirePost, channel_ids: readonly number[]): boolean =>
		isMessage(row) && row.type !== 'system' && timeOf(row) > 0 && channel_ids.includes(channelOf(row.post_id));

	/** Pages until one brings nothing new: the last change comes first, so what is left out would never be seen again. */
	async function rest(dsm: Dsm, ids: number[], first: WirePost[], most: number, isSettled: (row: WirePost) => boolean) {
		const rows = [...first];
		let last = first;
		while (last.length >= PAGE && rows.length < most && !last.every((row) => !usable(row, ids) || isSettled(row))) {
			last = await page(dsm, ids, rows.length);
			rows.push(...last);
		}
		const isCut = last.length >= PAGE && rows.length >= most;
		return { rows: rows.filter((row) => usable(row, ids)), bottom: isCut ? timeOf(rows.at(-1)!) : 0 };
	}

	async function start(given: Params, handle: Dsm): Promise<BoardCursor> {
		const dsm = handle.with({ share: true });
		const [all, me] = await Promise.all([dsm.call(channelList), whoAmI(dsm)]);
		const ids = idsOf(watchedOf(given, channelsOf(all)));
		const { rows, bottom } = await rest(dsm, ids, await page(dsm, ids), REMEMBERED, () => false);
		return remembered({ v: 1, me, at: dsm.now(), floor: bottom, channels: ids, seen: {} }, rows);
	}

	/** Keeps the last ones; what is forgotten raises the floor. */
	function remembered(known: BoardCursor, rows: WirePost[]): BoardCursor {
		const seen = { ...known.seen };
		for (const row of rows) seen[idOfPost(row)] = [timeOf(row), printOf(row)];
		const latest = Object.entries(seen).sort(([, a], [, b]) => b[0] - a[0]);
		const forgotten = latest[REMEMBERED]?.[1][0] ?? 0;
		const floor = Math.max(known.floor, forgotten);
		return { ...known, floor, seen: Object.fromEntries(latest.slice(0, REMEMBERED)) };
	}

	async function poll(given: Params, known: BoardCursor, handle: Dsm): Promise<PollAnswer<BoardCursor, MessageEvent>> {
		const dsm = handle.with({ share: true });
		const before = dsm.now();
		const [all, early] = await Promise.all([dsm.call(channelList), settled(page(dsm, known.channels))]);
		const watched = watchedOf(given, channelsOf(all));
		const ids = idsOf(watched);
		const isSame = early && ids.length === known.channels.length && ids.every((id) => known.channels.includes(id));
		const isSettled = (row: WirePost) => isOld(row, known) || known.seen[idOfPost(row)]?.[1] === printOf(row);
		const { rows } = await rest(dsm, ids, isSame ? early : await page(dsm, ids), MOST, isSettled);
		const changed = rows
			.filter((row) => !isSettled(row) && (known.seen[idOfPost(row)] !== undefined || isNews(row)))
			.sort((a, b) => timeOf(a) - timeOf(b));
		const events = await eventsOf(dsm, changed, watched, given, known.me);
		const next = { ...remembered(known, rows), at: Math.min(before, dsm.now()) - 1000, channels: ids };
		return { events, cursor: next };
	}

	/** Whether a message that is not remembered has lain there all along. */
	function isOld(row: WirePost, { seen, floor, at, channels: known }: BoardCursor): boolean {
		if (seen[idOfPost(row)]) return false;
		return timeOf(row) <= (known.includes(channelOf(row.post_id)) ? floor : Math.max(floor, at));
	}

	async function eventsOf(
		dsm: Dsm,
		rows: WirePost[],
		watched: WireChannel[],
		given: Params,
		me: number,
	): Promise<MessageEvent[]> {
		const shown = rows.filter((row) => !ownMatters || given.includeOwn || me === 0 || row.creator_id !== me);
		if (shown.length === 0) return [];
		const scenery: Scenery = {
			channels: new Map(watched.map((channel) => [channel.channel_id, channel])),
			people: await readPeople(dsm),
			me,
		};
		return shown.map((row) => toEvent(row, scenery));
	}

	return trigger({
		...told,
		params,
		basis: 'capture',
		cursor: boardCursor,
		event: messageEvent,
		uses: [channelList, searchCall, userList],
		start,
		poll,
		async sample(given: Params, handle: Dsm): Promise<MessageEvent[]> {
			const dsm = handle.with({ share: true });
			const [all, me] = await Promise.all([dsm.call(channelList), whoAmI(dsm)]);
			const watched = watchedOf(given, channelsOf(all));
			const ids = idsOf(watched);
			const rows = (await page(dsm, ids)).filter((row) => usable(row, ids) && isNews(row));
			return await eventsOf(dsm, rows.slice(0, 10), watched, given, me);
		},
	});
}

const idsOf = (rows: WireChannel[]): number[] => rows.map(({ channel_id }) => channel_id);
