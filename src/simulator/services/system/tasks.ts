import type { ApiReply, BehaviourTable } from '../../core/behaviour';
import { confirmed } from '../identity/call';
import { admin, badParameter, flag, found, objects, pageOf, refuse, text, type SystemCall, id } from './call';
import { done } from './machine';
import type { SystemState } from './state';
import { dashed, seconds } from './texts';
import type { Run, Task } from './types';

/** Scheduled and triggered tasks (system.md 6). */
export const taskBehaviours: BehaviourTable = {
	'SYNO.Core.TaskScheduler.list': admin(({ system, params }) => ({
		data: { tasks: pageOf(system.tasks, params).map(taskRow), total: system.tasks.length },
	})),
	'SYNO.Core.TaskScheduler.get': admin(({ system, params }) => {
		const [wanted, owner] = [id(params, 'id'), text(params, 'real_owner')];
		const task = system.tasks.find((one) => String(one.id) === wanted && one.owner === owner);
		// A wrong owner gets an empty task, not an error.
		if (!task) return { data: {} };
		const { name, type, enable, action } = task;
		return {
			data: {
				id: task.id,
				name,
				type,
				enable,
				owner,
				real_owner: owner,
				extra: { script: action.replace('Run: ', ''), notify_enable: false },
				schedule: task.schedule,
			},
		};
	}),
	// Those of root only with the password confirmed, and by an API of their own where there is one.
	'SYNO.Core.TaskScheduler.create': admin((call) => create(call, false)),
	'SYNO.Core.TaskScheduler.Root.create': confirmed((call) => create(call, true)),
	'SYNO.Core.TaskScheduler.set': admin((call) => set(call, false)),
	'SYNO.Core.TaskScheduler.Root.set': confirmed((call) => set(call, true)),
	'SYNO.Core.TaskScheduler.run': admin((call) => each(call, 'tasks', (task) => call.system.runTask(task.name))),
	'SYNO.Core.TaskScheduler.set_enable': admin((call) =>
		each(call, 'status', (task, given) => void (task.enable = flag(given, 'enable'))),
	),
	'SYNO.Core.TaskScheduler.delete': admin((call) => each(call, 'tasks', (task) => remove(call.system, task))),
	'SYNO.Core.TaskScheduler.get_history_status_list': admin(({ system, params }) => {
		const wanted = id(params, 'id');
		const task = system.tasks.find((one) => String(one.id) === wanted);
		return {
			data: (task?.runs ?? [])
				.filter((run) => isOver(run, system.now))
				.map(runRow)
				.reverse(),
		};
	}),

	'SYNO.Core.EventScheduler.run': admin((call) => done(call.system.runTask(eventTask(call).name))),
	'SYNO.Core.EventScheduler.set_enable': admin((call) => done((eventTask(call).enable = flag(call.params, 'enable')))),
	'SYNO.Core.EventScheduler.delete': admin((call) => done(remove(call.system, eventTask(call)))),
	'SYNO.Core.EventScheduler.result_list': admin((call) => {
		const { name, runs } = eventTask(call);
		const over = runs.filter((run) => isOver(run, call.system.now));
		return {
			data: over.map((run) => ({
				event_fire_time: dashed(run.start),
				exit_info: { exit_code: run.exit_code, exit_type: 'normal' },
				pid: 4242,
				result_id: run.number,
				start_time: dashed(run.start),
				stop_time: dashed(run.stop),
				task_name: name,
				trigger_event: 'bootup',
			})),
		};
	}),
};

function written(
	{ params, request: { nas }, system: { now } }: SystemCall,
	root: boolean,
): Omit<Task, 'id' | 'runs' | 'exit'> {
	const [name, owner, type] = [text(params, 'name'), text(params, 'real_owner'), text(params, 'type')];
	// Before DSM 7.2 there is no other way for those of root (releases.md 3).
	const isOnlyWay = nas.api('SYNO.Core.TaskScheduler.Root') === undefined;
	if (root !== (owner === 'root') && !isOnlyWay) return refuse(117);
	const schedule = params.schedule as Partial<Task['schedule']> | undefined;
	if (
		typeof schedule?.hour !== 'number' ||
		typeof schedule.minute !== 'number' ||
		typeof schedule.week_day !== 'string'
	)
		return badParameter('schedule', 'condition');
	const lines = (params.extra as { script?: unknown } | undefined)?.script;
	if (typeof lines !== 'string') return badParameter('extra', 'condition');
	const next = new Date(now).setUTCHours(schedule.hour, schedule.minute, 0, 0);
	const whole = schedule as Task['schedule'];
	return {
		...{ name, owner, type, schedule: whole, action: `Run: ${lines}`, enable: flag(params, 'enable') },
		next: next > now ? next : next + 86_400_000,
	};
}

function create(call: SystemCall, root: boolean): ApiReply {
	const task = { id: call.system.number(), ...written(call, root), runs: [], exit: 0 };
	call.system.tasks.push(task);
	return { data: { id: task.id } };
}

function set(call: SystemCall, root: boolean): ApiReply {
	const wanted = id(call.params, 'id');
	const task = found(
		call.system.tasks.find((one) => String(one.id) === wanted && one.owner === call.params.real_owner),
		117,
	);
	return done(Object.assign(task, written(call, root)));
}

/** Triggered tasks stand in the list without an id. */
const taskRow = ({ id: number, name, type, action, enable, owner, next }: Task): Record<string, unknown> => ({
	action,
	can_delete: true,
	can_edit: true,
	can_run: true,
	enable,
	...(number !== undefined && { id: number, next_trigger_time: dashed(next).slice(0, 16) }),
	name,
	owner,
	real_owner: owner,
	type,
});

/** What took no time is over whatever the clock says, which may have been set back. */
const isOver = ({ start, stop }: Run, now: number): boolean => stop === start || stop <= now;

const runRow = ({ start, stop, exit_code }: Run): Record<string, unknown> => ({
	exit_code,
	exit_type: 'normal',
	start_time: dashed(start),
	stop_time: dashed(stop),
	timestamp: String(seconds(start)),
});

/** Tasks are named by id and real owner; one that is not there refuses all. */
function each(call: SystemCall, name: string, act: (task: Task, given: Record<string, unknown>) => void): ApiReply {
	const rows = objects(call.params, name);
	if (rows.length === 0) return badParameter(name, 'condition');
	const tasks = rows.map((row) =>
		found(
			call.system.tasks.find((one) => one.id === row.id && one.owner === row.real_owner),
			117,
		),
	);
	tasks.forEach((task, index) => act(task, rows[index]!));
	return {};
}

const eventTask = ({ system, params }: SystemCall): Task =>
	system.tasks.find((one) => one.id === undefined && one.name === text(params, 'task_name')) ?? refuse(117);

const remove = (system: SystemState, task: Task): void => void system.tasks.splice(system.tasks.indexOf(task), 1);
