import { backgroundTask, type Failure, type TaskEnd, type TaskLook } from '../../../catalog/backgroundTask';
import { field, row } from '../../../catalog/row';
import { call, repeatable } from '../../../catalog/wire';
import type { Call } from '../../../core/call';
import { DsmApiError, type DsmError } from '../../../core/errors';
import { z } from '../../../vendor/zod';
import { failuresOf, isObject, withoutPassword } from '../lib/forms';
import { entry } from './files';

const started = z.object({ taskid: z.string().min(1) });

/** Start, status and stop of one kind of tasks. */
const calls = <S>(api: Call['api'], version: number, source: string, answer: z.ZodType<S>) => {
	const known = { basis: 'guide', source } as const;
	return {
		start: call(api, 'start', version, { answer: started, ...known }),
		status: call(api, 'status', version, { answer, readOnly: true, ...known }),
		stop: repeatable(call(api, 'stop', version, known)),
	};
};

const GONE = 599;
/** Looks that may answer 599 before it is believed (filestation.md 4.10). */
const TOLERATED = 2;

const common = {
	idOf: ({ taskid }: z.output<typeof started>) => taskid,
	named: (taskid: string) => ({ taskid }),
	tolerated: TOLERATED,
};

function refusal(error: DsmError): TaskEnd<never> | undefined {
	if (error.dsmCode === GONE) return { is: 'gone', error };
	if (!(error instanceof DsmApiError) || error.retryable) return undefined;
	return { is: 'failed', failures: failuresOf(error.details.errors), error };
}

/** How a task is that changes files; each kind says more of it. */
const working = row({
	finished: field.flag(),
	progress: field.number().optional(),
	path: field.text().optional(),
	errors: z.unknown().optional(),
	/** In place of a list, a code or an object with one (filestation.md 4.17). */
	error: z.unknown().optional(),
	has_fail: field.flag().optional(),
});
export type Working = z.output<typeof working>;

function readWorking(state: Working): TaskLook<Working> {
	const { finished, progress, path, errors, error, has_fail } = state;
	if (!finished) return { is: 'running', state, progress };
	const single = isObject(error) ? error['code'] : error;
	const failures: Failure[] = failuresOf(errors);
	if (typeof single === 'number' && single !== 0) failures.push({ code: single, path: path ?? '' });
	if (failures.length > 0 || has_fail) return { is: 'failed', failures, state };
	return Object.keys(state).length === 1 ? { is: 'gone' } : { is: 'done', state };
}

/** A kind of tasks that change files. They outlive the session. */
function workingTask(api: Call['api'], version: number, source: string) {
	const { start, ...rest } = calls(api, version, source, working);
	return { start, ...backgroundTask({ ...common, ...rest, read: readWorking, refusal }) };
}

export const copyMove = workingTask('SYNO.FileStation.CopyMove', 3, 'filestation.md 4.17');
export const deletion = workingTask('SYNO.FileStation.Delete', 2, 'filestation.md 4.18');
export const extraction = workingTask('SYNO.FileStation.Extract', 2, 'filestation.md 4.19');
export const compression = workingTask('SYNO.FileStation.Compress', 3, 'filestation.md 4.20');

/** How often a task that only reads is begun. */
const ATTEMPTS = 3;

/**
 * A kind of tasks that only read. The NAS keeps the result for a moment only, and a small task may have ended and been forgotten before
 * the first look; one that ended without its result is gone, too (filestation.md 4.10).
 */
function readingTask<S extends { finished: boolean }>(
	api: Call['api'],
	source: string,
	answer: z.ZodType<S>,
	isWhole: (state: S) => boolean,
) {
	const { start, ...rest } = calls(api, 2, source, answer);
	const read = (state: S): TaskLook<S> =>
		!state.finished ? { is: 'running', state } : isWhole(state) ? { is: 'done', state } : { is: 'gone' };
	return { start, ...backgroundTask({ ...common, ...rest, read, refusal, attempts: ATTEMPTS }) };
}

export const folderSize = readingTask(
	'SYNO.FileStation.DirSize',
	'filestation.md 4.9',
	z.object({
		finished: field.flag(),
		num_dir: field.number().optional(),
		num_file: field.number().optional(),
		total_size: field.bytes().optional(),
	}),
	({ num_dir, num_file, total_size }) => [num_dir, num_file, total_size].every(Number.isFinite),
);
export const checksum = readingTask(
	'SYNO.FileStation.MD5',
	'filestation.md 4.10',
	z.object({ finished: field.flag(), md5: z.string().optional() }),
	({ md5 }) => /^[0-9a-f]{32}$/i.test(md5 ?? ''),
);

/** A task as the list of the account's tasks shows it. */
export const taskRow = row(
	{
		taskid: field.text(),
		api: field.text(),
		finished: field.flag(),
		path: field.text().optional(),
		/** From 0 to 1. */
		progress: field.number().optional(),
		crtime: field.seconds().optional(),
		processed_num: field.number().optional(),
		processed_size: field.bytes().optional(),
		processing_path: field.text().optional(),
		/** Bytes or entries in all; -1 while they are being counted. */
		total: field.number().optional(),
		has_fail: field.flag().optional(),
		errors: z.unknown().optional(),
		/** What it was started with; a password does not come back. */
		params: z.preprocess(withoutPassword, z.unknown()).optional(),
	},
	{ simple: ['taskid', 'api', 'path', 'finished', 'progress', 'crtime', 'errors'] },
);
export type TaskRow = z.output<typeof taskRow>;

const TASKS = 'SYNO.FileStation.BackgroundTask';
export const listTasks = call(TASKS, 'list', 3, {
	list: 'tasks',
	of: taskRow,
	page: 500,
	readOnly: true,
	basis: 'guide',
	source: 'filestation.md 4.21',
});
export const clearTasks = repeatable(
	call(TASKS, 'clear_finished', 3, { basis: 'guide', source: 'filestation.md 4.21' }),
);

const SEARCH = 'SYNO.FileStation.Search';
const ofSearch = { basis: 'guide', source: 'filestation.md 4.5' } as const;
export const searching = {
	start: call(SEARCH, 'start', 2, { answer: started, ...ofSearch }),
	/** A live search always has `files` and `total`: without them it is lost. */
	list: call(SEARCH, 'list', 2, {
		answer: z.object({
			finished: field.flag(),
			total: field.number().optional(),
			files: z.array(entry).optional(),
		}),
		readOnly: true,
		...ofSearch,
	}),
	stop: call(SEARCH, 'stop', 2, ofSearch),
	clean: call(SEARCH, 'clean', 2, ofSearch),
};
