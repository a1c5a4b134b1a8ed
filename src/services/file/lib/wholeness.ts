import { isDsmError } from '../../../core/errors';
import type { Dsm } from '../../../core/dsm';
import type { Conflict } from '../fields';
import { folderSize } from '../wire/tasks';
import type { Copied } from './moving';
import { told, unkept, type Outcome } from './outcomes';

interface Size {
	files: number;
	bytes: number;
}

/** Files and bytes of a folder; undefined where the NAS does not tell. */
async function sizeOf(dsm: Dsm, path: string, timeout: number): Promise<Size | undefined> {
	const reading = dsm.with({ readOnly: true });
	const waiting = { timeout, what: 'Counting' };
	try {
		const end = await folderSize.run(reading, folderSize.start, { path: [path] }, waiting);
		return end.is === 'done' ? { files: end.state.num_file!, bytes: end.state.total_size! } : undefined;
	} catch (error) {
		if (isDsmError(error) && error.code === 'api') return undefined;
		throw error;
	}
}

const inWords = ({ files, bytes }: Size): string => `${files} ${files === 1 ? 'file' : 'files'} with ${bytes} bytes`;

interface Copying {
	/** Seconds for counting one folder. */
	timeout: number;
	conflict: Conflict;
}

/**
 * Copies of folders, counted: a copy must hold as many files and bytes as its source, and may hold more where folders were merged. DSM may
 * report success of half a copy. Files that were kept at the target may be smaller.
 */
export async function wholeCopies(outcomes: readonly Copied[], given: Copying, dsm: Dsm): Promise<Outcome[]> {
	const checked: Outcome[] = [];
	for (const { is_dir, ...one } of outcomes) checked.push(is_dir && one.done ? await wholeCopy(one, given, dsm) : one);
	return told(checked, 'The copy');
}

async function wholeCopy(outcome: Outcome, { timeout, conflict }: Copying, dsm: Dsm): Promise<Outcome> {
	const { path, target = '' } = outcome;
	const source = await sizeOf(dsm, path, timeout);
	const copy = source && (await sizeOf(dsm, target, timeout));
	if (!copy || (copy.files >= source.files && (conflict === 'skip' || copy.bytes >= source.bytes))) return outcome;
	return { ...unkept(path, `of ${inWords(source)} only ${inWords(copy)} are at ${target}`), target };
}
