import { readFileSync } from 'node:fs';
import type { ApiReply, BehaviourTable } from '../../core/behaviour';
import { type DownloadCall, guarded, ids, listOf, needed, page, perId, textOf, typed } from './call';
import { DownloadRefusal, type Task } from './state';

const STATES: Record<Task['state'], number> = {
	waiting: 1,
	downloading: 2,
	paused: 3,
	finishing: 4,
	finished: 5,
	seeding: 8,
	error: 101,
};

const seconds = (at: number): number => Math.floor(at / 1000);

function row(call: DownloadCall, task: Task, wanted: readonly string[]): Record<string, unknown> {
	const { state } = call;
	const number = (value: number) => (state.switches.textNumbers ? String(Math.floor(value)) : Math.floor(value));
	const isBt = task.type === 'bt';
	const done = state.doneOf(task);
	const blocks: Record<string, unknown> = {
		detail: {
			completed_time: seconds(task.completedAt),
			create_time: seconds(task.createdAt),
			destination: task.destination,
			priority: task.priority,
			seedelapsed: 0,
			started_time: seconds(task.createdAt) + 1,
			unzip_password: '',
			uri: task.uri,
			waiting_seconds: 0,
		},
		transfer: {
			size_downloaded: number(done),
			size_uploaded: number(0),
			speed_download: task.state === 'downloading' ? state.switches.bytesPerSecond : 0,
			speed_upload: 0,
		},
		...(isBt && {
			file: [
				{
					filename: task.title,
					index: 0,
					priority: 'normal',
					size: number(task.size),
					size_downloaded: number(done),
					wanted: true,
				},
			],
			tracker: [{ peers: 3, seeds: 2, status: 'Success', update_timer: 60, url: 'http://tracker.example/announce' }],
			peer: [{ address: '192.0.2.7', agent: 'Example 1.0', progress: 0.5, speed_download: 10, speed_upload: 5 }],
		}),
	};
	const additional = Object.fromEntries(Object.entries(blocks).filter(([name]) => wanted.includes(name)));
	return {
		id: task.id,
		username: task.user,
		type: task.type,
		title: task.title,
		size: number(task.size),
		status: task.state,
		status_extra: task.fault === undefined ? null : { error_detail: task.fault },
		...(Object.keys(additional).length > 0 && { additional }),
	};
}

function list(call: DownloadCall): ApiReply {
	const { offset, total, rows } = page(call, call.state.of(call.user));
	return { data: { offset, tasks: rows.map((task) => row(call, task, listOf(call, 'additional'))), total } };
}

/** Unknown ids are left out. */
function info(call: DownloadCall): ApiReply {
	needed(textOf(call, 'id'));
	const wanted = listOf(call, 'id');
	const found = call.state.of(call.user).filter(({ id }) => wanted.includes(id));
	return { data: { tasks: found.map((task) => row(call, task, listOf(call, 'additional'))) } };
}

/** Success without the new id (downloadstation.md 4). */
function create(call: DownloadCall): ApiReply {
	const { state, user } = call;
	if (call.files.length > 0) return { error: 101 };
	const uris = listOf(call, 'uri');
	if (uris.length === 0) return { error: 101 };
	const destination = state.destinationOf(user, textOf(call, 'destination'));
	for (const uri of uris) state.add({ uri, destination, user: user.name });
	return {};
}

/** Of a task that is not whole, `force_complete` keeps what there is. */
function remove(call: DownloadCall, wanted: string[]): ApiReply {
	needed(wanted[0]);
	const keeps = textOf(call, 'force_complete') === 'true';
	return perId(call, wanted, (task) => {
		if (keeps && !task.completedAt) call.state.keep(task);
		return call.state.tasks.delete(task.id) ? 0 : 404;
	});
}

const change = (run: (call: DownloadCall, task: Task) => boolean) => (call: DownloadCall) => {
	needed(textOf(call, 'id'));
	return perId(call, listOf(call, 'id'), (task) => (run(call, task) ? 0 : 405));
};

function edit(call: DownloadCall): ApiReply {
	needed(textOf(call, 'id'));
	const wanted = textOf(call, 'destination');
	const destination = wanted === undefined ? undefined : call.state.destinationOf(call.user, wanted);
	const priority = textOf(call, 'priority');
	return perId(call, listOf(call, 'id'), (task) => {
		Object.assign(task, { ...(destination && { destination }), ...(priority && { priority }) });
		return 0;
	});
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
	state.lists.set(id, { user: user.name, uri, title: `List ${id}`, polls: 0, tasks: [] });
	return id;
}

function listed(call: DownloadCall): { id: string; list: { uri: string; title: string; tasks: string[] } } {
	const id = typed(call, 'list_id', 'string') as string;
	const list = call.state.lists.get(id);
	if (!list) throw new DownloadRefusal(404);
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

const DS1 = 'SYNO.DownloadStation.Task';
const DS2 = 'SYNO.DownloadStation2.Task';

export const taskBehaviours: BehaviourTable = {
	[`${DS1}.list`]: guarded(list),
	[`${DS1}.getinfo`]: guarded(info),
	[`${DS1}.create`]: guarded(create),
	[`${DS1}.delete`]: guarded((call) => remove(call, listOf(call, 'id'))),
	[`${DS1}.pause`]: guarded(change(({ state }, task) => state.pause(task))),
	[`${DS1}.resume`]: guarded(change(({ state }, task) => state.resume(task))),
	[`${DS1}.edit`]: guarded(edit),
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
};
