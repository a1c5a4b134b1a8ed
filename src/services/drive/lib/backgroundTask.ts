import type { Call } from '../../core/call';
import type { Dsm } from '../../core/dsm';
import { DsmApiError, isDsmError } from '../../core/errors';
import { textId } from '../../catalog/fields';
import { waitFor } from '../../catalog/tasks';
import { z } from '../../vendor/zod';
import { errors } from './errors';

const api = 'SYNO.SynologyDrive.Tasks';
export const taskCalls = {
	get: { api, method: 'get', version: 1 },
	list: { api, method: 'list', version: 1 },
	delete: { api, method: 'delete', version: 1 },
} as const satisfies Record<string, Call>;

/** For `uses` of what waits for a task. */
export const waiting: readonly Call[] = Object.values(taskCalls);

interface TaskError {
	code?: number;
	message?: string;
	context?: { name?: string; path?: string; file_type?: string };
}

export interface WireTask {
	task_id: string;
	status?: string;
	progress?: number;
	result?: {
		action?: string;
		errors?: TaskError[] | null;
		targets?: Record<string, unknown>[];
		archive_name?: string;
		[key: string]: unknown;
	};
}

/** One file of a task: where it is now, or why it failed. */
export const outcome = z.looseObject({
	success: z.boolean(),
	file_id: textId().optional(),
	name: z.string().optional(),
	path: z.string().optional(),
	/** Code of the failure. */
	error_code: z.number().optional(),
	error: z.string().optional(),
});
export type Outcome = z.input<typeof outcome>;

const isDone = ({ status }: WireTask): boolean => status === 'finished';

/** Codes by which the NAS says that it does not know a task (yet) (drive.md 5). */
const isUnknown = (error: unknown): boolean => isDsmError(error) && (error.dsmCode === 401 || error.dsmCode === 1000);

/** Looks at a task until it never was seen so many times: it ended before the first look. */
const LOOKS = 4;

/** The state of a task. It may be missing right after the start, and vanish when it has ended: then it counts as done. */
export function taskState(dsm: Dsm, task_id: string): () => Promise<WireTask> {
	let seen = false;
	let missed = 0;
	return async () => {
		const found = await read(dsm, task_id);
		if (found) {
			seen = true;
			return found;
		}
		missed += 1;
		return { task_id, status: seen || missed >= LOOKS ? 'finished' : 'in_progress' };
	};
}

async function read(dsm: Dsm, task_id: string): Promise<WireTask | undefined> {
	try {
		return (await dsm.call(taskCalls.get, { task_id }, { readOnly: true })) as WireTask;
	} catch (error) {
		if (!isUnknown(error)) throw error;
		const data = (await dsm.call(taskCalls.list, {}, { readOnly: true })) as { items?: WireTask[] } | undefined;
		return data?.items?.find((task) => task.task_id === task_id);
	}
}

export interface Job {
	call: Call;
	params: Record<string, unknown>;
	/** Seconds. */
	timeout: number;
	/** "The copy". */
	what: string;
}

/** Waits for a task that was started, by its id. */
export const finished = async (dsm: Dsm, task_id: string, { timeout, what }: Pick<Job, 'timeout' | 'what'>) =>
	await waitFor(dsm, {
		status: taskState(dsm, task_id),
		isDone,
		stop: async (other) => await other.call(taskCalls.delete, { task_id }),
		timeout,
		what,
	});

/**
 * Starts what the NAS does in the background and waits for it. "Success" of the start says nothing: failures are rows of the result
 * (drive.md 5). When every file failed, the first failure is thrown.
 */
export async function carryOut(dsm: Dsm, { call, params, timeout, what }: Job): Promise<Outcome[]> {
	const started = (await dsm.call(call, params)) as { async_task_id?: string } | undefined;
	const task = started?.async_task_id
		? await finished(dsm, started.async_task_id, { timeout, what })
		: { task_id: '', result: {} };
	const rows = outcomesOf(task);
	// A task that vanished says nothing about its files.
	if (rows.length === 0) return asked(params).map((path) => ({ success: true, path }));
	if (rows.every(({ success }) => !success)) throw failed(what, task);
	return rows;
}

const asked = ({ files, dsm_paths }: Record<string, unknown>): string[] =>
	((files ?? dsm_paths ?? []) as (string | { path: string })[]).map((file) =>
		typeof file === 'string' ? file : file.path,
	);

/** Rows of a task, the failures last. */
export function outcomesOf({ result = {} }: WireTask): Outcome[] {
	const done = (result.targets ?? []).map((target): Outcome => ({ success: true, ...target }));
	return [...done, ...(result.errors ?? []).map(failure)];
}

const failure = ({ code, message, context = {} }: TaskError): Outcome => ({
	success: false,
	...(context.name !== undefined && { name: context.name }),
	...(context.path !== undefined && { path: context.path }),
	...(code !== undefined && { error_code: code }),
	error: [code === undefined ? undefined : errors[code]?.cause, message].filter(Boolean).join(': '),
});

function failed(what: string, { result }: WireTask): DsmApiError {
	const { code, message, context } = result?.errors?.[0] ?? {};
	const known = code === undefined ? undefined : errors[code];
	const about = context?.name === undefined ? '' : ` of "${context.name}"`;
	return new DsmApiError(`${what}${about} failed: ${known?.cause ?? message ?? 'Drive gave no reason'}.`, {
		...(code !== undefined && { dsmCode: code }),
		errors: result?.errors,
		...(known && { hint: known.remedy }),
	});
}
