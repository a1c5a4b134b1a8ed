import type { Call } from '../../core/call';
import { isDsmError } from '../../core/errors';
import { operation, procedure, resource } from '../../catalog/operation';
import { z } from '../../vendor/zod';
import { compressParams, compressRequest, extractParams, extractRequest } from './archive';
import { pathErrors } from './background';
import { clearTasks, compressing, copyMove, extracting, listTasks, removal, type Background } from './calls';
import { nothing, toNothing } from './fields';
import { moveParams, moveRequest, removeParams, removeRequest } from './moving';

const KINDS = {
	copyMove: ['Copy or move', copyMove],
	delete: ['Delete', removal],
	compress: ['Compress', compressing],
	extract: ['Extract', extracting],
} as const satisfies Record<string, readonly [string, Background]>;
type Kind = keyof typeof KINDS;

/** `crtime` in Unix seconds, sizes in bytes, `progress` from 0 to 1. */
export const taskRow = z.looseObject({
	taskid: z.string(),
	api: z.string(),
	finished: z.boolean(),
	path: z.string().optional(),
	progress: z.number().optional(),
	crtime: z.number().optional(),
	errors: z.unknown().optional(),
});

const taskid = z
	.string()
	.min(1)
	.meta({
		title: 'Task',
		description: 'Task of the account, from the list or by its ID',
		widget: 'picker',
		choices: { from: 'file.task.list', value: 'taskid', label: 'path' },
		by: { id: 'e.g. FileStation_51D00B7912CDE0B0' },
	});

const kind = z.enum(['copyMove', 'delete', 'compress', 'extract']).meta({
	title: 'Kind',
	description: 'What the task does',
	labels: Object.fromEntries(Object.entries(KINDS).map(([key, [label]]) => [key, label])),
});

const list = operation({
	title: 'List background tasks',
	summary: 'Gives the copies, moves, deletions and archives of the account that run or have ended.',
	call: listTasks,
	params: z.object({
		api_filter: z
			.array(kind)
			.default([])
			.meta({
				title: 'Kinds',
				description: 'Kinds of tasks; all when empty',
				advanced: true,
				labels: Object.fromEntries(Object.entries(KINDS).map(([key, [label]]) => [key, label])),
			}),
	}),
	request: ({ api_filter }) => ({
		sort_by: 'crtime',
		sort_direction: 'ASC',
		...(api_filter.length > 0 && { api_filter: api_filter.map((one) => KINDS[one][1].start.api) }),
	}),
	page: { items: 'tasks', max: 500 },
	result: z.array(taskRow),
	readOnly: true,
	basis: 'guide',
});

const clear = operation({
	title: 'Clear finished tasks',
	summary: 'Takes finished tasks from the list of background tasks; what they did stays.',
	call: clearTasks,
	params: z.object({
		taskids: z
			.array(z.string())
			.default([])
			.meta({
				title: 'Tasks',
				description: 'Tasks to clear; all finished ones when empty',
				widget: 'picker',
				choices: { from: 'file.task.list', value: 'taskid', label: 'path' },
			}),
	}),
	request: ({ taskids }) => (taskids.length > 0 ? { taskid: taskids } : {}),
	response: toNothing,
	result: nothing,
	basis: 'guide',
});

const statusCalls = Object.values(KINDS).map(([, { status }]) => status);
const stopCalls = Object.values(KINDS).map(([, { stop }]) => stop);

/** A task that failed says so by an error: here it is a state like others. */
const get = procedure({
	title: 'Get a background task',
	summary: 'Says how far a task is, whether it has ended, and what failed.',
	uses: statusCalls,
	params: z.object({ kind, taskid }),
	result: z.looseObject({
		taskid: z.string(),
		finished: z.boolean(),
		failed: z.boolean(),
		progress: z.number().optional(),
		errors: z.unknown().optional(),
	}),
	readOnly: true,
	basis: 'guide',
	async run(given, dsm) {
		try {
			const state = (await dsm.call(KINDS[given.kind][1].status, { taskid: given.taskid })) as {
				finished?: boolean;
				errors?: unknown;
			};
			return {
				...state,
				taskid: given.taskid,
				finished: state.finished === true,
				failed: pathErrors(state.errors).length > 0,
			};
		} catch (error) {
			if (!isDsmError(error) || error.details.errors === undefined) throw error;
			return {
				taskid: given.taskid,
				finished: true,
				failed: true,
				errors: error.details.errors,
				message: error.message,
			};
		}
	},
});

const stop = procedure({
	title: 'Stop a background task',
	summary: 'Stops a task; what it did until then stays.',
	uses: stopCalls,
	params: z.object({ kind, taskid }),
	result: nothing,
	basis: 'guide',
	async run(given, dsm) {
		await dsm.call(KINDS[given.kind][1].stop, { taskid: given.taskid });
		return {};
	},
});

/** A variant that starts a task and does not wait; its kind goes with the id, as the other operations on tasks want both. */
const starting = <P extends z.ZodObject>(
	of: Kind,
	call: Call,
	title: string,
	summary: string,
	params: P,
	request: (given: z.output<P>) => Record<string, unknown>,
) =>
	operation({
		title,
		summary,
		call,
		params,
		request,
		response: (data: { taskid: string }) => ({ ...data, kind: of }),
		result: z.looseObject({ taskid: z.string(), kind }),
		basis: 'guide',
		...(of === 'delete' && { destructive: true }),
	});

const startCopy = starting(
	'copyMove',
	copyMove.start,
	'Start a copy',
	'Begins to copy files or folders and does not wait.',
	moveParams,
	(given) => moveRequest(given, false),
);
const startMove = starting(
	'copyMove',
	copyMove.start,
	'Start a move',
	'Begins to move files or folders and does not wait.',
	moveParams,
	(given) => moveRequest(given, true),
);
const startDelete = starting(
	'delete',
	removal.start,
	'Start deleting',
	'Begins to delete files or folders and does not wait.',
	removeParams,
	removeRequest,
);
const startCompress = starting(
	'compress',
	compressing.start,
	'Start compressing',
	'Begins to make an archive and does not wait.',
	compressParams,
	compressRequest,
);
const startExtract = starting(
	'extract',
	extracting.start,
	'Start extracting',
	'Begins to take files out of an archive and does not wait.',
	extractParams,
	extractRequest,
);

export const tasks = resource('Background task', {
	list,
	get,
	stop,
	clear,
	startCopy,
	startMove,
	startDelete,
	startCompress,
	startExtract,
});
