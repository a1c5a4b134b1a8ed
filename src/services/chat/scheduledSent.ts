import type { Dsm } from '../../core/dsm';
import type { PollAnswer } from '../../catalog/operation';
import { trigger } from '../../catalog/operation';
import { digest } from '../../catalog/sources';
import { z } from '../../vendor/zod';
import type { Scenery } from './events';
import { messageEvent, toEvent } from './events';
import { channelList, userList } from './people';
import type { WirePost } from './post';
import { idOfPost } from './post';
import { listCall as postList, newestFirst } from './reading';
import { settled } from './refusal';
import { readInTurn, rotaChannels, rotaCursor } from './rota';
import { readPeople, whoAmI } from './scenery';

const listCall = { api: 'SYNO.Chat.Post.Schedule', method: 'list', version: 1 } as const;

/** How far the time of the message may lie from the planned one, and how long it is waited for, in milliseconds. */
const EARLY = 60_000;
const LATE = 5 * 60_000;

const params = z.object({ channels: rotaChannels });
type Params = z.output<typeof params>;

/** A scheduled message: when, and a print of the text. */
const job = z.tuple([z.number(), z.string()]);
type Job = z.output<typeof job>;

const cursor = z.object({
	v: z.literal(1),
	me: z.number(),
	...rotaCursor,
	/** By channel and by id of the scheduled message. */
	channels: z.record(z.string(), z.record(z.string(), job)),
});
type Cursor = z.output<typeof cursor>;

const sentEvent = messageEvent.extend({ cronjob_id: z.number(), send_at: z.number() });
type SentEvent = z.input<typeof sentEvent>;
type Sent = { row: WirePost; cronjob_id: number; send_at: number };

interface WireJob {
	cronjob_id: number | string;
	message?: string;
	send_at?: number;
}

/** A scheduled message that is listed no more was sent or cancelled: the message in its channel tells which (chat.md 11.2). */
export const scheduledSent = trigger({
	title: 'Scheduled message sent',
	summary: 'Starts when a scheduled message of the account was sent, if it was scheduled at least one poll before.',
	params,
	basis: 'capture',
	cursor,
	event: sentEvent,
	key: ({ cronjob_id, send_at }) => `${cronjob_id}-${send_at}`,
	uses: [channelList, listCall, postList, userList],
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
		const [people, me] = await Promise.all([readPeople(dsm), whoAmI(dsm)]);
		const last = [...watched.values()].sort((a, b) => (b.last_post_at ?? 0) - (a.last_post_at ?? 0)).slice(0, 3);
		const rows = await Promise.all(
			last.map(async ({ channel_id }) => (await settled(since(dsm, channel_id, 0, 10))) ?? []),
		);
		const own = rows.flat().filter(({ creator_id }) => creator_id === me);
		const scenery = { channels: watched, people, me };
		return own.slice(0, 10).map((row) => ({ ...toEvent(row, scenery), cronjob_id: 0, send_at: row.create_at ?? 0 }));
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
	const scenery: Scenery = {
		channels: watched,
		people: found.length > 0 ? await readPeople(dsm) : new Map(),
		me: known.me,
	};
	const events = found
		.sort((a, b) => a.send_at - b.send_at || a.cronjob_id - b.cronjob_id)
		.map(({ row, ...facts }) => ({ ...toEvent(row, scenery), ...facts }));
	return { events, cursor: { v: 1, me: known.me, next, at: now, channels } };
}

/** Looks for the messages that scheduled ones became; each message stands for one of them. */
async function match(dsm: Dsm, channel_id: number, gone: [string, Job][], me: number) {
	const from = Math.min(...gone.map(([, [send_at]]) => send_at)) - EARLY;
	const rows = (await since(dsm, channel_id, from, Infinity)).reverse();
	const sent: Sent[] = [];
	const open: [string, Job][] = [];
	for (const [id, [send_at, print]] of gone) {
		const row = rows.find(
			(one) =>
				(me === 0 || one.creator_id === me) &&
				(one.create_at ?? 0) >= send_at - EARLY &&
				digest(one.message ?? '') === print &&
				!sent.some((other) => idOfPost(other.row) === idOfPost(one)),
		);
		if (row) sent.push({ row, cronjob_id: Number(id), send_at });
		else open.push([id, [send_at, print]]);
	}
	return { sent, open };
}

/** Messages of a channel since a moment, the newest first. */
async function since(dsm: Dsm, channel_id: number, from: number, most: number): Promise<WirePost[]> {
	const rows: WirePost[] = [];
	for await (const row of newestFirst(dsm, { channel_id, thread_id: 0 })) {
		if ((row.create_at ?? 0) < from || rows.length >= most) break;
		if (!row.delete_at) rows.push(row);
	}
	return rows;
}

async function jobsOf(dsm: Dsm, channel_id: number): Promise<Record<string, Job>> {
	const data = await dsm.call(listCall, { channel_id });
	const jobs = (data?.schedule_posts ?? []) as WireJob[];
	return Object.fromEntries(
		jobs.map(({ cronjob_id, message = '', send_at = 0 }) => [String(cronjob_id), [send_at, digest(message)] as Job]),
	);
}
