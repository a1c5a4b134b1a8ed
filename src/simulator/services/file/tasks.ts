import { createHash } from 'node:crypto';
import type { ApiReply } from '../../core/behaviour';
import type { Clock } from '../../core/clock';
import type { FileCall } from './call';

/** One file or folder that a task works on; gives the bytes it moved. */
export type Step = () => number | Promise<number>;

export interface PathError {
	code: number;
	path: string;
}

/** A background task of one of the APIs with `start`, `status` and `stop` (filestation.md 5). */
export interface Task {
	taskid: string;
	api: string;
	version: number;
	user: string;
	sid: string;
	params: Record<string, unknown>;
	/** Milliseconds. */
	crtime: number;
	steps: Step[];
	done: number;
	/** Bytes so far, and in all. */
	processed: number;
	total: number;
	/** What is or was worked on last. */
	path: string;
	/** Status calls that were answered. */
	polls: number;
	raced: number;
	stopped: boolean;
	errors: PathError[];
	/** Code of the whole when a path failed. */
	code: number;
	/** What the finished status says beside the progress. */
	result: () => Record<string, unknown>;
	work: Promise<void>;
}

export type NewTask = Pick<Task, 'steps' | 'total' | 'path' | 'code'> & Partial<Pick<Task, 'errors' | 'result'>>;

interface Settings {
	taskMs: number;
	statusRace: number;
}

const READ_TASKS = new Set(['SYNO.FileStation.DirSize', 'SYNO.FileStation.MD5']);

/** Tasks of File Station. They advance with the NAS's clock; the first status of each is unfinished. */
export class Tasks {
	readonly all = new Map<string, Task>();
	private count = 0;

	constructor(
		private readonly clock: Clock,
		private readonly settings: Settings,
	) {}

	/** Begins a task; its first steps may be done at once. */
	start({ api, version, user, session, params }: FileCall, fresh: NewTask): ApiReply {
		const hex = this.hex();
		const taskid = READ_TASKS.has(api) ? hex : `FileStation_${hex}`;
		const task = this.add({ taskid, api, version, user: user.name, sid: session?.sid ?? '', params, ...fresh });
		this.push(task);
		return { data: { taskid } };
	}

	/** Text of sixteen hexadecimal digits, another one each time. */
	hex(): string {
		return createHash('sha256').update(`${this.count++} ${this.clock.now()}`).digest('hex').slice(0, 16).toUpperCase();
	}

	add(task: Pick<Task, 'taskid' | 'api' | 'version' | 'user' | 'sid' | 'params'> & NewTask): Task {
		const fresh = { done: 0, processed: 0, polls: 0, raced: 0, stopped: false, errors: [], result: () => ({}) };
		const added: Task = { ...fresh, crtime: this.clock.now(), work: Promise.resolve(), ...task };
		this.all.set(added.taskid, added);
		return added;
	}

	/** Lets every task do what it would have done by now. */
	advance(): void {
		for (const task of this.all.values()) this.push(task);
	}

	/** The task of a call; undefined for another user's, a lost one, or one that is not registered yet: 599. */
	of({ params, user, session, api }: FileCall): Task | undefined {
		const task = this.all.get(String(params.taskid));
		if (!task || task.user !== user.name || task.api !== api) return undefined;
		if (READ_TASKS.has(api) && task.sid !== session?.sid) return undefined;
		if (task.raced++ < this.settings.statusRace) return undefined;
		return task;
	}

	isDone = (task: Task): boolean => task.stopped || task.done >= task.steps.length;

	remove(task: Task): void {
		this.all.delete(task.taskid);
	}

	isBackground = ({ api }: Task): boolean => !READ_TASKS.has(api);

	private push(task: Task): void {
		const { taskMs } = this.settings;
		const part = taskMs === 0 ? 1 : Math.min(1, (this.clock.now() - task.crtime) / taskMs);
		const goal = Math.floor(task.steps.length * part);
		task.work = task.work.then(async () => {
			while (!task.stopped && task.done < goal) {
				const step = task.steps[task.done] as Step;
				task.processed += await step();
				task.done += 1;
			}
		});
	}
}

/** `stop` of every kind of task: one id or a list. */
export function stopTask(call: FileCall): ApiReply {
	const ids = Array.isArray(call.params.taskid) ? call.params.taskid : [call.params.taskid];
	for (const taskid of ids) {
		const task = call.state.tasks.of({ ...call, params: { taskid } });
		if (!task) return { error: 599 };
		task.stopped = true;
		if (!call.state.tasks.isBackground(task)) call.state.tasks.remove(task);
	}
	return {};
}

/** A status: unfinished at least once; failures by the envelope or inside a finished one, as the switch says. */
export async function statusOf(
	call: FileCall,
	running: (task: Task) => Record<string, unknown>,
	missing: number,
): Promise<ApiReply> {
	const { state, params } = call;
	if (params.taskid === undefined) return { error: missing };
	const task = state.tasks.of(call);
	if (!task) return { error: 599 };
	await task.work;
	const finished = task.polls++ > 0 && state.tasks.isDone(task);
	if (!finished) return { data: { ...running(task), finished: false } };
	if (!state.tasks.isBackground(task)) state.tasks.remove(task);
	const { errors } = task;
	if (state.switches.bareEnd) return { data: { finished: true } };
	if (errors.length === 0) return { data: { ...running(task), ...task.result(), finished: true } };
	if (state.switches.taskErrors === 'envelope') return { error: task.code, errors };
	const [first] = errors;
	const failure =
		state.switches.taskErrors === 'single' && first ? { error: { code: first.code }, path: first.path } : { errors };
	return { data: { ...running(task), ...task.result(), finished: true, ...failure } };
}

export const progressOf = ({ done, steps }: Task): number => (steps.length === 0 ? 1 : done / steps.length);
