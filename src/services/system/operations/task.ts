import { operation, procedure, resource } from '../../../catalog/operation';
import { z } from '../../../vendor/zod';
import { rowOf, task_id, triggered_task } from '../fields';
import { daily, everyDay, hour, minute, script, taskNamed, weekdays, writeTask } from '../lib/taskWrites';
import { settled } from '../../../core/outcome';
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

/** Code: tasks of root go another way, and the list tells what became of it. */
const create = procedure({
	title: 'Create a scheduled task',
	summary: 'Creates a task that runs a script at a time of day, on some or all weekdays. Needs an administrator.',
	uses: [wire.createTask.root, wire.createTask.other, wire.listTasks],
	params: z.object({
		name: z
			.string()
			.trim()
			.min(1)
			.meta({ title: 'Name', description: 'Name of the task', placeholder: 'e.g. Nightly' }),
		owner: z
			.string()
			.min(1)
			.default('root')
			.meta({ title: 'Owner', description: 'User whose rights the script has', placeholder: 'e.g. alice' }),
		script,
		hour: hour.default(2),
		minute: minute.default(0),
		weekdays: weekdays.default(everyDay),
	}),
	result: wire.scheduledTask,
	async run(given, dsm) {
		const { name, owner } = given;
		const before = await dsm.list(wire.listTasks, wire.BY_TIME, { readOnly: true });
		const known = new Set(before.map(({ id }) => id));
		const more = { type: 'script', enable: true, schedule: daily(given), extra: { script: given.script } };
		const isNew = (task: wire.ScheduledTask) => task.name === name && task.id !== undefined && !known.has(task.id);
		const write = async () => await writeTask(dsm, 'create', { name, owner, real_owner: owner, ...more });
		await settled<unknown>(dsm, write, async () => (await dsm.list(wire.listTasks, wire.BY_TIME)).find(isNew));
		return await taskNamed(dsm, isNew);
	},
});

/** Code: as above; the whole task is written back. */
const update = procedure({
	title: 'Update a scheduled task',
	summary: 'Changes name, script or time of a task; what is not given stays. Needs an administrator.',
	uses: [wire.listTasks, wire.getTask, wire.setTask.root, wire.setTask.other],
	params: z
		.object({
			task_id,
			name: z.string().trim().min(1).optional().meta({ title: 'Name', description: 'Name from now on' }),
			script: script.optional(),
			hour: hour.optional(),
			minute: minute.optional(),
			weekdays: weekdays.optional(),
		})
		.refine(({ task_id: _, ...rest }) => Object.values(rest).some((value) => value !== undefined), {
			message: 'There is nothing to change: set at least one field',
			path: [],
		}),
	result: wire.scheduledTask,
	async run(given, dsm) {
		const address = addressOf(given, await dsm.list(wire.listTasks, wire.BY_TIME, { readOnly: true }));
		const task = await dsm.call(wire.getTask, address, { readOnly: true });
		const name = given.name ?? task.name;
		const { hour: at, minute: past, weekdays: days } = given;
		const schedule = {
			...task.schedule,
			...(at !== undefined && { hour: at }),
			...(past !== undefined && { minute: past }),
			...(days !== undefined && { week_day: [...days].sort().join(',') }),
		};
		const extra = { ...task.extra, ...(given.script !== undefined && { script: given.script }) };
		const real_owner = String(address.real_owner);
		const { type, enable, owner } = task;
		await writeTask(dsm, 'set', { ...address, real_owner, name, type, enable, owner, schedule, extra });
		return await taskNamed(dsm, (one) => one.id === given.task_id && one.name === name);
	},
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
	lost: {
		gone: wire.listTasks,
		request: () => wire.BY_TIME,
		is: (row, params) => String(row.id) === params.task_id,
	},
	destructive: true,
	deletes: true,
});

const listResults = operation({
	title: 'List results of a scheduled task',
	summary: 'Gives when a task ran and how it ended, the newest first, but not what it printed. Needs an administrator.',
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
	summary: 'Gives when a triggered task ran and how it ended, but not what it printed. Needs an administrator.',
	call: wire.listEventTaskRuns,
	params: z.object({ task_name: triggered_task }),
});

export const tasks = resource('Scheduled task', {
	list,
	get,
	create,
	update,
	run,
	enable,
	disable,
	delete: remove,
	listResults,
});
export const triggeredTasks = resource('Triggered task', {
	list: listTriggered,
	run: runTriggered,
	enable: enableTriggered,
	disable: disableTriggered,
	delete: removeTriggered,
	listResults: listTriggeredResults,
});
