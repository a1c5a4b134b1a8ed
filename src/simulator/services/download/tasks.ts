import type { ApiReply, BehaviourTable } from '../../core/behaviour';
import { type DownloadCall, guarded, listOf, needed, page, perId, textOf } from './call';
import type { Task } from './state';

const seconds = (at: number): number => Math.floor(at / 1000);

/** Null unless something went wrong, or is being extracted. */
function extraOf({ fault, state }: Task): object | null {
	if (fault !== undefined) return { error_detail: fault };
	return state === 'extracting' ? { unzip_progress: 50 } : null;
}

export function row(call: DownloadCall, task: Task, wanted: readonly string[]): Record<string, unknown> {
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
			file: task.files.map(({ name, part, wanted, priority }, index) => ({
				filename: name,
				index,
				priority,
				size: number(task.size * part),
				size_downloaded: number(wanted ? done * part : 0),
				wanted,
			})),
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
		status_extra: extraOf(task),
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

const DS1 = 'SYNO.DownloadStation.Task';

export const taskBehaviours: BehaviourTable = {
	[`${DS1}.list`]: guarded(list),
	[`${DS1}.getinfo`]: guarded(info),
	[`${DS1}.create`]: guarded(create),
	[`${DS1}.delete`]: guarded((call) => remove(call, listOf(call, 'id'))),
	[`${DS1}.pause`]: guarded(change(({ state }, task) => state.pause(task))),
	[`${DS1}.resume`]: guarded(change(({ state }, task) => state.resume(task))),
	[`${DS1}.edit`]: guarded(edit),
};
