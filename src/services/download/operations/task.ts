import { operation, procedure, resource } from '../../../catalog/operation';
import { waitFor } from '../../../catalog/tasks';
import { DsmApiError } from '../../../core/errors';
import { z } from '../../../vendor/zod';
import { new_destination, task_id, task_ids, task_priority } from '../fields';
import { outcome, outcomesOf } from '../lib/outcomes';
import {
	clearCondition,
	deleteTasks,
	DETAILS,
	editTask,
	getTask,
	isComplete,
	listTasks,
	pauseCondition,
	pauseTasks,
	resumeCondition,
	resumeTasks,
	task,
} from '../wire/tasks';
import { create, createFromFile, createFromPath } from './taskCreating';
import { torrentParts } from './torrent';

const STATES = [
	'waiting',
	'downloading',
	'paused',
	'finishing',
	'finished',
	'hash_checking',
	'seeding',
	'filehosting_waiting',
	'extracting',
	'error',
] as const;

const list = operation({
	title: 'List download tasks',
	summary: 'Gives the download tasks of the account, all or those of one state.',
	call: listTasks,
	params: z.object({
		status: z
			.enum(['any', ...STATES])
			.default('any')
			.meta({
				title: 'State',
				description: 'Which tasks',
				labels: { any: 'Any', hash_checking: 'Checking', filehosting_waiting: 'Waiting for the file host' },
			}),
	}),
	request: () => ({ additional: DETAILS }),
	keep: (row, { status }) => status === 'any' || row.status === status,
});

const get = operation({
	title: 'Get a download task',
	summary: 'Gives the state of a download task, how far it is, and where its files go.',
	call: getTask,
	params: z.object({ task_id }),
	request: ({ task_id: id }) => ({ id, additional: DETAILS }),
});

const asked = ({ task_ids: ids }: { task_ids: string[] }) => ({ id: ids });

const pause = operation({
	title: 'Pause download tasks',
	summary: 'Pauses download tasks, and tells what became of each.',
	call: pauseTasks,
	params: z.object({ task_ids }),
	request: asked,
	response: ({ rows }, { params }) => outcomesOf(rows, params.task_ids),
	result: z.array(outcome),
});

const resume = operation({
	title: 'Resume download tasks',
	summary: 'Lets download tasks go on that were paused or failed, and tells what became of each.',
	call: resumeTasks,
	params: z.object({ task_ids }),
	request: asked,
	response: ({ rows }, { params }) => outcomesOf(rows, params.task_ids),
	result: z.array(outcome),
});

const remove = operation({
	title: 'Delete download tasks',
	summary: 'Deletes download tasks; files that are complete stay.',
	call: deleteTasks,
	params: z.object({
		task_ids,
		keep_partial: z.boolean().default(false).meta({
			title: 'Keep Partial Files',
			description: 'Whether what there is of a task that is not complete is moved to its destination',
		}),
	}),
	request: ({ task_ids: ids, keep_partial: force_complete }) => ({ id: ids, force_complete }),
	lost: {
		gone: listTasks,
		is: (row, params) => params.task_ids.includes(row.id),
		answer: () => ({ rows: [] }),
	},
	response: ({ rows }, { params }) => outcomesOf(rows, params.task_ids),
	result: z.array(outcome),
	destructive: true,
	deletes: true,
});

/** The answer says nothing of use: the task is read again (downloadstation.md 4). */
const update = operation({
	title: 'Update a download task',
	summary: 'Changes the destination or the priority of a download task.',
	call: editTask,
	params: z
		.object({
			task_id,
			destination: new_destination,
			priority: task_priority.meta({ title: 'Priority', description: 'Priority of the task; as it is when empty' }),
		})
		.refine((given) => given.destination !== undefined || given.priority !== undefined, {
			message: 'There is nothing to change: set a destination or a priority',
			path: [],
		}),
	request: ({ task_id: id, ...rest }) => ({ id, ...rest }),
	then: { call: getTask, request: ({ task_id: id }) => ({ id, additional: DETAILS }) },
	response({ rows }, { params, then }) {
		outcomesOf(rows, [params.task_id]);
		if (params.destination === undefined || then.destination === params.destination) return then;
		throw new DsmApiError(`DSM reported success, but the task "${then.title}" keeps its destination.`, {
			hint: 'It may be done already: move its files with File Station.',
		});
	},
	result: task,
});

const pauseAll = operation({
	title: 'Pause all download tasks',
	summary: 'Pauses all download tasks of the account that are not of eMule.',
	call: pauseCondition,
	params: z.object({}),
	request: () => ({ type: ['emule'], type_inverse: true }),
});
const resumeAll = operation({
	title: 'Resume all download tasks',
	summary: 'Lets all download tasks of the account go on that are not of eMule.',
	call: resumeCondition,
	params: z.object({}),
	request: () => ({ type: ['emule'], type_inverse: true }),
});
/** 5: finished. */
const clearFinished = operation({
	title: 'Clear finished download tasks',
	summary: 'Deletes all download tasks of the account that are done; their files stay.',
	call: clearCondition,
	params: z.object({}),
	request: () => ({ status: [5] }),
	destructive: true,
});

/** Code: asks until it is done. */
const wait = procedure({
	title: 'Wait for a download task',
	summary:
		'Waits until a download task is done and tells the progress; a task that fails is an error. It goes on after the timeout.',
	uses: [getTask],
	readOnly: true,
	params: z.object({
		task_id,
		timeout: z.coerce.number<number | string>().int().min(1).max(86_400).default(3600).meta({
			title: 'Timeout',
			description: 'Seconds to wait; after that the operation fails, while the task goes on',
			advanced: true,
		}),
	}),
	result: task,
	async run({ task_id: id, timeout: seconds }, dsm) {
		const end = await waitFor(dsm, {
			status: async () => {
				const seen = await dsm.call(getTask, { id, additional: DETAILS });
				if (seen.size) dsm.progress(seen.size_downloaded ?? 0, seen.size);
				return seen;
			},
			isDone: (seen) => seen.status === 'error' || isComplete(seen),
			timeout: seconds,
			what: 'The download',
		});
		if (end.status !== 'error') return end;
		throw new DsmApiError(`The download of "${end.title}" failed: ${end.error_detail ?? 'unknown'}.`, {
			hint: 'Look at the task in Download Station; "Resume download tasks" tries it again.',
		});
	},
});

export const tasks = resource('Download task', {
	list,
	get,
	create,
	createFromFile,
	createFromPath,
	wait,
	pause,
	resume,
	pauseAll,
	resumeAll,
	update,
	delete: remove,
	clearFinished,
	...torrentParts,
});
