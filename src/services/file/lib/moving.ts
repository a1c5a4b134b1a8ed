import type { TaskEnd } from '../../../catalog/backgroundTask';
import type { z } from '../../../vendor/zod';
import { baseOf, inside } from '../fields';
import type { Entry, LookedUp } from '../wire/files';
import type { Working } from '../wire/tasks';
import { failureFor, failureOf, failuresIn, told, unkept, unreached, type Outcome } from './outcomes';
import { entriesOf } from './stat';
import type { deleteParams, moveParams } from './taskParams';

type MoveParams = z.output<typeof moveParams>;
type Rows = ReadonlyMap<string, Entry>;
type Asked = readonly LookedUp[];
export type Copied = Outcome & { is_dir: boolean };

const targetOf = ({ destination }: MoveParams, path: string): string => inside(destination, baseOf(path));

/** Sources and targets, which are looked at before and after. */
export const placesOf = (given: MoveParams): string[] => [
	...given.paths,
	...given.paths.map((path) => targetOf(given, path)),
];

/** What became of each path, by what the task says and by what is there: DSM may report success and have done nothing. */
export function moved(end: TaskEnd<Working>, given: MoveParams, moves: boolean, known: Asked, then: Asked): Outcome[] {
	const places = placesOf(given);
	const before = entriesOf(known, places);
	const after = entriesOf(then, places);
	const outcomes = given.paths.map((path) => outcomeOf(path, given, moves, end, before, after));
	return told(outcomes, moves ? 'The move' : 'The copy', failuresIn(end).error);
}

/** The same of a copy, and whether it is a folder, which holds more than its row says. */
export function copied(end: TaskEnd<Working>, given: MoveParams, known: Asked, then: Asked): Copied[] {
	const after = entriesOf(then, placesOf(given));
	const isFolder = ({ target = '' }: Outcome) => after.get(target)?.is_dir === true;
	return moved(end, given, false, known, then).map((one) => ({ ...one, is_dir: isFolder(one) }));
}

function outcomeOf(
	path: string,
	given: MoveParams,
	moves: boolean,
	end: TaskEnd<Working>,
	before: Rows,
	after: Rows,
): Outcome {
	const target = targetOf(given, path);
	const { failures, error } = failuresIn(end);
	const failed = failureFor(failures, path, target) ?? failures.find((row) => row.path === given.destination);
	if (failed) return { ...failureOf(path, failed.code), target };
	if (given.conflict === 'skip' && before.has(target) && !before.get(target)!.is_dir)
		return { path, target, done: false, skipped: true };
	const there = after.get(target);
	const lost = (what: string) => (error ? unreached(path, error.dsmCode) : unkept(path, what));
	if (!before.has(path) && !there) return failureOf(path, 408);
	if (!there || !isLike(there, before.get(path))) return lost(`nothing is at ${target}`);
	// A folder keeps what was skipped in it.
	const mayStay = there.is_dir && given.conflict === 'skip';
	if (moves && after.has(path) && path !== target && !mayStay) return lost('it is still where it was');
	return { path, target, done: true };
}

const isLike = (there: Entry, source: Entry | undefined): boolean =>
	!source || there.is_dir || source.is_dir || there.size === source.size;

/** What became of each path that was to go. One that was not there counts as deleted, and its row says so: the flow may be run again. */
export function deleted(
	end: TaskEnd<Working>,
	{ paths }: Pick<z.output<typeof deleteParams>, 'paths'>,
	known: Asked,
	then: Asked,
): Outcome[] {
	const before = entriesOf(known, paths);
	const after = entriesOf(then, paths);
	const { failures, error } = failuresIn(end);
	const outcomes = paths.map((path): Outcome => {
		if (!after.has(path)) return { path, done: true, ...(!before.has(path) && { missing: true }) };
		const failed = failureFor(failures, path);
		if (failed) return failureOf(path, failed.code);
		return error ? unreached(path, error.dsmCode) : unkept(path, 'it is still there');
	});
	return told(outcomes, 'Deleting', error);
}
