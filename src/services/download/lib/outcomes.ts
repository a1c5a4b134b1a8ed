import { DsmApiError } from '../../../core/errors';
import { z } from '../../../vendor/zod';
import { errors } from '../errors';

/** What became of each task of a call over several. */
export const outcome = z.object({
	id: z.string(),
	done: z.boolean(),
	code: z.number().optional(),
	error: z.string().optional(),
});

const causeOf = (code: number): string => errors[code]?.cause ?? `Code ${code}`;

/**
 * Failures come inside a success (downloadstation.md 2). A success that tells of no task at all counts for all; one that tells of others
 * only leaves open what became of this one. Throws when nothing was done.
 */
export function outcomesOf(rows: readonly { id: string; error: number }[] = [], wanted: readonly string[] = []) {
	const told = wanted.map((id) => {
		const row = rows.find((one) => one.id === id);
		if (!row && rows.length > 0) return { id, done: false, error: 'Download Station did not tell' };
		const { error: code = 0 } = row ?? {};
		return code === 0 ? { id, done: true } : { id, done: false, code, error: causeOf(code) };
	});
	const [first] = told;
	if (first?.code === undefined || told.some(({ done }) => done)) return told;
	throw new DsmApiError(`${causeOf(first.code)}: ${first.id} (code ${first.code}).`, {
		dsmCode: first.code,
		errors: rows,
		hint: errors[first.code]?.remedy ?? 'Look at the task in Download Station.',
	});
}
