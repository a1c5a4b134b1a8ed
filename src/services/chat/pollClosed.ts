import type { Dsm } from '../../core/dsm';
import { isDsmError } from '../../core/errors';
import type { Budget, PollAnswer } from '../../catalog/operation';
import { trigger } from '../../catalog/operation';
import { z } from '../../vendor/zod';
import type { MessageEvent } from './events';
import { messageEvent, toEvent } from './events';
import { feedCalls, feedCursor, readFeed, sampleFeed, startFeed } from './feed';
import { channelOf } from './fields';
import { channels } from './messageTrigger';
import type { WirePost } from './post';
import { idOfPost } from './post';
import { newestAcross, onePost, PAGE } from './reading';
import { isRefusal } from './refusal';
import { readPeople } from './scenery';

/** Open polls that are watched, the newest ones. */
const REMEMBERED = 100;

const params = z.object({ channels });
type Params = z.output<typeof params>;

const cursor = z.object({ v: z.literal(1), feed: feedCursor, open: z.array(z.number()) });
type Cursor = z.output<typeof cursor>;

const watching = ({ channels: chosen }: Params) => ({ channels: chosen, includeReplies: false });
const stateOf = (row: WirePost): string | undefined => row.props?.vote?.state;

/** Open polls are known from the feed, and each is looked at by its id in the batch that asks for the channels (chat.md 11.2). */
export const pollClosed = trigger({
	title: 'Poll closed',
	summary: 'Starts when a poll is closed or its time is over.',
	params,
	basis: 'capture',
	cursor,
	event: messageEvent,
	key: ({ post_id }) => post_id,
	uses: feedCalls,
	async start(given: Params, handle: Dsm): Promise<Cursor> {
		const dsm = handle.with({ share: true });
		const feed = await startFeed(watching(given), dsm);
		const rows = await newestAcross(dsm, Object.keys(feed.channels).map(Number), 3 * PAGE);
		const open = rows.filter((row) => stateOf(row) === 'open').map(idOfPost);
		return { v: 1, feed, open: latest(open) };
	},
	async poll(given: Params, known: Cursor, handle: Dsm, budget: Budget): Promise<PollAnswer<Cursor, MessageEvent>> {
		const dsm = handle.with({ share: true });
		const [{ rows: fresh, cursor: feed, more, scenery }, ...looked] = await Promise.all([
			readFeed(watching(given), known.feed, dsm, budget),
			...known.open.map(async (post_id) => await look(dsm, post_id)),
		]);
		const rows = [...looked.flatMap((one) => one ?? []), ...fresh.filter((row) => !known.open.includes(idOfPost(row)))];
		const unread = known.open.filter((_, index) => looked[index] === undefined);
		const open = [...unread, ...rows.filter((row) => stateOf(row) === 'open').map(idOfPost)];
		const closed = rows
			.filter((row) => stateOf(row) === 'close' && scenery.channels.has(channelOf(row.post_id)))
			.sort((a, b) => (a.create_at ?? 0) - (b.create_at ?? 0));
		const people = closed.length > 0 ? await readPeople(dsm) : scenery.people;
		return {
			events: closed.map((row) => toEvent(row, { ...scenery, people })),
			cursor: { v: 1, feed, open: latest(open) },
			...(more && { more }),
		};
	},
	async sample(given: Params, handle: Dsm): Promise<MessageEvent[]> {
		const dsm = handle.with({ share: true });
		const { scenery } = await sampleFeed(watching(given), dsm);
		const rows = await newestAcross(dsm, [...scenery.channels.keys()], 3 * PAGE);
		const polls = rows.filter((row) => stateOf(row) === 'close').slice(0, 10);
		return polls.map((row) => toEvent(row, scenery));
	},
});

const latest = (ids: number[]): number[] => [...new Set(ids)].sort((a, b) => b - a).slice(0, REMEMBERED);

/** The poll in a list of one; none when it was deleted or its channel is closed to the account; undefined when it cannot be read now. */
async function look(dsm: Dsm, post_id: number): Promise<WirePost[] | undefined> {
	try {
		const row = await onePost(dsm, post_id);
		return row ? [row] : [];
	} catch (error) {
		if (!isRefusal(error)) throw error;
		return isDsmError(error) && [401, 403].includes(error.dsmCode ?? 0) ? [] : undefined;
	}
}
