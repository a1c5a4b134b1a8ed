import type { Call } from '../../../core/call';
import { DsmApiError } from '../../../core/errors';
import { textId } from '../../../catalog/fields';
import { nothing, operation, procedure, resource } from '../../../catalog/operation';
import { sorting } from '../../../catalog/sorting';
import { z } from '../../../vendor/zod';
import { errors } from '../errors';
import {
	compressParams,
	compressRequest,
	deleteParams,
	deleteRequest,
	extractParams,
	extractRequest,
	moveParams,
	moveRequest,
} from '../lib/taskParams';
import { clearTasks, compression, copyMove, deletion, extraction, listTasks } from '../wire/tasks';

const KINDS = {
	copy_move: ['Copy or move', copyMove],
	delete: ['Delete', deletion],
	compress: ['Compress', compression],
	extract: ['Extract', extraction],
} as const;
type Kind = keyof typeof KINDS;
const all = Object.values(KINDS).map(([, task]) => task);

const labels = Object.fromEntries(Object.entries(KINDS).map(([key, [label]]) => [key, label]));
const kind = z
	.enum(['copy_move', 'delete', 'compress', 'extract'])
	.meta({ title: 'Kind', description: 'What the task does', labels });

const taskid = textId()
	.pipe(z.string().min(1))
	.meta({
		title: 'Task',
		description: 'Task of the account, from the list or by its ID',
		widget: 'picker',
		choices: { from: 'file.task.list', value: 'taskid', label: 'path' },
		by: { id: 'e.g. FileStation_51D00B7912CDE0B0' },
	});

const list = operation({
	title: 'List background tasks',
	summary: 'Gives the copies, moves, deletions and archives of the account that run or have ended.',
	call: listTasks,
	params: z.object({
		kinds: z
			.array(kind)
			.default([])
			.meta({ title: 'Kinds', description: 'Kinds of tasks; all when empty', advanced: true, labels }),
		...sorting({ crtime: 'Created', finished: 'Finished' }),
	}),
	request: ({ kinds, sort_by, sort_direction }) => ({
		sort_by,
		sort_direction: sort_direction.toUpperCase(),
		...(kinds.length > 0 && { api_filter: kinds.map((one) => KINDS[one][1].start.api) }),
	}),
});

/** Takes entries of a log away, and nothing that they are about. */
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
});

/** A task that failed says so by an error: here it is a state like others. Code: each kind has calls of its own. */
const get = procedure({
	title: 'Get a background task',
	summary: 'Says how far a task is, whether it has ended, and what failed.',
	uses: all.map(({ status }) => status),
	params: z.object({ kind, taskid }),
	result: z.looseObject({
		taskid: z.string(),
		finished: z.boolean(),
		failed: z.boolean(),
		progress: z.number().optional(),
		/** What failed; empty when nothing did. */
		errors: z.array(z.object({ code: z.number(), path: z.string() })),
		message: z.string().optional(),
	}),
	readOnly: true,
	async run(given, dsm) {
		const look = await KINDS[given.kind][1].look(dsm, given.taskid);
		const { taskid: id } = given;
		if (look.is === 'gone') throw look.error ?? unknown(id);
		if (look.is !== 'failed')
			return { ...look.state, taskid: id, finished: look.is === 'done', failed: false, errors: [] };
		const { failures, error, state } = look;
		const said = { finished: true, failed: true, errors: [...failures], ...(error && { message: error.message }) };
		return { ...state, taskid: id, ...said };
	},
});

function unknown(taskid: string): DsmApiError {
	const { cause, remedy } = errors[599]!;
	return new DsmApiError(`${cause}: ${taskid}.`, { hint: remedy });
}

/** Code: each kind has calls of its own. */
const stop = procedure({
	title: 'Stop a background task',
	summary: 'Stops a task; what it did until then stays.',
	uses: all.map((task) => task.stop),
	params: z.object({ kind, taskid }),
	result: nothing,
	async run(given, dsm) {
		await dsm.call(KINDS[given.kind][1].stop, { taskid: given.taskid });
		return {};
	},
});

/** A variant that starts a task and does not wait; its kind goes with the id, as the other operations on tasks want both. */
const starting = <P extends z.ZodObject>(
	of: Kind,
	{ start }: { start: Call<{ taskid: string }> },
	title: string,
	summary: string,
	params: P,
	request: (given: z.output<P>) => Record<string, unknown>,
) =>
	operation({
		title,
		summary,
		call: start,
		params,
		request,
		response: ({ taskid: id }) => ({ taskid: id, kind: of }),
		result: z.looseObject({ taskid: z.string(), kind }),
		...(of === 'delete' && { destructive: true }),
	});

const startCopy = starting(
	'copy_move',
	copyMove,
	'Start a copy',
	'Starts copying files or folders and does not wait.',
	moveParams,
	(given) => moveRequest(given, false),
);
const startMove = starting(
	'copy_move',
	copyMove,
	'Start a move',
	'Starts moving files or folders and does not wait.',
	moveParams,
	(given) => moveRequest(given, true),
);
const startDelete = starting(
	'delete',
	deletion,
	'Start deleting',
	'Starts deleting files or folders and does not wait.',
	deleteParams,
	deleteRequest,
);
const startCompress = starting(
	'compress',
	compression,
	'Start compressing',
	'Starts making an archive and does not wait.',
	compressParams,
	compressRequest,
);
const startExtract = starting(
	'extract',
	extraction,
	'Start extracting',
	'Starts extracting the files of an archive and does not wait.',
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
