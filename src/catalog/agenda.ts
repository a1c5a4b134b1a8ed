import { z } from '../vendor/zod';

/** Cursor of triggers on moments that come (a reminder, the start of an event): how far time has been told, and what was told. */
export const agenda = z.object({
	v: z.literal(1),
	/** Time of the NAS at the last poll, milliseconds; at most `BACK` before `top`. */
	at: z.number(),
	/** The latest time of the NAS that a poll saw, where its clock was set back. */
	top: z.number().optional(),
	/** Key -> moment of what was told, as far back as a clock may go. */
	told: z.record(z.string(), z.number()),
	/** Since when the clock of the NAS is further back, by this clock. */
	behind: z.number().optional(),
});
export type Agenda = z.output<typeof agenda>;

/** One moment that comes. The key holds the moment: a thing that is put off is told again. */
export interface Due<T> {
	key: string;
	/** Milliseconds. */
	moment: number;
	row: T;
}

/** So far a clock may be set back without anything being told twice or not at all: what was told is known by its key. */
export const BACK = 48 * 3_600_000;
/** A clock that stays further behind for so long is right: the time that was seen before it was not. */
const CONFIRMED = 3_600_000;

/** Moments that count as told when a trigger starts: what is past, and what is within the lead time already. */
export function agendaOf(dues: Iterable<Due<unknown>>, now: number, lead: number): Agenda {
	const within = [...dues].filter(({ moment }) => moment > now - BACK && moment - lead <= now);
	return { v: 1, at: now, told: Object.fromEntries(within.map(({ key, moment }) => [key, moment])) };
}

/**
 * What has come due since the last poll, the earliest first: everything whose moment less the lead time is reached. What passed
 * meanwhile, as after a downtime, comes with `late`, unless it is not wanted. The clock of the NAS may be wrong for a while, so time
 * alone says of nothing that it was told: its key does.
 */
export function due<T>(
	known: Agenda,
	dues: Iterable<Due<T>>,
	{ now, lead, skipLate = false }: { now: number; lead: number; skipLate?: boolean },
): { due: (Due<T> & { late: boolean })[]; cursor: Agenda } {
	const reached = [...dues]
		.filter(({ key, moment }) => moment - lead <= now && moment > known.at && !Object.hasOwn(known.told, key))
		.map((one) => ({ ...one, late: one.moment < now }))
		.sort((a, b) => a.moment - b.moment);
	const told = [...Object.entries(known.told), ...reached.map(({ key, moment }) => [key, moment] as const)];
	const time = timeAfter(known, now);
	const kept = told.filter(([, moment]) => moment > (time.top ?? time.at) - BACK);
	return {
		due: skipLate ? reached.filter(({ late }) => !late) : reached,
		cursor: { v: 1, ...time, told: Object.fromEntries(kept) },
	};
}

/** Where the time is now; a clock that goes back is followed, far enough that nothing which is yet to come is passed over. */
function timeAfter({ at, top = at, behind }: Agenda, now: number): Omit<Agenda, 'v' | 'told'> {
	if (now >= top) return { at: now };
	if (now >= top - BACK) return { at: now, top };
	const since = behind !== undefined && behind <= now ? behind : now;
	return now - since >= CONFIRMED ? { at: now } : { at: top - BACK, top, behind: since };
}
