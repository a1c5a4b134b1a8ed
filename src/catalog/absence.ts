import { DsmProtocolError } from '../core/errors';
import { z } from '../vendor/zod';
import type { Observed, Snapshot } from './sources';

/** What looks did not find although it was there, as cursors keep it. */
export const absence = {
	/** Not found by the last look. */
	missing: z.array(z.string()).default([]),
	/** Since when so much is missing that the list is doubted, by the clock of the NAS, milliseconds. */
	doubted: z.number().optional(),
};
export interface Absence {
	missing: string[];
	doubted?: number | undefined;
}

/** So many may go at once, or this part of all, without the list being doubted. */
const FEW = 5;
const PART = 0.1;
/** How long a doubted list must stay as it is: a NAS that boots or updates a package answers so for minutes (core.md 8.5). */
const CONFIRMED = 5 * 60_000;

export interface Believing {
	/** Each of what is missing was asked for by its id: a few that are gone are gone. */
	isAsked?: boolean | undefined;
}

export interface Settled<T> {
	/** What is absent and counts as there, as it was. Its row is unknown. */
	kept: Observed<T | undefined>[];
	/** For the cursor. */
	absence: Absence;
	/** Why the list is doubted, for the user. */
	doubt?: string;
}

/**
 * What to make of what a whole look did not find (core.md 20): a few things are gone when the second look does not find them, either.
 * Many at once, or all, are a list that looks wrong: they count as there until the NAS has stayed with it for minutes.
 */
export function absent<T>(
	known: Pick<Snapshot, 'items'> & Absence,
	observed: readonly Pick<Observed<T>, 'id'>[],
	now: number,
	{ isAsked = false }: Believing = {},
): Settled<T> {
	const seen = new Set(observed.map(({ id }) => id));
	const ids = Object.keys(known.items);
	const gone = ids.filter((id) => !seen.has(id));
	const keep = (some: readonly string[]) =>
		some.map((id): Observed<undefined> => ({ id, fingerprints: known.items[id]!, row: undefined }));
	const isMuch = gone.length > Math.max(FEW, ids.length * PART) || gone.length === ids.length;
	if (gone.length === 0 || !isMuch) {
		const before = new Set(known.missing);
		const first = isAsked ? [] : gone.filter((id) => !before.has(id));
		return { kept: keep(first), absence: { missing: first } };
	}
	// A clock that was set back begins the time anew.
	const since = known.doubted !== undefined && known.doubted <= now ? known.doubted : now;
	if (known.doubted !== undefined && now - since >= CONFIRMED) return { kept: [], absence: { missing: [] } };
	return {
		kept: keep(gone),
		absence: { missing: gone, doubted: since },
		doubt:
			`The list looks wrong: ${gone.length} of ${ids.length} entries are missing at once. ` +
			`They count as there until the NAS has left them out for ${CONFIRMED / 60_000} minutes.`,
	};
}

/** What a look gives when its list contradicts itself or another answer: nothing is concluded from it, and it is looked at again. */
export const looksWrong = (why: string): DsmProtocolError =>
	new DsmProtocolError(`The list looks wrong: ${why}.`, {
		retryable: true,
		hint: 'The package may be starting or updating; it is looked at again.',
	});

/** Throws where two rows bear one id and are not the same: which of them it is, is unknown. */
export function refuseTwins<T>(rows: readonly T[], idOf: (row: T) => string): void {
	const seen = new Map<string, T>();
	for (const row of rows) {
		const id = idOf(row);
		const other = seen.get(id);
		if (other !== undefined && JSON.stringify(other) !== JSON.stringify(row))
			throw looksWrong(`two different entries have the id ${id}`);
		seen.set(id, row);
	}
}
