import type { BehaviourTable } from '../../core/behaviour';
import { asTask, behaviour, type DriveCall } from './call';
import { existing, listable } from './address';
import { objects, requiredText, text, texts } from './params';
import { badParameter, refuse } from './refusal';
import type { Task } from './types';
import { extensionOf, isOffice } from './wire';
import { bytesOf } from './reads';
import { nodeOf, need } from './call';
import { eachOf, place } from './writes';

/** Tasks (drive.md 5) and Synology Office (drive.md 4.13, 8). */
export const taskBehaviours: BehaviourTable = {
	'SYNO.SynologyDrive.Tasks.get': behaviour((call) => {
		const task = tasksOf(call).get(text(call.params, 'task_id') ?? '');
		if (!task) return refuse(401, 'invalid task id');
		const fresh = call.drive.clockNow() - task.startedAt < call.drive.switches.taskMs;
		return call.drive.switches.freshTaskFails && fresh
			? refuse(1000, 'get task failed')
			: { data: taskRow(call, task) };
	}),
	'SYNO.SynologyDrive.Tasks.list': behaviour((call) => {
		const items = [...tasksOf(call).values()].map((task) => taskRow(call, task));
		return { data: { total: items.length, items } };
	}),
	'SYNO.SynologyDrive.Tasks.delete': behaviour((call) => {
		const task_id = requiredText(call.params, 'task_id');
		return tasksOf(call).delete(task_id) ? {} : refuse(401, 'invalid task id');
	}),
	'SYNO.SynologyDrive.Files.convert_office': behaviour(convert),
	'SYNO.Office.Export.download': behaviour((call) => {
		const node = nodeOf(call);
		need(call, node, 'viewer');
		if (!isOffice(node)) return refuse(1000, 'invalid arguments');
		const extension = OUT[extensionOf(node.name)] as string;
		// The extension in the address names the format.
		if (extensionOf(decodeURIComponent(call.request.http.path)) !== extension) return refuse(1000, 'invalid arguments');
		const name = node.name.replace(/\.[^.]+$/, `.${extension}`);
		return { ...bytesOf(node), name, type: 'application/octet-stream' };
	}),
	'SYNO.SynologyDrive.Office.status': behaviour(({ request }) => ({
		data: { enable: request.nas.packages.get('Spreadsheet')?.status === 'running' },
	})),
};

const OUT: Record<string, string> = { odoc: 'docx', osheet: 'xlsx', oslides: 'pptx' };
const IN: Record<string, string> = { docx: 'odoc', xlsx: 'osheet', xls: 'osheet', pptx: 'oslides' };

function tasksOf({ drive, sid }: DriveCall): Map<string, Task> {
	const tasks = drive.tasks.get(sid) ?? new Map<string, Task>();
	if (drive.switches.tasksVanish) for (const [id, { done }] of tasks) if (done) tasks.delete(id);
	return tasks;
}

function taskRow({ drive }: DriveCall, { task_id, done, startedAt, result }: Task): Record<string, unknown> {
	const part = (drive.clockNow() - startedAt) / Math.max(1, drive.switches.taskMs);
	return {
		task_id,
		status: done ? 'finished' : 'in_progress',
		progress: done ? 100 : Math.min(99, Math.floor(part * 100)),
		result,
	};
}

/** From version 10 on objects with `path`, before that ids. */
function convert(call: DriveCall) {
	const { drive, user, params, request } = call;
	if (params.files === undefined) return badParameter('files', 'required');
	const files =
		request.version >= 10
			? (objects(params, 'files') ?? []).map((file) => requiredText(file, 'path'))
			: (texts(params, 'files') ?? []);
	const to = text(params, 'to_parent_folder');
	const folder = to === undefined ? undefined : listable(drive, user, to);
	const conflict = text(params, 'conflict_action') ?? 'autorename';
	return asTask(call, 'convert', files, () =>
		eachOf(call, files, (address) => {
			const node = existing(drive, user, address);
			const extension = IN[extensionOf(node.name)];
			const parent = folder ?? node.parent;
			if (extension === undefined || !parent) return refuse(1000, 'invalid arguments');
			const name = node.name.replace(/\.[^.]+$/, `.${extension}`);
			return place({ ...call, params: {} }, parent, name, { isDir: false, content: node.content, conflict });
		}),
	);
}
