import type { Failure, TaskEnd } from '../../../catalog/backgroundTask';
import { DsmApiError, type DsmError } from '../../../core/errors';
import { z } from '../../../vendor/zod';
import { errors } from '../errors';

/** What became of one path of an operation over several. */
export const outcome = z.looseObject({
	path: z.string(),
	/** Where it is now. */
	target: z.string().optional(),
	done: z.boolean(),
	/** The target existed and was kept, as was wanted. */
	skipped: z.boolean().optional(),
	/** DSM's code of the failure. */
	code: z.number().optional(),
	error: z.string().optional(),
});
export type Outcome = z.output<typeof outcome>;

/** The failure of one path in words. */
export const failureOf = (path: string, code: number): Outcome => ({
	path,
	done: false,
	code,
	error: `${errors[code]?.cause ?? 'DSM gives no reason'} (code ${code})`,
});

/** DSM said that all went well, and it did not. */
export const unkept = (path: string, what: string): Outcome => ({
	path,
	done: false,
	error: `DSM reported success, but ${what}`,
});

/** The task ended with a failure that names another path. */
export const unreached = (path: string, code = 1000): Outcome => ({
	path,
	done: false,
	code,
	error: 'The task ended before it came to this path',
});

/** The failure of a path itself, or of something below it. */
export const failureFor = (failures: readonly Failure[], path: string, target?: string): Failure | undefined =>
	failures.find((row) =>
		[path, target].some((place) => place !== undefined && (row.path === place || row.path.startsWith(`${place}/`))),
	);

/** What a task says that it could not do. One that is gone says nothing: what it did is looked up. */
export const failuresIn = (end: TaskEnd<unknown>): { failures: readonly Failure[]; error: DsmError | undefined } =>
	end.is === 'failed' ? { failures: end.failures, error: end.error } : { failures: [], error: undefined };

/** Outcomes of several paths. Throws when none succeeded: then the operation has failed. */
export function told(outcomes: Outcome[], what: string, error?: DsmError): Outcome[] {
	if (outcomes.some(({ done, skipped }) => done || skipped)) return outcomes;
	if (error) throw error;
	const [first] = outcomes;
	const more = outcomes.length > 1 ? `, and ${outcomes.length - 1} more` : '';
	throw new DsmApiError(`${what} failed: ${first?.path}: ${first?.error}${more}.`, {
		...(first?.code !== undefined && { dsmCode: first.code, hint: errors[first.code]?.remedy ?? '' }),
		errors: outcomes.map(({ path, code }) => ({ path, ...(code !== undefined && { code }) })),
	});
}

/** A failure of an archive task is one of the whole: half an archive is none. */
export function refuseFailed(end: TaskEnd<unknown>, what: string): void {
	const { failures, error } = failuresIn(end);
	if (error) throw error;
	const [first] = failures;
	if (first)
		throw new DsmApiError(`${what} failed: ${first.path}: ${failureOf(first.path, first.code).error}.`, {
			dsmCode: first.code,
			errors: failures,
		});
}
