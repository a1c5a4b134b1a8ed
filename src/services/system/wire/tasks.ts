import { field, row } from '../../../catalog/row';
import { call, repeatable } from '../../../catalog/wire';
import { z } from '../../../vendor/zod';
import { localMoment } from '../lib/moments';

const source = { source: 'system.md 6' } as const;
const TASKS = 'SYNO.Core.TaskScheduler';
const EVENTS = 'SYNO.Core.EventScheduler';

/** Triggered tasks stand in the same list, without an id or with -1: they are addressed by their name. */
export const scheduledTask = row(
	{
		id: field.id().optional(),
		name: field.text(),
		type: field.text().optional(),
		action: field.text().optional(),
		enable: field.flag(),
		owner: field.text().optional(),
		/** Needed to address it. */
		real_owner: field.text().optional(),
		next_trigger_time: localMoment().optional(),
		can_run: field.flag().optional(),
		can_edit: field.flag().optional(),
		can_delete: field.flag().optional(),
	},
	{ simple: ['id', 'name', 'type', 'action', 'enable', 'owner', 'next_trigger_time'] },
);
export type ScheduledTask = z.output<typeof scheduledTask>;
export const isTriggered = ({ id }: ScheduledTask): boolean => id === undefined || id === '-1';

/**
 * `list` is gone from version 4, `run`, `set_enable` and `delete` from 3, the history from 2. Where there is no version 4, before
 * DSM 7.2, version 3 has no list (releases.md 3).
 */
export const listTasks = call(TASKS, 'list', 3, {
	older: { below: 4, version: 2 },
	list: 'tasks',
	of: scheduledTask,
	page: 200,
	basis: 'capture',
	...source,
	readOnly: true,
});
export const BY_TIME = { sort_by: 'next_trigger_time', sort_direction: 'ASC' };
export const getTask = call(TASKS, 'get', 4, {
	answer: z.looseObject({
		name: z.string().optional(),
		enable: z.boolean().optional(),
		type: z.string().optional(),
		owner: z.string().optional(),
		schedule: z.looseObject({}).optional(),
		extra: z.looseObject({ script: z.string().optional() }).optional(),
	}),
	basis: 'clients',
	...source,
	readOnly: true,
});
export const runTasks = call(TASKS, 'run', 2, { basis: 'clients', ...source });
export const enableTasks = repeatable(call(TASKS, 'set_enable', 2, { basis: 'clients', ...source }));
export const deleteTasks = repeatable(call(TASKS, 'delete', 2, { basis: 'clients', ...source }), { done: [] });

export const ROOT = 'SYNO.Core.TaskScheduler.Root';
const writing = { basis: 'inferred', source: 'system.md 6; releases.md 3', confirmed: true } as const;
/** Tasks of root, and those of others. */
export const createTask = { root: call(ROOT, 'create', 4, writing), other: call(TASKS, 'create', 4, writing) };
export const setTask = {
	root: repeatable(call(ROOT, 'set', 4, writing)),
	other: repeatable(call(TASKS, 'set', 4, writing)),
};

export const taskRun = row({
	start_time: localMoment(),
	stop_time: localMoment().optional(),
	exit_code: field.number().optional(),
	exit_type: field.text().optional(),
	/** Tells one run from another. */
	timestamp: field.id(),
});
export const listTaskRuns = call(TASKS, 'get_history_status_list', 1, {
	list: '',
	of: taskRun,
	basis: 'capture',
	...source,
	readOnly: true,
});

export const runEventTask = call(EVENTS, 'run', 1, { basis: 'clients', ...source });
export const enableEventTask = repeatable(call(EVENTS, 'set_enable', 1, { basis: 'clients', ...source }));
export const deleteEventTask = repeatable(call(EVENTS, 'delete', 1, { basis: 'clients', ...source }), { done: [] });
export const listEventTaskRuns = call(EVENTS, 'result_list', 1, {
	list: '',
	of: row(
		{
			result_id: field.id(),
			task_name: field.text().optional(),
			trigger_event: field.text().optional(),
			event_fire_time: localMoment().optional(),
			start_time: localMoment().optional(),
			stop_time: localMoment().optional(),
			exit_code: field.number().optional(),
			exit_type: field.text().optional(),
		},
		{ lift: ['exit_info'] },
	),
	basis: 'capture',
	...source,
	readOnly: true,
});
