import { operation, procedure, resource } from '../../../catalog/operation';
import { timeout } from '../../../catalog/tasks';
import { z } from '../../../vendor/zod';
import { finished, outcome, outcomesOf, waiting } from '../lib/driveTask';
import { deleteTask, getTask, listTasks } from '../wire/files';

/** Tasks belong to the session that started them (drive.md 5). */
const task_id = z
	.string()
	.regex(/^task-\d+$/, 'is no task, e.g. task-12')
	.meta({ title: 'Task', description: 'Task of this session', placeholder: 'e.g. task-12' });

export const list = operation({
	title: 'List background tasks',
	summary: 'Lists the background tasks of the session.',
	call: listTasks,
	params: z.object({}),
});

export const get = operation({
	title: 'Get a background task',
	summary: 'Gives state and progress of a background task.',
	call: getTask,
	params: z.object({ task_id }),
});

export const wait = procedure({
	title: 'Wait for a background task',
	summary: 'Waits until a background task has ended; what failed is a row of its own.',
	uses: waiting,
	params: z.object({ task_id, timeout: timeout() }),
	result: z.array(outcome),
	run: async ({ task_id: id, timeout: seconds }, dsm) =>
		outcomesOf(await finished(dsm, id, { timeout: seconds, what: 'The task' })),
});

/** Not marked as destructive: what was done until then stays. */
export const cancel = operation({
	title: 'Cancel a background task',
	summary: 'Ends a background task, or forgets one that has ended.',
	call: deleteTask,
	params: z.object({ task_id }),
	basis: 'inferred',
});

export const tasks = resource('Background task', { list, get, wait, cancel });
