import type { Dsm } from '../../../core/dsm';
import type { PollAnswer } from '../../../catalog/operation';
import { refuseTwins } from '../../../catalog/absence';
import { trigger } from '../../../catalog/operation';
import { field } from '../../../catalog/row';
import { agenda, agendaAt, agendaOf, due, type Agenda, type Due } from '../../../catalog/agenda';
import { z } from '../../../vendor/zod';
import { contextOf, messageEvent, toEvent, type Context } from '../lib/events';
import { whoAmI } from '../lib/people';
import { inOrder, millisecondsOf, numberOf } from '../lib/posts';
import { readInTurn, rotationChannels, rotationCursor } from '../lib/rotation';
import { getChannel, listChannels } from '../wire/channels';
import { getReminder, listReminders } from '../wire/postDetails';
import type { Post } from '../wire/posts';
import { getUser, listUsers } from '../wire/users';

const params = z.object({
	channels: rotationChannels,
	lead: z.coerce.number<number | string>().min(0).max(43_200).default(0).meta({
		title: 'Minutes Before',
		description: 'Minutes before the time of the reminder at which the flow starts',
	}),
});
type Params = z.output<typeof params>;

const cursor = z.object({
	v: z.literal(1),
	...rotationCursor,
	/** By channel: what was told, and when the next known reminder comes due; 0: none is known. */
	channels: z.record(z.string(), agenda.extend({ wake: z.number() })),
});
type Cursor = z.output<typeof cursor>;

const reminderEvent = messageEvent.with({
	remind_at: field.milliseconds(),
	/** The time had passed when it was noticed, as after a downtime. */
	late: z.boolean(),
});
type ReminderEvent = z.output<typeof reminderEvent>;

const leadOf = ({ lead }: Params): number => lead * 60_000;

/** Each channel has an agenda of its own, since not all of them are read at every poll. */
export const reminderDue = trigger({
	title: 'Reminder due',
	summary: 'Starts when the time of a reminder of the account comes, or some time before.',
	params,
	cursor,
	event: reminderEvent,
	key: ({ post_id, remind_at }) => `${post_id}-${millisecondsOf(remind_at)}`,
	uses: [listChannels, getChannel, listReminders, getReminder, listUsers, getUser],
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
		const first = soonest.slice(0, 10);
		const posts = first.map(({ row }) => row);
		const context = await contextOf(dsm, watched.values(), await whoAmI(dsm), posts);
		return first.map(({ row, moment }) => toReminder(row, moment, false, context));
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
	// The clock from before the question: what comes while it is answered is for the next poll.
	const now = before;
	const reached: (Due<Post> & { late: boolean })[] = [];
	const channels: Cursor['channels'] = {};
	for (const channel_id of watched.keys()) {
		const last = known.channels[channel_id] ?? { ...agendaAt(known.at), wake: 0 };
		const dues = read.get(channel_id);
		const found = dues && due(last, dues, { now, lead: leadOf(given) });
		channels[channel_id] = found ? settle(found.cursor, dues, given) : last;
		reached.push(...(found?.due ?? []));
	}
	const cursorNow: Cursor = { v: 1, next, at: now, channels };
	if (reached.length === 0) return { events: [], cursor: cursorNow };
	const posts = reached.map(({ row }) => row);
	const context = await contextOf(dsm, watched.values(), await whoAmI(dsm), posts);
	const events = reached
		.sort((a, b) => a.moment - b.moment)
		.map(({ row, moment, late }) => toReminder(row, moment, late, context));
	return { events, cursor: cursorNow };
}

const toReminder = (row: Post, moment: number, late: boolean, context: Context): ReminderEvent =>
	reminderEvent.parse({ ...toEvent(row, context), remind_at: moment, late });

const isAwake = (channel: Cursor['channels'][string] | undefined, now: number): boolean =>
	channel !== undefined && channel.wake > 0 && channel.wake <= now;

/** When a channel has to be looked at again, whether or not it is its turn. */
function settle(plan: Agenda, dues: Due<Post>[], given: Params) {
	const open = dues.filter(({ key, moment }) => moment > plan.at && !Object.hasOwn(plan.told, key));
	const wake = Math.min(...open.map(({ moment }) => moment - leadOf(given)));
	return { ...plan, wake: open.length === 0 ? 0 : Math.max(1, wake) };
}

/** The time of a reminder was seen in the message only by inference (chat.md 5.1): without it the reminder itself is asked for. */
async function remindersOf(dsm: Dsm, channel_id: number): Promise<Due<Post>[]> {
	const rows = inOrder(await dsm.list(listReminders, { channel_id }));
	refuseTwins(rows, ({ post_id }) => post_id);
	return await Promise.all(
		rows.map(async (row) => {
			const { remind_at } = row.remind_at ? row : await dsm.call(getReminder, { post_id: numberOf(row) });
			const moment = millisecondsOf(remind_at);
			return { key: `${row.post_id}-${moment}`, moment, row };
		}),
	);
}
