import type { FileSource } from '../../../core/call';
import type { Dsm } from '../../../core/dsm';
import { DsmApiError } from '../../../core/errors';
import { inside, overwriteOf, type Conflict } from '../fields';
import { upload, type Entry } from '../wire/files';
import { stat } from './stat';

export interface Uploading {
	folder: string;
	file: FileSource;
	filename?: string | undefined;
	conflict: Conflict;
	create_parents: boolean;
	/** Milliseconds. */
	mtime?: number | undefined;
	crtime?: number | undefined;
	atime?: number | undefined;
}

/**
 * Sends a file and looks whether all of it arrived: `blSkip` inside a success says that the existing file was kept, and a proxy may have
 * cut the body short.
 */
export async function send(
	{ folder: path, file: source, filename, conflict, create_parents, ...times }: Uploading,
	dsm: Dsm,
): Promise<Entry & { skipped: boolean }> {
	const sent: FileSource = { ...source, name: filename ?? source.name, open: () => source.open() };
	const wire = { path, create_parents, ...overwriteOf(conflict), ...times, file: sent };
	const { blSkip: kept = false, file: stored } = await dsm.call(upload, wire);
	// Quotes in a name do not get through the header of the part: DSM says what it made of them.
	const target = inside(path, stored || sent.name);
	if (kept && conflict !== 'skip') throw exists(target);
	const row = (await stat(dsm, [target])).get(target);
	if (!row)
		throw new DsmApiError(`DSM reported success, but "${target}" is not there.`, {
			hint: 'Look at the folder on the NAS, then try again.',
		});
	const size = row.size ?? sent.size;
	if (!kept && size !== sent.size) throw incomplete(target, size, sent.size);
	return { ...row, skipped: kept };
}

const exists = (path: string): Error =>
	new DsmApiError(`"${path}" exists and was kept: nothing was written.`, {
		dsmCode: 414,
		hint: 'Choose another name, or allow overwriting.',
	});

const incomplete = (path: string, size: number, wanted: number): Error =>
	new DsmApiError(`"${path}" has ${size} bytes on the NAS instead of ${wanted}.`, {
		hint: 'The upload was cut short on its way, or somebody else changed the file just then. Upload it again, overwriting.',
	});
