import type { Dsm } from '../../../core/dsm';
import { isDsmError } from '../../../core/errors';
import { trigger } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { queryApis } from '../wire/status';

const params = z.object({
	minutes: z.coerce.number<number | string>().min(0).max(1440).default(2).meta({
		title: 'Minutes',
		description: 'How long the NAS must not answer to count as unreachable; 0: at once',
	}),
});

const cursor = z.object({
	v: z.literal(1),
	seq: z.number().int(),
	/** Since when it has not answered, milliseconds of the computer where this runs; null: it answers. */
	since: z.number().nullable(),
	/** It counted as unreachable. */
	told: z.boolean(),
});
type Cursor = z.output<typeof cursor>;

const event = z.looseObject({
	event_id: z.string(),
	url: z.string(),
	reachable: z.boolean(),
	/** Why it could not be reached. */
	cause: z.string().optional(),
	since: z.string().meta({ format: 'date-time' }),
	/** How long it was away. */
	seconds: z.number().meta({ unit: 'seconds' }).optional(),
});

/** Asks what everybody may ask, without a session: undefined when the NAS answers, else why it does not. */
async function causeOf(dsm: Dsm): Promise<string | undefined> {
	try {
		await dsm.apis(['SYNO.API.Info'], { fresh: true });
		return undefined;
	} catch (error) {
		// A page of a proxy instead of DSM is no answer, either; a code of DSM is one, though it proves nothing more.
		if (isDsmError(error) && error.dsmCode === undefined && (error.code === 'connection' || error.code === 'protocol'))
			return error.message;
		throw error;
	}
}

const iso = (milliseconds: number): string => new Date(milliseconds).toISOString();

interface Look {
	cause: string | undefined;
	now: number;
	minutes: number;
}

/** One look: what is known after it, and whether the NAS has come to count as unreachable, or as back. */
function step(known: Cursor, { cause, now, minutes }: Look): { next: Cursor; turned?: 'down' | 'up' } {
	if (cause === undefined) {
		const next = { ...known, since: null, told: false };
		return known.told ? { next: { ...next, seq: known.seq + 1 }, turned: 'up' } : { next };
	}
	const since = known.since ?? now;
	const isDue = !known.told && now - since >= minutes * 60_000;
	const next = { ...known, since, told: known.told || isDue, seq: known.seq + (isDue ? 1 : 0) };
	return isDue ? { next, turned: 'down' } : { next };
}

const reachability = (wanted: 'down' | 'up', title: string, summary: string) =>
	trigger({
		title,
		summary,
		right: 'account',
		params,
		uses: [queryApis],
		cursor,
		event,
		key: ({ event_id }) => event_id,
		/** One that cannot be reached at the start was so before. */
		async start(_, dsm) {
			const cause = await causeOf(dsm);
			return { v: 1 as const, seq: 0, since: cause === undefined ? null : dsm.now(), told: cause !== undefined };
		},
		async poll({ minutes }, known, dsm) {
			const cause = await causeOf(dsm);
			const now = dsm.now();
			const { next, turned } = step(known, { cause, now, minutes });
			if (turned !== wanted) return { events: [], cursor: next };
			const since = known.since ?? now;
			const away = {
				...(cause !== undefined && { cause }),
				...(turned === 'up' && { seconds: Math.round((now - since) / 1000) }),
			};
			const told = {
				event_id: `${turned}-${next.seq}`,
				url: dsm.url,
				reachable: turned === 'up',
				since: iso(since),
				...away,
			};
			return { events: [told], cursor: next };
		},
		async sample(_, dsm) {
			const cause = await causeOf(dsm);
			const about = { event_id: 'sample', url: dsm.url, since: iso(dsm.now()) };
			return [{ ...about, reachable: cause === undefined, ...(cause !== undefined && { cause }) }];
		},
	});

export const nasUnreachable = reachability(
	'down',
	'NAS unreachable',
	'Starts when the NAS does not answer any more: once, with the cause. Needs no rights at all.',
);

export const nasReachable = reachability(
	'up',
	'NAS reachable again',
	'Starts when the NAS answers again after it was unreachable. Needs no rights at all.',
);
