import { z } from '../vendor/zod';
import { absence, absent } from './absence';

/** Cursor of triggers on moments that come (a reminder, the start of an event): how far time has been told, and what was told. */
export const agenda = z.object({
	v: z.literal(1),
	/** Up to this time of the NAS everything has been told: two looks went by it. Milliseconds. */
	at: z.number(),
	/** Time of the last look. */
	last: z.number().optional(),
	/** The latest time of the NAS that a poll saw, where its clock was set back. */
	top: z.number().optional(),
	/** Key -> moment of what was told, as far back as a clock may go. */
	told: z.record(z.string(), z.number()),
	/** Since when the clock of the NAS is further back, by this clock. */
	behind: z.number().optional(),
	/** Key -> moment of the next that come, by which a look that is not whole is known. */
	ahead: z.record(z.string(), z.number()).default({}),
	...absence,
});
export type Agenda = z.output<typeof agenda>;

/** Moments to come that are remembered. */
const AHEAD = 100;

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
export function agendaOf(dues: readonly Due<unknown>[], now: number, lead: number): Agenda {
	const within = dues.filter(({ moment }) => moment > now - BACK && moment - lead <= now);
	const told = Object.fromEntries(within.map(({ key, moment }) => [key, moment]));
	return { ...agendaAt(now), told, ahead: aheadOf(dues, now) };
}

/** Everything up to this time counts as told. */
export const agendaAt = (at: number): Agenda => ({ v: 1, at, told: {}, ahead: {}, missing: [] });

/** The next that come. */
function aheadOf(dues: readonly Due<unknown>[], now: number): Agenda['ahead'] {
	const next = dues.filter(({ moment }) => moment > now).sort((a, b) => a.moment - b.moment);
	return Object.fromEntries(next.slice(0, AHEAD).map(({ key, moment }) => [key, moment]));
}

/**
 * What has come due since the last poll, the earliest first: everything whose moment less the lead time is reached. What passed
 * meanwhile, as after a downtime, comes with `late`, unless it is not wanted. The clock of the NAS may be wrong for a while, so time
 * alone says of nothing that it was told: its key does. As long as what is missing is not known to be gone (catalog/absence.ts), time does
 * not count as told, either: what is not seen now is told, late, when it is seen again.
 */
export function due<T>(
	known: Agenda,
	dues: readonly Due<T>[],
	{ now, lead, skipLate = false }: { now: number; lead: number; skipLate?: boolean },
): { due: (Due<T> & { late: boolean })[]; cursor: Agenda; doubt: string | undefined } {
	const from = fromOf(known, now);
	const reached = dues
		.filter(({ key, moment }) => moment - lead <= now && moment > from && !Object.hasOwn(known.told, key))
		.map((one) => ({ ...one, late: one.moment < now }))
		.sort((a, b) => a.moment - b.moment);
	const told = [...Object.entries(known.told), ...reached.map(({ key, moment }) => [key, moment] as const)];
	const items = Object.fromEntries(Object.keys(known.ahead).map((key) => [key, []]));
	const seen = dues.map(({ key: id }) => ({ id }));
	const { kept, absence: missed, doubt } = absent({ items, missing: known.missing, doubted: known.doubted }, seen, now);
	const unseen = Object.fromEntries(kept.map(({ id }) => [id, known.ahead[id]!]));
	const time = kept.length === 0 ? timeAfter(known, now) : timesOf(known);
	const remembered = told.filter(([, moment]) => moment > (time.top ?? time.last ?? time.at) - BACK);
	return {
		due: skipLate ? reached.filter(({ late }) => !late) : reached,
		cursor: {
			v: 1,
			...time,
			told: Object.fromEntries(remembered),
			ahead: { ...aheadOf(dues, now), ...unseen },
			...missed,
		},
		doubt,
	};
}

/**
 * Moments after this one may be told. A clock that was set back passes some moments a second time: what was entered since for one of those
 * is not in what was told.
 */
function fromOf({ at, last = at, top = last }: Agenda, now: number): number {
	return now < at && now >= top - BACK ? now - CONFIRMED : at;
}

/** Where the time is now; a clock that goes back is followed, far enough that nothing which is yet to come is passed over. */
function timeAfter({ at, last = at, top = last, behind }: Agenda, now: number): Times {
	const told = { at: Math.min(last, now), last: now };
	if (now >= top) return told;
	if (now >= top - BACK) return { ...told, top };
	const since = behind !== undefined && behind <= now ? behind : now;
	return now - since >= CONFIRMED ? { at: now, last: now } : { at: top - BACK, last: top - BACK, top, behind: since };
}

type Times = Pick<Agenda, 'at' | 'last' | 'top' | 'behind'>;
const timesOf = ({ at, last, top, behind }: Agenda): Times => ({ at, last, top, behind });
