import type { ApiReply, BehaviourTable } from '../../core/behaviour';
import { type Entry, FileRefusal, type Folder, walk } from '../../core/volume';
import { baseName, codeOf, type FileCall, flagOf, guarded, textList, textOf } from './call';
import { type PathError, progressOf, statusOf, type Step, stopTask, type Task } from './tasks';

export const copyMoveBehaviours: BehaviourTable = {
	'SYNO.FileStation.CopyMove.start': guarded(start),
	'SYNO.FileStation.CopyMove.status': guarded(async (call) => await statusOf(call, running, 400)),
	'SYNO.FileStation.CopyMove.stop': guarded(stopTask),
};

const COPY_FAILED = 1000;
const MOVE_FAILED = 1001;
const DESTINATION_FAILED = 1002;
const EXISTS = 1003;
const KINDS_CLASH = 1004;

/** Counting is over with the second status. */
const running = (task: Task) => ({
	dest_folder_path: String(task.params.dest_folder_path),
	path: task.path,
	processed_size: task.polls > 1 ? task.processed : 0,
	progress: task.polls > 1 ? progressOf(task) : 0,
	total: task.polls > 1 ? task.total : -1,
});

interface Job {
	call: FileCall;
	moves: boolean;
	overwrite: boolean | undefined;
	errors: PathError[];
	fail: (code: number, inner: number, path: string) => void;
	at: (path: string) => void;
}

function start(call: FileCall): ApiReply {
	const { params, state, user } = call;
	const paths = textList(params.path);
	const destination = textOf(params.dest_folder_path);
	if (paths.length === 0 || destination === undefined) return { error: 400 };
	const moves = params.remove_src === true || params.remove_src === 'true';
	const task = {
		steps: [] as Step[],
		total: 0,
		path: paths[0] ?? '',
		code: moves ? MOVE_FAILED : COPY_FAILED,
		errors: [] as PathError[],
	};
	const refused = codeOf(() => {
		if (state.folder(user, destination)) state.mayWrite(user, `${destination}/x`);
	});
	const reply = state.tasks.start(call, task);
	const begun = [...state.tasks.all.values()].at(-1) as Task;
	const job: Job = {
		call,
		moves,
		overwrite: flagOf(params.overwrite),
		errors: begun.errors,
		fail: (code, inner, path) => {
			begun.code = code;
			begun.errors.push({ code: inner, path });
		},
		at: (path) => void (begun.path = path),
	};
	if (refused !== undefined) job.fail(DESTINATION_FAILED, refused, destination);
	else if (!state.switches.deaf) for (const path of paths) plan(job, begun, path, destination);
	state.tasks.advance();
	return reply;
}

/** Steps for one path: a file or a move as a whole, a copied folder entry by entry. */
function plan(job: Job, task: Task, path: string, destination: string): void {
	const { call, moves } = job;
	const { state, user } = call;
	const code = codeOf(() => (moves ? state.mayWrite(user, path) : state.get(user, path)));
	const entry = code === undefined ? state.find(user, path) : undefined;
	// Inside a shared folder only: a path in none is refused (4.17).
	const isMissing = !entry && (code ?? 408) === 408 && state.shareOf(user, path) !== undefined;
	if (isMissing && state.switches.missingPath === 'success') return;
	if (!entry) return job.fail(moves ? MOVE_FAILED : COPY_FAILED, code ?? 408, path);
	const target = state.folder(user, destination);
	if (isInside(target, entry)) return job.fail(moves ? MOVE_FAILED : COPY_FAILED, 418, path);
	task.total += sizeBelow(entry);
	task.steps.push(() => carry(job, entry, target, path, `${destination}/${entry.name}`));
}

const sizeBelow = (entry: Entry): number =>
	[...walk(entry)].reduce((sum, one) => sum + (one.kind === 'file' ? one.size : 0), 0);

function isInside(folder: Folder, entry: Entry): boolean {
	for (let one: Folder | undefined = folder; one; one = one.parent) if (one === entry) return true;
	return false;
}

/** Moves or copies one entry into a folder; folders that meet are merged. */
function carry(job: Job, entry: Entry, folder: Folder, path: string, to: string): number {
	const { call, moves, overwrite } = job;
	const { volume } = call.state;
	job.at(path);
	const there = folder.children.get(entry.name);
	if (there === entry) return 0;
	if (there && there.kind !== entry.kind) {
		job.fail(KINDS_CLASH, 414, to);
		return 0;
	}
	if (there && overwrite === undefined) {
		job.fail(EXISTS, 414, to);
		return 0;
	}
	if (there && !overwrite && entry.kind === 'file') return 0;
	if (!there && moves) {
		volume.move(entry, folder);
		return sizeBelow(entry);
	}
	const code = codeOf(() => (there?.kind === 'folder' ? there : replace(job, entry, folder, there)));
	if (code !== undefined) {
		job.fail(moves ? MOVE_FAILED : COPY_FAILED, code, path);
		return 0;
	}
	if (entry.kind === 'file') return entry.size;
	const below = folder.children.get(entry.name) as Folder;
	const children = [...entry.children.values()];
	if (call.state.switches.halfFolders) children.pop();
	const bytes = children.map((child) => carry(job, child, below, `${path}/${child.name}`, `${to}/${child.name}`));
	if (moves && entry.children.size === 0) volume.remove(entry);
	return bytes.reduce((sum, one) => sum + one, 0);
}

function replace({ moves, call }: Job, entry: Entry, folder: Folder, there: Entry | undefined): void {
	const { volume } = call.state;
	if (!moves) return void volume.copy(entry, folder, call.user.name);
	if (there) volume.remove(there);
	volume.move(entry, folder);
}

/** A new name in the same folder (4.16). */
export function rename(call: FileCall, path: string, name: string): void {
	const { state, user } = call;
	state.mayWrite(user, path);
	const entry = state.get(user, path);
	if (!entry.parent) throw new FileRefusal(407);
	const there = entry.parent.children.get(name);
	if (there && there !== entry) throw new FileRefusal(414);
	if (baseName(path) !== name) state.volume.move(entry, entry.parent, name);
}
