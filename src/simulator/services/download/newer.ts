import { readFileSync } from 'node:fs';
import type { ApiReply, BehaviourTable } from '../../core/behaviour';
import { type DownloadCall, guarded, ids, page, typed } from './call';
import { DownloadRefusal, type Task } from './state';
import { row } from './tasks';

const STATES: Record<Task['state'], number> = {
	waiting: 1,
	downloading: 2,
	paused: 3,
	finishing: 4,
	finished: 5,
	seeding: 8,
	extracting: 10,
	error: 101,
};

/** The same task in the form of the newer family: numbers for states, and other names (downloadstation.md 3.2). */
function newerRow(call: DownloadCall, task: Task): Record<string, unknown> {
	const wanted = (call.params.additional ?? []) as string[];
	const { additional, ...rest } = row(call, task, wanted) as { additional?: Record<string, Record<string, unknown>> };
	const { create_time, seedelapsed, ...detail } = additional?.detail ?? {};
	const renamed = { ...detail, created_time: create_time, seed_elapsed: seedelapsed };
	return {
		...rest,
		size: Math.floor(task.size),
		status: STATES[task.state],
		...(additional && { additional: { ...additional, ...(additional.detail && { detail: renamed }) } }),
	};
}

function list(call: DownloadCall): ApiReply {
	const { offset, total, rows } = page(call, call.state.of(call.user));
	return { data: { offset, task: rows.map((task) => newerRow(call, task)), total } };
}

function get(call: DownloadCall): ApiReply {
	const wanted = ids(call);
	const found = call.state.of(call.user).filter(({ id }) => wanted.includes(id));
	return { data: { task: found.map((task) => newerRow(call, task)) } };
}

/** `url` or a file whose part the parameter `file` names; `create_list` is never left out (downloadstation.md 5.1). */
function create2(call: DownloadCall): ApiReply {
	const { state, user, params, files } = call;
	const type = typed(call, 'type', 'string');
	const isList = typed(call, 'create_list', 'boolean') === true;
	if (params.destination !== undefined) typed(call, 'destination', 'string');
	const destination = state.destinationOf(user, params.destination as string | undefined);
	const add = (uri: string, more: Partial<Task> = {}) => state.add({ uri, destination, user: user.name, ...more }).id;
	if (type === 'url') {
		const urls = [params.url].flat().map(String);
		if (params.url === undefined) throw new DownloadRefusal(120, { name: 'url', reason: 'required' });
		if (!isList) return { data: { list_id: [], task_id: urls.map((uri) => add(uri)) } };
		return { data: { list_id: urls.map((uri) => pending(call, uri)), task_id: [] } };
	}
	const [file] = files;
	const named = Array.isArray(params.file) ? params.file[0] : undefined;
	if (type !== 'file' || !file || file.field !== named)
		throw new DownloadRefusal(120, { name: 'file', reason: 'condition' });
	return { data: { list_id: [], task_id: [add(file.name, { source: readFileSync(file.path) })] } };
}

function pending({ state, user }: DownloadCall, uri: string): string {
	const id = state.token('btdl');
	state.lists.set(id, { user: user.name, uri, title: `List ${id}`, at: state.now(), tasks: [] });
	return id;
}

function listed(call: DownloadCall): { id: string; list: { uri: string; title: string; tasks: string[] } } {
	const id = typed(call, 'list_id', 'string') as string;
	const { state } = call;
	const list = state.lists.get(id);
	if (!list || state.now() - list.at > state.switches.listMs) throw new DownloadRefusal(404);
	return { id, list };
}

function pendingFiles(call: DownloadCall): ApiReply {
	const { list } = listed(call);
	const files = [
		{ index: 0, name: 'a.mkv', size: 700_000 },
		{ index: 1, name: 'b.txt', size: 300 },
	];
	return { data: { files, size: 700_300, title: list.title, type: 'bt' } };
}

function startPending(call: DownloadCall): ApiReply {
	const { state, user } = call;
	const { id, list } = listed(call);
	const destination = state.destinationOf(user, typed(call, 'destination', 'string') as string);
	list.tasks.push(state.add({ uri: list.uri, destination, user: user.name, type: 'bt', title: list.title }).id);
	const job = `${user.name}/${state.token('SYNODLTaskListDownload')}`;
	state.jobs.set(job, { polls: 0, list: id });
	return { data: { task_id: job } };
}

