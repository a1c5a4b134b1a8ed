import type { Dsm } from '../../core/dsm';
import { procedure } from '../../catalog/operation';
import { timeout } from '../../catalog/tasks';
import { z } from '../../vendor/zod';
import { begin, ending, errorFor, failureOf, silently, stat, told, type Ending } from './background';
import { copyMove, getInfo, removal } from './calls';
import { baseOf, conflict, folder, inside, outcome, overwriteOf, paths, type FileRow, type Outcome } from './fields';

const destination = folder().meta({
	title: 'To Folder',
	description: 'Folder that gets them: a shared folder from the list, or a path that begins with one',
});

/** Parameters of a copy or move, also of one that is started only. */
export const moveParams = z.object({ paths, destination, conflict });
type MoveParams = z.output<typeof moveParams>;

export const moveRequest = (given: MoveParams, remove_src: boolean) => ({
	path: given.paths,
	dest_folder_path: given.destination,
	...overwriteOf(given.conflict),
	remove_src,
	accurate_progress: true,
});

type Rows = ReadonlyMap<string, FileRow>;

interface Looks {
	/** Targets that were there before. */
	before: Rows;
	/** Sources and targets after the task. */
	after: Rows;
	sizes: Rows;
}

/** What became of one path, by what the task says and by what is there: DSM may report success and have done nothing. */
function outcomeOf(
	path: string,
	given: MoveParams,
	moves: boolean,
	{ errors, error }: Ending,
	{ before, after, sizes }: Looks,
): Outcome {
	const target = inside(given.destination, baseOf(path));
	const failed = errorFor(errors, path, target) ?? errors.find((row) => row.path === given.destination);
	if (failed) return { ...failureOf(path, failed.code), target };
	if (given.conflict === 'skip' && before.has(target) && !before.get(target)!.isdir)
		return { path, target, done: false, skipped: true };
	const there = after.get(target);
	if (!sizes.has(path) && !there) return failureOf(path, 408);
	if (!there || !isLike(there, sizes.get(path)))
		return error ? unreached(path, error.dsmCode) : silently(path, `nothing is at ${target}`);
	if (moves && after.has(path) && path !== target && !there.isdir)
		return error ? unreached(path, error.dsmCode) : silently(path, 'it is still where it was');
	return { path, target, done: true };
}

/** The task ended with a failure that names another path. */
const unreached = (path: string, code = 1000): Outcome => ({
	path,
	done: false,
	code,
	error: 'The task ended before it came to this path',
});

const isLike = (there: FileRow, source: FileRow | undefined): boolean =>
	!source || there.isdir || source.isdir || there.additional?.size === source.additional?.size;

async function carry(given: MoveParams & { timeout: number }, dsm: Dsm, moves: boolean): Promise<Outcome[]> {
	const targets = given.paths.map((path) => inside(given.destination, baseOf(path)));
	const before = await stat(dsm, [...given.paths, ...targets], ['size']);
	const taskid = await begin(dsm, copyMove, moveRequest(given, moves));
	const what = moves ? 'The move' : 'The copy';
	const end = await ending(dsm, copyMove, taskid, given.timeout, what);
	const after = await stat(dsm, [...given.paths, ...targets], ['size']);
	const outcomes = given.paths.map((path) => outcomeOf(path, given, moves, end, { before, after, sizes: before }));
	return told(outcomes, what, end.error);
}

const uses = [getInfo, copyMove.start, copyMove.status, copyMove.stop];

export const copy = procedure({
	title: 'Copy files or folders',
	summary: 'Copies files or folders into a folder, waits for it, and says of each whether it is there.',
	uses,
	params: moveParams.extend({ timeout: timeout() }),
	result: z.array(outcome),
	basis: 'guide',
	run: async (given, dsm) => await carry(given, dsm, false),
});

export const move = procedure({
	title: 'Move files or folders',
	summary: 'Moves files or folders into a folder, waits for it, and says of each whether it is there.',
	uses,
	params: moveParams.extend({ timeout: timeout() }),
	result: z.array(outcome),
	basis: 'guide',
	run: async (given, dsm) => await carry(given, dsm, true),
});

export const removeParams = z.object({
	paths,
	recursive: z.boolean().default(true).meta({
		title: 'Delete Content of Folders',
		description: 'Whether folders are deleted with what is in them; otherwise only empty ones are',
	}),
});

export const removeRequest = ({ paths: path, recursive }: z.output<typeof removeParams>) => ({
	path,
	recursive,
	accurate_progress: true,
});

/** Paths that were not there count as deleted, and the row says so: the flow may be run again. */
export const remove = procedure({
	title: 'Delete files or folders',
	summary:
		'Deletes files or folders, into the recycle bin where the shared folder has one, and says of each whether it is gone.',
	uses: [getInfo, removal.start, removal.status, removal.stop],
	params: removeParams.extend({ timeout: timeout() }),
	result: z.array(outcome.extend({ missing: z.boolean().optional() })),
	destructive: true,
	basis: 'guide',
	async run(given, dsm) {
		const before = await stat(dsm, given.paths, []);
		const taskid = await begin(dsm, removal, removeRequest(given));
		const end = await ending(dsm, removal, taskid, given.timeout, 'Deleting');
		const after = await stat(dsm, given.paths, []);
		const outcomes = given.paths.map((path) => {
			if (!after.has(path)) return { path, done: true, ...(!before.has(path) && { missing: true }) };
			const failed = errorFor(end.errors, path);
			if (failed) return failureOf(path, failed.code);
			return end.error ? unreached(path, end.error.dsmCode) : silently(path, 'it is still there');
		});
		return told(outcomes, 'Deleting', end.error);
	},
});
