import type { ApiReply, BehaviourTable } from '../../core/behaviour';
import { baseName, codeOf, type FileCall, guarded, numberOf, page, sorted, textList, textOf } from './call';
import { viewOf } from './list';
import { fileRow, volumeStatus, withAdditional } from './rows';
import { progressOf, type Task } from './tasks';
import type { Favorite } from './types';

/** Favourites, remote folders, the list of tasks, and what the interface asks for itself. */
export const smallBehaviours: BehaviourTable = {
	'SYNO.FileStation.Favorite.list': guarded(listFavorites),
	'SYNO.FileStation.Favorite.add': guarded(addFavorite),
	'SYNO.FileStation.Favorite.edit': guarded(editFavorite),
	'SYNO.FileStation.Favorite.delete': guarded(deleteFavorite),
	'SYNO.FileStation.Favorite.clear_broken': guarded(clearBroken),
	'SYNO.FileStation.Favorite.replace_all': guarded(replaceFavorites),
	'SYNO.FileStation.VirtualFolder.list': guarded(listMounts),
	'SYNO.FileStation.BackgroundTask.list': guarded(listTasks),
	'SYNO.FileStation.BackgroundTask.clear_finished': guarded(clearFinished),
	// Answers a task, and changes nothing (filestation.md 6).
	'SYNO.FileStation.Property.set': guarded(({ state }) => ({ data: { taskid: `FileStation_${state.tasks.hex()}` } })),
};

const MOST_FAVORITES = 100;

function favoritesOf({ state, user }: FileCall): Favorite[] {
	const own = state.favorites.get(user.name) ?? [];
	state.favorites.set(user.name, own);
	return own;
}

const isBroken = ({ state, user }: FileCall, path: string): boolean =>
	codeOf(() => state.get(user, path)) !== undefined;

function listFavorites(call: FileCall): ApiReply {
	const { params, state, user } = call;
	const filter = textOf(params.status_filter) ?? 'all';
	const all = favoritesOf(call)
		.map(({ path, name }) => {
			const entry = isBroken(call, path) ? undefined : state.find(user, path);
			const { additional } = entry ? fileRow(entry, path, viewOf(call, path)) : {};
			return {
				isdir: true,
				name,
				path,
				status: entry ? 'valid' : 'broken',
				...(additional !== undefined && { additional }),
			};
		})
		.filter(({ status }) => filter === 'all' || filter === status);
	const { offset, rows } = page(all, params);
	return { data: { favorites: rows, offset, total: all.length } };
}

function addFavorite(call: FileCall): ApiReply {
	const { params, state, user } = call;
	const own = favoritesOf(call);
	const path = textOf(params.path);
	if (path === undefined) return { error: 400 };
	state.folder(user, path);
	const name = textOf(params.name) ?? baseName(path);
	if (own.some((one) => one.path === path)) return { error: 800 };
	if (own.some((one) => one.name === name)) return { error: 801 };
	if (own.length >= MOST_FAVORITES) return { error: 802 };
	const index = numberOf(params.index) ?? -1;
	own.splice(index < 0 ? own.length : index, 0, { path, name });
	return {};
}

function editFavorite(call: FileCall): ApiReply {
	const { path, name } = call.params;
	const favorite = favoritesOf(call).find((one) => one.path === path);
	if (typeof name !== 'string') return { error: 400 };
	if (!favorite) return { error: 408 };
	if (favoritesOf(call).some((one) => one !== favorite && one.name === name)) return { error: 801 };
	favorite.name = name;
	return {};
}

function deleteFavorite(call: FileCall): ApiReply {
	const path = textOf(call.params.path);
	if (path === undefined) return { error: 400 };
	const own = favoritesOf(call);
	if (!own.some((one) => one.path === path)) return { error: 408 };
	call.state.favorites.set(
		call.user.name,
		own.filter((one) => one.path !== path),
	);
	return {};
}

function clearBroken(call: FileCall): ApiReply {
	call.state.favorites.set(
		call.user.name,
		favoritesOf(call).filter(({ path }) => !isBroken(call, path)),
	);
	return {};
}

function replaceFavorites(call: FileCall): ApiReply {
	const paths = textList(call.params.path);
	const names = textList(call.params.name);
	if (paths.length !== names.length) return { error: 400 };
	call.state.favorites.set(
		call.user.name,
		paths.map((path, index) => ({ path, name: names[index] as string })),
	);
	return {};
}

/** The guide says that a type is required; a device answers without one, too. */
function listMounts(call: FileCall): ApiReply {
	const { params, state } = call;
	const type = textOf(params.type);
	const known = state.mounts
		.filter((mount) => type === undefined || mount.type === type)
		.map((mount) => ({ ...mount, name: baseName(mount.path) }));
	const { offset, rows } = page(sorted(known, params, 'name'), params);
	const folders = rows.map(({ path, name, status }) =>
		withAdditional({ isdir: true, name, path }, textList(params.additional), {
			real_path: () => `/volume1${path}`,
			mount_point_type: () => status,
			volume_status: () => volumeStatus(state.volume),
		}),
	);
	return { data: { folders, offset, total: known.length } };
}

const taskRow = (call: FileCall, task: Task) => ({
	api: task.api,
	crtime: Math.floor(task.crtime / 1000),
	finished: call.state.tasks.isDone(task),
	method: 'start',
	params: task.params,
	path: task.path,
	processed_num: task.done,
	processed_size: task.processed,
	processing_path: task.path,
	progress: progressOf(task),
	taskid: task.taskid,
	total: task.total,
	version: task.version,
	...(task.errors.length > 0 && { errors: task.errors, has_fail: true }),
});

const ownTasks = ({ state, user }: FileCall): Task[] =>
	[...state.tasks.all.values()].filter((task) => task.user === user.name && state.tasks.isBackground(task));

/** The own tasks that go on without a session; finished ones stay until they are cleared. */
async function listTasks(call: FileCall): Promise<ApiReply> {
	const own = ownTasks(call);
	await Promise.all(own.map(({ work }) => work));
	const apis = textList(call.params.api_filter);
	const all = own.filter(({ api }) => apis.length === 0 || apis.includes(api)).map((task) => taskRow(call, task));
	const { offset, rows } = page(sorted(all, call.params, 'crtime'), call.params);
	return { data: { offset, tasks: rows, total: all.length } };
}

function clearFinished(call: FileCall): ApiReply {
	const ids = textList(call.params.taskid);
	const { tasks } = call.state;
	for (const task of ownTasks(call))
		if (tasks.isDone(task) && (ids.length === 0 || ids.includes(task.taskid))) tasks.remove(task);
	return {};
}
