import type { ApiReply, BehaviourTable } from '../../core/behaviour';
import { type Entry, FileRefusal, RECYCLE, segmentsOf } from '../../core/volume';
import { codeOf, type FileCall, guarded, textList } from './call';
import { progressOf, statusOf, stopTask, type Task } from './tasks';

export const removeBehaviours: BehaviourTable = {
	'SYNO.FileStation.Delete.start': guarded(start),
	'SYNO.FileStation.Delete.status': guarded(async (call) => {
		// A device answers a status without an id with no envelope (probe of core.md 8.6).
		if (call.params.taskid === undefined) return { html: '', status: 200 };
		return await statusOf(call, running, 400);
	}),
	'SYNO.FileStation.Delete.stop': guarded(stopTask),
	'SYNO.FileStation.Delete.delete': guarded(removeNow),
};

const FAILED = 900;

const running = (task: Task) => ({
	path: task.path,
	processed_num: task.done,
	processing_path: task.done < task.steps.length ? task.path : '',
	progress: progressOf(task),
	total: task.steps.length,
});

const isRecursive = ({ recursive }: Record<string, unknown>): boolean => recursive !== false && recursive !== 'false';

function start(call: FileCall): ApiReply {
	const { params, state } = call;
	const paths = textList(params.path);
	if (paths.length === 0) return { error: 400 };
	const errors: { code: number; path: string }[] = [];
	const steps = paths.map((path) => () => {
		const code = codeOf(() => removePath(call, path));
		if (code !== undefined) errors.push({ code, path });
		return 0;
	});
	return state.tasks.start(call, { steps, total: steps.length, path: paths[0] ?? '', code: FAILED, errors });
}

/** Answers when everything is done. */
function removeNow(call: FileCall): ApiReply {
	const paths = textList(call.params.path);
	if (paths.length === 0) return { error: 400 };
	const errors = paths.flatMap((path) => {
		const code = codeOf(() => removePath(call, path));
		return code === undefined ? [] : [{ code, path }];
	});
	return errors.length > 0 ? { error: FAILED, errors } : {};
}

function removePath(call: FileCall, path: string): void {
	const { state, user, params } = call;
	if (state.switches.deaf) return;
	const entry = state.find(user, path);
	if (!entry && state.switches.missingPath === 'success') return;
	if (!entry) throw new FileRefusal(408);
	state.mayWrite(user, path);
	if (!entry.parent) throw new FileRefusal(407);
	// The code of a folder that is not empty is not recorded.
	if (entry.kind === 'folder' && entry.children.size > 0 && !isRecursive(params)) throw new FileRefusal(407);
	discard(call, entry, path);
}

/** To the recycle bin of the share, under the same path; what lies there already goes for good. */
function discard({ state, user, nas }: FileCall, entry: Entry, path: string): void {
	const [shareName = '', ...below] = segmentsOf(user, path);
	const share = state.volume.shares.get(shareName);
	if (!share?.recycle || below[0] === RECYCLE) return state.volume.remove(entry);
	const admin = { ...user, administrator: true };
	const bin = state.makeFolders(admin, ['', shareName, RECYCLE, ...below.slice(0, -1)].join('/'));
	const taken = bin.children.has(entry.name);
	const name = taken ? entry.name.replace(/(\.[^.]*)?$/, ` ${nas.clock.now()}$1`) : entry.name;
	state.volume.move(entry, bin, name);
}
