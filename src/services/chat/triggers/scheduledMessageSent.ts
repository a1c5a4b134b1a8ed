import type { Dsm } from '../../../core/dsm';
import type { PollAnswer } from '../../../catalog/operation';
import { trigger } from '../../../catalog/operation';
import { field } from '../../../catalog/row';
import { digest } from '../../../catalog/sources';
import { z } from '../../../vendor/zod';
import { contextOf, messageEvent, toEvent, type Context } from '../lib/events';
import { whoAmI } from '../lib/people';
import { createdAt, millisecondsOf, numberOf } from '../lib/posts';
import { newestFirst } from '../lib/readPosts';
import { settled } from '../lib/refusals';
import { readInTurn, rotationChannels, rotationCursor } from '../lib/rotation';
import { getChannel, listChannels } from '../wire/channels';
import { listScheduled } from '../wire/postDetails';
import { listPosts, type Post } from '../wire/posts';
import { getUser, listUsers } from '../wire/users';

/** How far the time of the message may lie from the planned one, and how long it is waited for, in milliseconds. */
const EARLY = 60_000;
const LATE = 5 * 60_000;

const params = z.object({ channels: rotationChannels });
type Params = z.output<typeof params>;

/** A scheduled message: when, and a fingerprint of its text. */
const job = z.tuple([z.number(), z.string()]);
type Job = z.output<typeof job>;

const cursor = z.object({
	v: z.literal(1),
	me: z.number(),
	...rotationCursor,
	/** By channel and by id of the scheduled message. */
	channels: z.record(z.string(), z.record(z.string(), job)),
});
type Cursor = z.output<typeof cursor>;

const sentEvent = messageEvent.with({ cronjob_id: field.id(), send_at: field.milliseconds() });
type SentEvent = z.output<typeof sentEvent>;
type Sent = { row: Post; cronjob_id: string; send_at: number };

/** A scheduled message that is listed no more was sent or cancelled: the message in its channel tells which (chat.md 11.2). */
export const scheduledMessageSent = trigger({
	title: 'Scheduled message sent',
	summary: 'Starts when a scheduled message of the account was sent, if it was scheduled at least one poll before.',
	params,
	cursor,
	event: sentEvent,
	key: ({ cronjob_id, send_at }) => `${cronjob_id}-${millisecondsOf(send_at)}`,
	uses: [listChannels, getChannel, listScheduled, listPosts, listUsers, getUser],
	async start(given: Params, handle: Dsm): Promise<Cursor> {
		const dsm = handle.with({ share: true });
		const known = { ids: [], next: 0, isDue: () => false };
		const [{ read }, me] = await Promise.all([
			readInTurn(dsm, given.channels, known, async (id) => await jobsOf(dsm, id)),
			whoAmI(dsm),
		]);
		return { v: 1, me, next: 0, at: dsm.now(), channels: Object.fromEntries(read) };
	},
	poll,
	/** The newest messages of the account: which of them were scheduled does not show. */
	async sample(given: Params, handle: Dsm): Promise<SentEvent[]> {
		const dsm = handle.with({ share: true });
		const known = { ids: [], next: 0, isDue: () => false };
		const { watched } = await readInTurn(dsm, given.channels, known, async () => await Promise.resolve({}));
		const me = await whoAmI(dsm);
		const last = [...watched]
			.sort(([, a], [, b]) => millisecondsOf(b.last_post_at) - millisecondsOf(a.last_post_at))
			.slice(0, 3);
		const rows = await Promise.all(last.map(async ([id]) => (await settled(since(dsm, id, 0, 10))) ?? []));
		const own = rows
			.flat()
			.filter(({ creator_id }) => creator_id === String(me))
			.slice(0, 10);
		const context = await contextOf(dsm, watched.values(), me, own);
		return own.map((row) => toSent({ row, cronjob_id: '0', send_at: createdAt(row) }, context));
	},
});

async function poll(given: Params, known: Cursor, handle: Dsm): Promise<PollAnswer<Cursor, SentEvent>> {
	const dsm = handle.with({ share: true });
	const before = dsm.now();
	const round = {
		ids: Object.keys(known.channels).map(Number),
		next: known.next,
		isDue: (id: number) => Object.values(known.channels[id] ?? {}).some(([send_at]) => send_at <= before),
	};
	const { read, watched, next } = await readInTurn(dsm, given.channels, round, async (id) => await jobsOf(dsm, id));
	const now = dsm.now();
	const channels: Cursor['channels'] = {};
	const found: Sent[] = [];
	await Promise.all(
		[...watched.keys()].map(async (channel_id) => {
			const last = known.channels[channel_id] ?? {};
			const jobs = read.get(channel_id);
			channels[channel_id] = jobs ?? last;
			if (!jobs) return;
			const gone = Object.entries(last).filter(([id, [send_at]]) => !jobs[id] && send_at <= now);
			if (gone.length === 0) return;
			const { sent, open } = await match(dsm, channel_id, gone, known.me);
			found.push(...sent);
			const waiting = open.filter(([, [send_at]]) => now < send_at + LATE);
			channels[channel_id] = { ...jobs, ...Object.fromEntries(waiting) };
		}),
	);
	const cursorNow: Cursor = { v: 1, me: known.me, next, at: now, channels };
	if (found.length === 0) return { events: [], cursor: cursorNow };
	const posts = found.map(({ row }) => row);
	const context = await contextOf(dsm, watched.values(), known.me, posts);
	const events = found
		.sort((a, b) => a.send_at - b.send_at || Number(a.cronjob_id) - Number(b.cronjob_id))
		.map((sent) => toSent(sent, context));
	return { events, cursor: cursorNow };
}

const toSent = ({ row, ...facts }: Sent, context: Context): SentEvent =>
	sentEvent.parse({ ...toEvent(row, context), ...facts });

/** Looks for the messages that scheduled ones became; each message stands for one of them. */
async function match(dsm: Dsm, channel_id: number, gone: [string, Job][], me: number) {
	const from = Math.min(...gone.map(([, [send_at]]) => send_at)) - EARLY;
	const rows = (await since(dsm, channel_id, from, Infinity)).reverse();
	const sent: Sent[] = [];
	const open: [string, Job][] = [];
	for (const [id, [send_at, fingerprint]] of gone) {
		const row = rows.find(
			(one) =>
				(me === 0 || one.creator_id === String(me)) &&
				createdAt(one) >= send_at - EARLY &&
				digest(one.message ?? '') === fingerprint &&
				!sent.some((other) => numberOf(other.row) === numberOf(one)),
		);
		if (row) sent.push({ row, cronjob_id: id, send_at });
		else open.push([id, [send_at, fingerprint]]);
	}
	return { sent, open };
}

/** Messages of a channel since a moment, the newest first. */
async function since(dsm: Dsm, channel_id: number, from: number, most: number): Promise<Post[]> {
	const rows: Post[] = [];
	for await (const row of newestFirst(dsm, { channel_id, thread_id: 0 })) {
		if (createdAt(row) < from || rows.length >= most) break;
		if (!row.delete_at) rows.push(row);
	}
	return rows;
}

async function jobsOf(dsm: Dsm, channel_id: number): Promise<Record<string, Job>> {
	const jobs = await dsm.list(listScheduled, { channel_id });
	return Object.fromEntries(
		jobs.map(({ cronjob_id, message = '', send_at }): [string, Job] => [
			cronjob_id,
			[millisecondsOf(send_at), digest(message)],
		]),
	);
}
