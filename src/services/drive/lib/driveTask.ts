import type { Call } from '../../../core/call';
import type { Dsm } from '../../../core/dsm';
import { DsmApiError, isDsmError } from '../../../core/errors';
import type { Waiting } from '../../../core/operation';
import { field, row } from '../../../catalog/row';
import { waitFor } from '../../../catalog/tasks';
import { z } from '../../../vendor/zod';
import { errors } from '../errors';
import { deleteTask, getTask, listTasks, type Task, type TaskError } from '../wire/files';

/** For `uses` of what waits for a task. */
export const waiting: readonly Call[] = [getTask, listTasks, deleteTask];

/** One file of a task: where it is now, or why it failed. */
export const outcome = row({
	done: z.boolean(),
	file_id: field.id().optional(),
	name: field.text().optional(),
	path: field.text().optional(),
	/** Code of the failure. */
	code: field.number().optional(),
	error: field.text().optional(),
});
export type Outcome = z.output<typeof outcome>;

const isDone = ({ status }: Pick<Task, 'status'>): boolean => status === 'finished';

/** Codes by which the NAS says that it does not know a task (yet) (drive.md 5). */
const isUnknown = (error: unknown): boolean => isDsmError(error) && (error.dsmCode === 401 || error.dsmCode === 1000);

/** Looks at a task until it never was seen so many times: it ended before the first look. */
const LOOKS = 4;

/** The state of a task. It may be missing right after the start, and vanish when it has ended: then it counts as done. */
function stateOf(dsm: Dsm, task_id: string): () => Promise<Task> {
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

async function read(dsm: Dsm, task_id: string): Promise<Task | undefined> {
	try {
		return await dsm.call(getTask, { task_id });
	} catch (error) {
		if (!isUnknown(error)) throw error;
		return (await dsm.list(listTasks)).find((task) => task.task_id === task_id);
	}
}

/** How long is waited (seconds) for what: "The copy". */
interface Patience {
	timeout: number;
	what: string;
}

/** Waits for a task that was started, by its id. */
export const finished = async (dsm: Dsm, task_id: string, { timeout, what }: Patience): Promise<Task> =>
	await waitFor(dsm, {
		status: stateOf(dsm, task_id),
		isDone,
		stop: async (other) => await other.call(deleteTask, { task_id }),
		timeout,
		what,
	});

export interface Job extends Patience {
	call: Call<{ async_task_id?: string | undefined }>;
	params: Record<string, unknown>;
}

/**
 * Starts what the NAS does in the background and waits for it. "Success" of the start says nothing: failures are rows of the result
 * (drive.md 5). When every file failed, the first failure is thrown.
 */
export async function carryOut(dsm: Dsm, { call, params, ...patience }: Job): Promise<Outcome[]> {
	const { async_task_id } = await dsm.call(call, params);
	const task: Task = async_task_id ? await finished(dsm, async_task_id, patience) : { task_id: '' };
	const rows = outcomesOf(task);
	// A task that vanished says nothing about its files.
	if (rows.length === 0) return asked(params).map((path) => ({ done: true, path }));
	if (rows.every(({ done }) => !done)) throw failed(patience.what, task);
	return rows;
}

/** The same for operations that are data: `what` says what is waited for, `timeout` is one of their parameters. */
export const inBackground = (what: string): Waiting<Outcome[]> => ({
	uses: waiting,
	run: async (dsm, call, params, { timeout }) => await carryOut(dsm, { call, params, timeout: Number(timeout), what }),
});

const asked = ({ files, dsm_paths }: Record<string, unknown>): string[] =>
	((files ?? dsm_paths ?? []) as (string | { path: string })[]).map((file) =>
		typeof file === 'string' ? file : file.path,
	);

/** Rows of a task, the failures last. */
export function outcomesOf({ targets, errors: failures }: Task): Outcome[] {
	const succeeded = (targets ?? []).map((target): Outcome => ({ ...target, done: true }));
	return [...succeeded, ...(failures ?? []).map(failure)];
}

const failure = ({ code, message, context = {} }: TaskError): Outcome => ({
	done: false,
	...(context.name !== undefined && { name: context.name }),
	...(context.path !== undefined && { path: context.path }),
	...(code !== undefined && { code }),
	error: [code === undefined ? undefined : errors[code]?.cause, message].filter(Boolean).join(': '),
});

function failed(what: string, { errors: failures }: Task): DsmApiError {
	const { code, message, context } = failures?.[0] ?? {};
	const known = code === undefined ? undefined : errors[code];
	const about = context?.name === undefined ? '' : ` of "${context.name}"`;
	return new DsmApiError(`${what}${about} failed: ${known?.cause ?? message ?? 'Drive gave no reason'}.`, {
		...(code !== undefined && { dsmCode: code }),
		errors: failures,
		...(known && { hint: known.remedy }),
	});
}