/** At least one answer says that it is not finished. */
function pendingStatus(call: DownloadCall): ApiReply {
	const job = call.state.jobs.get(typed(call, 'task_id', 'string') as string);
	if (!job) return { error: 404 };
	job.polls += 1;
	const done = job.polls > 1;
	return { data: { ...(done && { data: { task_id: call.state.lists.get(job.list)?.tasks } }), finish: done } };
}

/** All tasks that fit: of these states, or of other types than these. */
const onCondition = (run: (call: DownloadCall, task: Task) => unknown) =>
	guarded((call) => {
		const { status, type, type_inverse } = call.params;
		if (status === undefined && type === undefined)
			throw new DownloadRefusal(120, { name: 'status', reason: 'required' });
		for (const task of call.state.of(call.user)) {
			const fitsState = !Array.isArray(status) || status.includes(STATES[task.state]);
			const fitsType = !Array.isArray(type) || type.includes(task.type) !== (type_inverse === true);
			if (fitsState && fitsType) run(call, task);
		}
		return {};
	});

function source(call: DownloadCall): ApiReply {
	const id = [call.params.id].flat()[0];
	const task = call.state.of(call.user).find((one) => one.id === id);
	if (!task?.source) return { error: 408 };
	return { file: task.source, name: `${task.title}.torrent`, type: 'application/x-bittorrent' };
}

function complete(call: DownloadCall): ApiReply {
	const [id] = ids(call);
	const task = call.state.of(call.user).find((one) => one.id === id);
	if (!task) return { error: 404 };
	if (task.state !== 'seeding') return { error: 405 };
	task.state = 'finished';
	return { data: { task_id: call.state.token('SYNODLComplete') } };
}

function torrentOf(call: DownloadCall): Task {
	const id = typed(call, 'id', 'string');
	const task = call.state.of(call.user).find((one) => one.id === id);
	if (task?.type !== 'bt') throw new DownloadRefusal(404);
	return task;
}

const LIMITS = ['max_download_rate', 'max_upload_rate', 'max_peers', 'seeding_ratio', 'seeding_interval'] as const;

const getLimits = (call: DownloadCall): ApiReply => {
	const { limits, priority } = torrentOf(call);
	return { data: { ...limits, priority } };
};

/** All is replaced, as in the settings of this family. */
function setLimits(call: DownloadCall): ApiReply {
	const task = torrentOf(call);
	const { params } = call;
	task.limits = Object.fromEntries(LIMITS.map((name) => [name, Number(params[name] ?? 0)]));
	task.priority = typeof params.priority === 'string' ? params.priority : 'auto';
	return {};
}

function setFiles(call: DownloadCall): ApiReply {
	const { files } = torrentOf(call);
	const chosen = (typed(call, 'index', 'array') as unknown[]).map(Number);
	const { wanted, priority } = call.params;
	if (chosen.some((index) => !files[index])) return { error: 120, errors: { name: 'index', reason: 'condition' } };
	for (const index of chosen)
		Object.assign(files[index]!, {
			...(typeof wanted === 'boolean' && { wanted }),
			...(typeof priority === 'string' && { priority }),
		});
	return {};
}

const DS2 = 'SYNO.DownloadStation2.Task';

/** Tasks in the newer family. */
export const newerBehaviours: BehaviourTable = {
	[`${DS2}.list`]: guarded(list),
	[`${DS2}.get`]: guarded(get),
	[`${DS2}.create`]: guarded(create2),
	[`${DS2}.delete_condition`]: onCondition(({ state }, { id }) => state.tasks.delete(id)),
	[`${DS2}.pause_condition`]: onCondition(({ state }, task) => state.pause(task)),
	[`${DS2}.resume_condition`]: onCondition(({ state }, task) => state.resume(task)),
	[`${DS2}.List.get`]: guarded(pendingFiles),
	[`${DS2}.List.delete`]: guarded((call) => {
		call.state.lists.delete(listed(call).id);
		return {};
	}),
	[`${DS2}.List.Polling.download`]: guarded(startPending),
	[`${DS2}.List.Polling.download_status`]: guarded(pendingStatus),
	[`${DS2}.Source.download`]: guarded(source),
	[`${DS2}.Complete.start`]: guarded(complete),
	[`${DS2}.List.Polling.download_stop`]: guarded((call) => {
		const id = typed(call, 'task_id', 'string') as string;
		if (!call.state.jobs.delete(id)) throw new DownloadRefusal(404);
		return {};
	}),
	[`${DS2}.BT.get`]: guarded(getLimits),
	[`${DS2}.BT.set`]: guarded(setLimits),
	[`${DS2}.BT.File.set`]: guarded(setFiles),
};
