import { operation, resource } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { rowOf, task_id, triggered_task } from '../fields';
import * as wire from '../wire/tasks';

/** A task is addressed by its id and its real owner, which only the list tells. */
const known = { call: wire.listTasks, request: () => wire.BY_TIME };
const addressOf = (given: { task_id: string }, tasks: readonly wire.ScheduledTask[]) => {
	const { real_owner, owner } = rowOf(tasks, ({ id }) => id === given.task_id, `scheduled task ${given.task_id}`);
	return { id: Number(given.task_id), real_owner: real_owner ?? owner };
};

const list = operation({
	title: 'List scheduled tasks',
	summary: 'Gives the tasks of the task scheduler, the next one first. Needs an administrator.',
	call: wire.listTasks,
	params: z.object({}),
	request: () => wire.BY_TIME,
	keep: (task) => !wire.isTriggered(task),
});

const get = operation({
	title: 'Get a scheduled task',
	summary: 'Gives schedule and script of a task. Needs an administrator.',
	known,
	call: wire.getTask,
	params: z.object({ task_id }),
	request: (given, tasks) => addressOf(given, tasks),
	response: (task, { params, known: tasks }) => ({
		...rowOf(tasks, ({ id }) => id === params.task_id, `scheduled task ${params.task_id}`),
		...task,
		id: params.task_id,
	}),
	result: wire.scheduledTask,
});

const run = operation({
	title: 'Run a scheduled task',
	summary: 'Runs a task now and does not wait for its end. Needs an administrator.',
	known,
	call: wire.runTasks,
	params: z.object({ task_id }),
	request: (given, tasks) => ({ tasks: [addressOf(given, tasks)] }),
});

const switching = (title: string, summary: string, enable: boolean) =>
	operation({
		title,
		summary,
		known,
		call: wire.enableTasks,
		params: z.object({ task_id }),
		request: (given, tasks) => ({ status: [{ ...addressOf(given, tasks), enable }] }),
	});
const enable = switching(
	'Enable a scheduled task',
	'Lets a task run at its times again. Needs an administrator.',
	true,
);
const disable = switching(
	'Disable a scheduled task',
	'Keeps a task from running at its times. Needs an administrator.',
	false,
);

const remove = operation({
	title: 'Delete a scheduled task',
	summary: 'Deletes a task with its results. Needs an administrator.',
	known,
	call: wire.deleteTasks,
	params: z.object({ task_id }),
	request: (given, tasks) => ({ tasks: [addressOf(given, tasks)] }),
	destructive: true,
	deletes: true,
});

const listResults = operation({
	title: 'List results of a scheduled task',
	summary: 'Gives when a task ran and how it ended, the newest first. Needs an administrator.',
	call: wire.listTaskRuns,
	params: z.object({ task_id }),
	request: (given) => ({ id: Number(given.task_id) }),
});

const listTriggered = operation({
	title: 'List triggered tasks',
	summary: 'Gives the tasks that run when the NAS starts or stops. Needs an administrator.',
	call: wire.listTasks,
	params: z.object({}),
	request: () => wire.BY_TIME,
	keep: wire.isTriggered,
});

const runTriggered = operation({
	title: 'Run a triggered task',
	summary: 'Runs a task now that otherwise waits for an event. Needs an administrator.',
	call: wire.runEventTask,
	params: z.object({ task_name: triggered_task }),
});

const switchingTriggered = (title: string, summary: string, wanted: boolean) =>
	operation({
		title,
		summary,
		call: wire.enableEventTask,
		params: z.object({ task_name: triggered_task }),
		request: ({ task_name }) => ({ task_name, enable: wanted }),
	});
const enableTriggered = switchingTriggered(
	'Enable a triggered task',
	'Lets a task run at its event again. Needs an administrator.',
	true,
);
const disableTriggered = switchingTriggered(
	'Disable a triggered task',
	'Keeps a task from running at its event. Needs an administrator.',
	false,
);

const removeTriggered = operation({
	title: 'Delete a triggered task',
	summary: 'Deletes a triggered task with its results. Needs an administrator.',
	call: wire.deleteEventTask,
	params: z.object({ task_name: triggered_task }),
	destructive: true,
	deletes: true,
});

const listTriggeredResults = operation({
	title: 'List results of a triggered task',
	summary: 'Gives when a triggered task ran and how it ended. Needs an administrator.',
	call: wire.listEventTaskRuns,
	params: z.object({ task_name: triggered_task }),
});

export const tasks = resource('Scheduled task', { list, get, run, enable, disable, delete: remove, listResults });
export const triggeredTasks = resource('Triggered task', {
	list: listTriggered,
	run: runTriggered,
	enable: enableTriggered,
	disable: disableTriggered,
	delete: removeTriggered,
	listResults: listTriggeredResults,
});
