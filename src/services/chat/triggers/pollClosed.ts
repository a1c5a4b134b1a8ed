import type { Dsm } from '../../../core/dsm';
import { isDsmError } from '../../../core/errors';
import type { Budget, PollAnswer } from '../../../catalog/operation';
import { absence, absent } from '../../../catalog/absence';
import { trigger } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { messageEvent, toEvent, type MessageEvent } from '../lib/events';
import { channels } from '../lib/messageTrigger';
import { messagesCursor, newMessageCalls, readMessages, sampleMessages, startMessages } from '../lib/newMessages';
import { readPeople } from '../lib/people';
import { channelIdOf, createdAt, numberOf } from '../lib/posts';
import { newestAcross, onePost, PAGE } from '../lib/readPosts';
import { isRefusal } from '../lib/refusals';
import type { Post } from '../wire/posts';

/** Open polls that are watched, the newest ones. */
const REMEMBERED = 100;

const params = z.object({ channels });
type Params = z.output<typeof params>;

const cursor = z.object({
	v: z.literal(1),
	/** Place of the new messages. */
	feed: messagesCursor,
	open: z.array(z.number()),
	...absence,
});
type Cursor = z.output<typeof cursor>;

const watching = ({ channels: chosen }: Params) => ({ channels: chosen, include_replies: false });
const isOpen = ({ poll_state }: Post): boolean => poll_state === 'open';
const isClosed = ({ poll_state }: Post): boolean => poll_state === 'close';

/** Open polls are known from the new messages, and each is looked at by its id in the batch that asks for the channels (chat.md 11.2). */
export const pollClosed = trigger({
	title: 'Poll closed',
	summary: 'Starts when a poll is closed or its time is over.',
	params,
	cursor,
	event: messageEvent,
	key: ({ post_id }) => post_id,
	uses: newMessageCalls,
	async start(given: Params, handle: Dsm): Promise<Cursor> {
		const dsm = handle.with({ share: true });
		const messages = await startMessages(watching(given), dsm);
		const rows = await newestAcross(dsm, Object.keys(messages.channels).map(Number), 3 * PAGE);
		const open = rows.filter(isOpen).map(numberOf);
		return { v: 1, feed: messages, open: latest(open), missing: [] };
	},
	async poll(given: Params, known: Cursor, handle: Dsm, budget: Budget): Promise<PollAnswer<Cursor, MessageEvent>> {
		const dsm = handle.with({ share: true });
		const [{ rows: fresh, cursor: messages, more, context }, ...looked] = await Promise.all([
			readMessages(watching(given), known.feed, dsm, budget),
			...known.open.map(async (post_id) => await look(dsm, post_id)),
		]);
		const rows = [...looked.flatMap((one) => one ?? []), ...fresh.filter((row) => !known.open.includes(numberOf(row)))];
		const unread = known.open.filter((_, index) => looked[index] === undefined);
		const seen = [...unread, ...looked.flatMap((one) => one ?? []).map(numberOf)].map((id) => ({ id: String(id) }));
		const items = Object.fromEntries(known.open.map((id) => [id, []]));
		const { kept, absence: missed, doubt } = absent({ ...known, items }, seen, dsm.now());
		const open = [...unread, ...kept.map(({ id }) => Number(id)), ...rows.filter(isOpen).map(numberOf)];
		const closed = rows
			.filter((row) => isClosed(row) && context.channels.has(channelIdOf(row)))
			.sort((a, b) => createdAt(a) - createdAt(b));
		const people = closed.length > 0 ? await readPeople(dsm) : context.people;
		return {
			events: closed.map((row) => toEvent(row, { ...context, people })),
			cursor: { v: 1, feed: messages, open: latest(open), ...missed },
			doubt,
			...(more && { more }),
		};
	},
	async sample(given: Params, handle: Dsm): Promise<MessageEvent[]> {
		const dsm = handle.with({ share: true });
		const { context } = await sampleMessages(watching(given), dsm);
		const rows = await newestAcross(dsm, [...context.channels.keys()], 3 * PAGE);
		const polls = rows.filter(isClosed).slice(0, 10);
		return polls.map((row) => toEvent(row, context));
	},
});

const latest = (ids: number[]): number[] => [...new Set(ids)].sort((a, b) => b - a).slice(0, REMEMBERED);

/** The poll in a list of one; none when it was deleted or its channel is closed to the account; undefined when it cannot be read now. */
async function look(dsm: Dsm, post_id: number): Promise<Post[] | undefined> {
	try {
		const row = await onePost(dsm, post_id);
		return row ? [row] : [];
	} catch (error) {
		if (!isRefusal(error)) throw error;
		return isDsmError(error) && [401, 403].includes(error.dsmCode ?? 0) ? [] : undefined;
	}
}
