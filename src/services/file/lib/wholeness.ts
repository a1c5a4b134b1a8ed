import { isDsmError } from '../../../core/errors';
import type { Dsm } from '../../../core/dsm';
import { folderSize } from '../wire/tasks';
import { told, unkept, type Outcome } from './outcomes';
import { stat } from './stat';

/** Seconds for counting one folder. */
const PATIENCE = 300;

interface Size {
	files: number;
	bytes: number;
}

/** Files and bytes of a folder; undefined where the NAS does not tell. */
async function sizeOf(dsm: Dsm, path: string): Promise<Size | undefined> {
	const reading = dsm.with({ readOnly: true });
	const waiting = { timeout: PATIENCE, what: 'Counting' };
	try {
		const end = await folderSize.run(reading, folderSize.start, { path: [path] }, waiting);
		return end.is === 'done' ? { files: end.state.num_file!, bytes: end.state.total_size! } : undefined;
	} catch (error) {
		if (isDsmError(error) && error.code === 'api') return undefined;
		throw error;
	}
}

const inWords = ({ files, bytes }: Size): string => `${files} files with ${bytes} bytes`;

/**
 * Copies of folders, counted: a copy must hold as many files and bytes as its source, and may hold more where folders were merged. DSM may
 * report success of half a copy. With `isKept` files at the target may have stayed, which may be smaller.
 */
export async function wholeCopies(outcomes: readonly Outcome[], isKept: boolean, dsm: Dsm): Promise<Outcome[]> {
	const made = outcomes.filter(({ done }) => done).map(({ path }) => path);
	const entries = made.length > 0 ? await stat(dsm, made, []) : new Map<string, { is_dir: boolean }>();
	const checked: Outcome[] = [];
	for (const one of outcomes) checked.push(entries.get(one.path)?.is_dir ? await wholeCopy(one, isKept, dsm) : one);
	return told(checked, 'The copy');
}

async function wholeCopy(outcome: Outcome, isKept: boolean, dsm: Dsm): Promise<Outcome> {
	const { path, target = '' } = outcome;
	const source = await sizeOf(dsm, path);
	const copy = source && (await sizeOf(dsm, target));
	if (!copy || (copy.files >= source.files && (isKept || copy.bytes >= source.bytes))) return outcome;
	return { ...unkept(path, `of ${inWords(source)} only ${inWords(copy)} are at ${target}`), target };
}
