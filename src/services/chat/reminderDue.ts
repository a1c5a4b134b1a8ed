import type { Dsm } from '../../core/dsm';
import type { PollAnswer } from '../../catalog/operation';
import { trigger } from '../../catalog/operation';
import { agenda, agendaOf, due, type Agenda, type Due } from '../../catalog/sources';
import { z } from '../../vendor/zod';
import { messageEvent, toEvent } from './events';
import { channelList, userList } from './people';
import type { WirePost } from './post';
import { idOfPost, postsOf } from './post';
import { readInTurn, rotaChannels, rotaCursor } from './rota';
import { readPeople, whoAmI } from './scenery';

const listCall = { api: 'SYNO.Chat.Post.Reminder', method: 'list', version: 1 } as const;
const getCall = { api: 'SYNO.Chat.Post.Reminder', method: 'get', version: 1 } as const;

const params = z.object({
	channels: rotaChannels,
	lead: z.coerce.number<number | string>().min(0).max(43_200).default(0).meta({
		title: 'Minutes Before',
		description: 'Minutes before the time of the reminder at which the flow starts',
	}),
});
type Params = z.output<typeof params>;

const cursor = z.object({
	v: z.literal(1),
	...rotaCursor,
	/** By channel: what was told, and when the next known reminder comes due; 0: none is known. */
	channels: z.record(z.string(), agenda.extend({ wake: z.number() })),
});
type Cursor = z.output<typeof cursor>;

const reminderEvent = messageEvent.extend({
	/** Unix milliseconds. */
	remind_at: z.number(),
	/** The time had passed when it was noticed, as after a downtime. */
	late: z.boolean(),
});
type ReminderEvent = z.input<typeof reminderEvent>;

const leadOf = ({ lead }: Params): number => lead * 60_000;

/** Each channel has an agenda of its own, since not all of them are read at every poll. */
export const reminderDue = trigger({
	title: 'Reminder due',
	summary: 'Starts when the time of a reminder of the account comes, or some time before.',
	params,
	basis: 'capture',
	cursor,
	event: reminderEvent,
	key: ({ post_id, remind_at }) => `${post_id}-${remind_at}`,
	uses: [channelList, listCall, getCall, userList],
	async start(given: Params, handle: Dsm): Promise<Cursor> {
		const dsm = handle.with({ share: true });
		const known = { ids: [], next: 0, isDue: () => false };
		const { read } = await readInTurn(dsm, given.channels, known, async (id) => await remindersOf(dsm, id));
		const now = dsm.now();
		const agendas = [...read].map(([id, dues]) => [id, settle(agendaOf(dues, now, leadOf(given)), dues, given)]);
		return { v: 1, next: 0, at: now, channels: Object.fromEntries(agendas) };
	},
	poll,
	async sample(given: Params, handle: Dsm): Promise<ReminderEvent[]> {
		const dsm = handle.with({ share: true });
		const known = { ids: [], next: 0, isDue: () => false };
		const { read, watched } = await readInTurn(dsm, given.channels, known, async (id) => await remindersOf(dsm, id));
		const soonest = [...read.values()].flat().sort((a, b) => b.moment - a.moment);
		const [people, me] = await Promise.all([readPeople(dsm), whoAmI(dsm)]);
		return soonest.slice(0, 10).map(({ row, moment }) => ({
			...toEvent(row, { channels: watched, people, me }),
			remind_at: moment,
			late: false,
		}));
	},
});

async function poll(given: Params, known: Cursor, handle: Dsm): Promise<PollAnswer<Cursor, ReminderEvent>> {
	const dsm = handle.with({ share: true });
	const before = dsm.now();
	const round = {
		ids: Object.keys(known.channels).map(Number),
		next: known.next,
		isDue: (id: number) => isAwake(known.channels[id], before),
	};
	const { read, watched, next } = await readInTurn(
		dsm,
		given.channels,
		round,
		async (id) => await remindersOf(dsm, id),
	);
	const now = dsm.now();
	const reached: (Due<WirePost> & { late: boolean })[] = [];
	const channels: Cursor['channels'] = {};
	for (const channel_id of watched.keys()) {
		const last = known.channels[channel_id] ?? { v: 1 as const, at: known.at, told: {}, wake: 0 };
		const dues = read.get(channel_id);
		const found = dues && due(last, dues, { now, lead: leadOf(given) });
		channels[channel_id] = found ? settle(found.cursor, dues, given) : last;
		reached.push(...(found?.due ?? []));
	}
	const cursorNow: Cursor = { v: 1, next, at: Math.min(before, now), channels };
	if (reached.length === 0) return { events: [], cursor: cursorNow };
	const [people, me] = await Promise.all([readPeople(dsm), whoAmI(dsm)]);
	const events = reached
		.sort((a, b) => a.moment - b.moment)
		.map(({ row, moment, late }) => ({
			...toEvent(row, { channels: watched, people, me }),
			remind_at: moment,
			late,
		}));
	return { events, cursor: cursorNow };
}

const isAwake = (channel: Cursor['channels'][string] | undefined, now: number): boolean =>
	channel !== undefined && channel.wake > 0 && channel.wake <= now;

/** When a channel has to be looked at again, whether or not it is its turn. */
function settle({ v, at, told }: Agenda, dues: Due<WirePost>[], given: Params) {
	const open = dues.filter(({ key, moment }) => moment > at && !Object.hasOwn(told, key));
	const wake = Math.min(...open.map(({ moment }) => moment - leadOf(given)));
	return { v, at, told, wake: open.length === 0 ? 0 : Math.max(1, wake) };
}

/** The time of a reminder was seen in the message only by inference (chat.md 5.1): without it the reminder itself is asked for. */
async function remindersOf(dsm: Dsm, channel_id: number): Promise<Due<WirePost>[]> {
	const rows = postsOf(await dsm.call(listCall, { channel_id }));
	return await Promise.all(
		rows.map(async (row) => {
			const shown = row.props?.remind_at;
			const moment = shown ?? Number((await dsm.call(getCall, { post_id: idOfPost(row) }))?.remind_at ?? 0);
			return { key: `${row.post_id}-${moment}`, moment, row };
		}),
	);
}
