import { fileCode } from '../../core/codes';
import type { Dsm } from '../../core/dsm';
import { DsmApiError, isDsmError, type DsmError } from '../../core/errors';
import { waitFor } from '../../catalog/tasks';
import type { Background } from './calls';
import { getInfo } from './calls';
import type { FileRow, Outcome } from './fields';

/** Says why one path failed. */
export interface PathError {
	code: number;
	path: string;
}

/** How a task ended. `error`: the whole was refused, with `errors` for the paths that it names. */
export interface Ending {
	state: Record<string, unknown>;
	errors: PathError[];
	error?: DsmError;
}

interface Status extends Ending {
	finished: boolean;
}

const GONE = 599;
/** Status calls that may say 599 before it is believed: right after the start the task may not be registered (filestation.md 4.10). */
const TOLERATED = 2;

export const isGone = (error: unknown): error is DsmError => isDsmError(error) && error.dsmCode === GONE;

/** Rows of `errors`; DSM sends a list, elsewhere an object. */
export const pathErrors = (errors: unknown): PathError[] =>
	(Array.isArray(errors) ? errors : [errors]).filter(
		(row): row is PathError =>
			typeof (row as PathError | undefined)?.path === 'string' && typeof (row as PathError).code === 'number',
	);

/** Starts a task; gives its id. */
export async function begin(dsm: Dsm, { start }: Background, params: Record<string, unknown>): Promise<string> {
	const { taskid } = (await dsm.call(start, params)) as { taskid: string };
	return taskid;
}

/**
 * Waits until a task has ended, tells its progress, and stops it after the timeout or when the flow is stopped. Failures of paths are
 * given, not thrown: they may come with the envelope or inside a success. A task that the NAS no longer knows counts as ended; what it
 * did is looked up.
 */
export async function ending(
	dsm: Dsm,
	calls: Background,
	taskid: string,
	timeout: number,
	what: string,
): Promise<Ending> {
	const reading = dsm.with({ readOnly: true });
	let missed = 0;
	const status = async (): Promise<Status> => {
		try {
			const state = (await reading.call(calls.status, { taskid })) as Record<string, unknown>;
			if (typeof state['progress'] === 'number') dsm.progress(Math.max(0, state['progress']), 1);
			return { finished: state['finished'] === true, state, errors: pathErrors(state['errors']) };
		} catch (error) {
			if (isGone(error)) return { finished: missed++ >= TOLERATED, state: {}, errors: [] };
			if (!(error instanceof DsmApiError) || error.retryable) throw error;
			return { finished: true, state: {}, errors: pathErrors(error.details.errors), error };
		}
	};
	const stop = async (free: Dsm) => await free.call(calls.stop, { taskid });
	return await waitFor(dsm, { status, isDone: ({ finished }) => finished, stop, timeout, what });
}

/** Paths that one getinfo asks for. */
const MOST_PATHS = 200;

/**
 * Rows of paths that exist. How DSM says that one does not differs: a row with a code, one without a name, none, or an error for the
 * whole call (filestation.md 4.4).
 */
export async function stat(
	dsm: Dsm,
	paths: readonly string[],
	additional = ['size', 'time', 'type'],
): Promise<Map<string, FileRow>> {
	const found = new Map<string, FileRow>();
	const reading = dsm.with({ readOnly: true });
	const ask = async (some: readonly string[]): Promise<void> => {
		try {
			const data = (await reading.call(getInfo, { path: some, additional })) as
				{ files?: (FileRow & { code?: number })[] } | undefined;
			for (const row of data?.files ?? []) {
				if (row.code !== undefined || !row.name) continue;
				found.set(some.length === 1 ? some[0]! : row.path, row);
			}
		} catch (error) {
			if (!isDsmError(error) || error.dsmCode !== 408) throw error;
			if (some.length > 1) for (const one of some) await ask([one]);
		}
	};
	for (let at = 0; at < paths.length; at += MOST_PATHS) await ask(paths.slice(at, at + MOST_PATHS));
	return found;
}

/** The failure of one path in words. */
export const failureOf = (path: string, code: number): Outcome => ({
	path,
	done: false,
	code,
	error: `${fileCode(code)?.cause ?? 'DSM gives no reason'} (code ${code})`,
});

export const silently = (path: string, what: string): Outcome => ({
	path,
	done: false,
	error: `DSM reported success, but ${what}`,
});

/** The error of a path itself, or of something below it. */
export const errorFor = (errors: readonly PathError[], path: string, target?: string): PathError | undefined =>
	errors.find((row) =>
		[path, target].some((place) => place !== undefined && (row.path === place || row.path.startsWith(`${place}/`))),
	);

/** Outcomes of several paths. Throws when none succeeded: then the operation has failed. */
export function told(outcomes: Outcome[], what: string, error?: DsmError): Outcome[] {
	if (outcomes.some(({ done, skipped }) => done || skipped)) return outcomes;
	if (error) throw error;
	const [first] = outcomes;
	const more = outcomes.length > 1 ? `, and ${outcomes.length - 1} more` : '';
	throw new DsmApiError(`${what} failed: ${first?.path}: ${first?.error}${more}.`, {
		...(first?.code !== undefined && { dsmCode: first.code, hint: fileCode(first.code)?.remedy ?? '' }),
		errors: outcomes.map(({ path, code }) => ({ path, ...(code !== undefined && { code }) })),
	});
}
